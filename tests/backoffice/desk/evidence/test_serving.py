"""Pictures of evidence as answers: by right, inert, logged, and no more than was asked for."""

import io

import pytest
from builders import office as build
from builders.uploads import opened, stored, upload
from django.test import Client
from django.urls import reverse
from PIL import Image

from backoffice.audit.models import AuditEntry
from backoffice.evidence.models import EvidenceFile
from backoffice.evidence.services import add_evidence, freeze_evidence, remove_evidence
from backoffice.evidence.services import replace_evidence as replace
from backoffice.evidence.storing import evidence_storage, page_name

WAYS = ("view", "thumbnail", "original")
IN_SIGHT = ("clerk", "colleague", "branch_clerk", "head", "president", "reviewer", "registrar")
OUT_OF_SIGHT = ("other_clerk", "other_head", "administrator")
ORIGINALS = ("reviewer", "registrar", "other_reviewer")


def address(way, file):
    return reverse(f"evidence:{way}", args=[file.pk])


def readings():
    entries = AuditEntry.objects.filter(act="evidence-read").order_by("pk")
    return list(entries.values_list("ref", "facts"))


def state_purpose(client):
    session = client.session
    session["purpose"] = {"digest": "ab" * 32, "until": "2999-01-01T00:00:00+00:00"}
    session.save()


def test_addresses_are_below_the_office():
    assert reverse("evidence:view", args=[7]) == "/office/evidence/7/view"
    assert reverse("evidence:page", args=[7, 2]) == "/office/evidence/7/page/2"
    assert reverse("evidence:add", args=[7]) == "/office/cases/7/evidence/"


def test_who_sees_the_case_sees_its_scans(browser, file):
    expected = [(200, stored(file.clean)), (200, stored(file.thumbnail))]
    for who in IN_SIGHT:
        client = browser(who)
        answers = [client.get(address(way, file)) for way in ("view", "thumbnail")]

        assert [(each.status_code, each.content) for each in answers] == expected, who


def test_originals_are_for_those_who_decide(browser, file):
    for who in (*IN_SIGHT, "other_reviewer"):
        response = browser(who).get(address("original", file))

        if who in ORIGINALS:
            assert (response.status_code, response.content) == (200, build.scan()), who
        else:
            assert response.status_code == 403, who


def test_out_of_sight_is_like_not_there(browser, file):
    for who in OUT_OF_SIGHT:
        client = browser(who)
        for way in WAYS:
            there = client.get(address(way, file))
            not_there = client.get(f"/office/evidence/999/{way}")

            assert (there.status_code, not_there.status_code) == (404, 404), (who, way)
            assert there.content == not_there.content
    assert readings() == []


def test_nobody_in_particular_is_asked_to_sign_in(file):
    for way in WAYS:
        response = Client().get(address(way, file))

        assert response.status_code == 302
        assert response.url.startswith("/office/login/")


def test_looking_is_all_that_can_be_done(browser, file):
    client = browser("reviewer")
    for way in (*WAYS, "page/1"):
        for verb in ("post", "put", "delete", "patch", "options", "trace"):
            response = getattr(client, verb)(f"/office/evidence/{file.pk}/{way}")

            assert response.status_code == 405, (verb, way)


@pytest.mark.parametrize(
    ("way", "disposition"),
    [
        ("view", "inline"),
        ("thumbnail", "inline"),
        ("original", "attachment; filename*=utf-8''{case}-%E8%BA%AB%E4%BB%BD%E8%AF%81-{pk}.jpg"),
    ],
)
def test_answers_are_inert_and_kept_nowhere(browser, file, way, disposition):
    response = browser("reviewer").get(address(way, file))

    expected = {
        "Content-Type": "image/jpeg",
        "Content-Disposition": disposition.format(case=file.case.reference, pk=file.pk),
        "Content-Length": str(len(response.content)),
        "Cache-Control": "no-store, private",
        "X-Content-Type-Options": "nosniff",
        "Content-Security-Policy": "default-src 'none'; sandbox",
        "Cross-Origin-Resource-Policy": "same-origin",
        "X-Frame-Options": "DENY",
        "Accept-Ranges": "none",
    }
    assert {name: response.get(name) for name in expected} == expected


def test_the_received_name_is_in_no_header(case, office, browser):
    name = '身份证"\u202e11010519491231002X.jpg'
    file = add_evidence(case.pk, "id_card", upload(build.scan(), name), by=office.clerk)

    response = browser("reviewer").get(address("original", file))

    assert "11010519491231002X" not in str(response.headers)


def test_parts_cannot_be_asked_for(browser, file):
    response = browser("reviewer").get(address("view", file), headers={"range": "bytes=0-9"})

    assert response.status_code == 200
    assert response.content == stored(file.clean)


def test_a_head_tells_the_length_alone_and_is_no_reading(browser, file):
    response = browser("reviewer").head(address("original", file))

    assert (response.status_code, response.content) == (200, b"")
    assert response["Content-Length"] == str(len(build.scan()))
    assert readings() == []


def test_a_type_is_told_by_the_content_and_never_by_a_name(browser, file):
    evidence_storage().delete(file.clean)
    evidence_storage().save(file.clean, io.BytesIO(b"<html><script>alert(1)</script>"))

    response = browser("reviewer").get(address("view", file))

    assert response["Content-Type"] == "application/octet-stream"
    assert response["Content-Disposition"] == "attachment"


def test_a_lost_file_is_not_there(browser, file):
    evidence_storage().delete(file.clean)

    assert browser("reviewer").get(address("view", file)).status_code == 404
    assert readings() == []


def test_readings_are_logged_thumbnails_as_one(case, office, browser, file):
    second = add_evidence(
        case.pk, "household_register", upload(build.scan("household_register")), by=office.clerk
    )
    client = browser("reviewer")

    for each in (file, second):
        client.get(address("thumbnail", each))
    for _ in range(2):
        client.get(address("view", file))
        client.get(address("original", file))

    one = f"evidencefile:{file.pk}"
    assert readings() == [
        (f"case:{case.pk}", {"shown": "thumbnails"}),
        (one, {"shown": "clean"}),
        (one, {"shown": "original"}),
        (one, {"shown": "original"}),
    ]


@pytest.mark.parametrize("way", ["view", "thumbnail"])
def test_an_auditor_states_a_purpose_first(browser, file, way):
    client = browser("auditor")

    assert client.get(address(way, file)).status_code == 403
    assert readings() == []
    state_purpose(client)
    assert client.get(address(way, file)).status_code == 200
    assert readings()[0][1]["purpose"] == "ab" * 32


def test_an_auditor_gets_no_originals(browser, file):
    client = browser("auditor")
    state_purpose(client)

    assert client.get(address("original", file)).status_code == 403


def test_a_pdf_is_shown_as_pictures_and_saved_as_itself(case, office, browser):
    out = io.BytesIO()
    sheet = Image.new("L", (875, 1240), 250)
    sheet.save(out, "PDF", resolution=150, save_all=True, append_images=[sheet])
    file = add_evidence(case.pk, "report", upload(out.getvalue(), "报告.pdf"), by=office.clerk)
    client = browser("reviewer")

    pages = [client.get(f"/office/evidence/{file.pk}/page/{number}") for number in range(4)]

    assert [page.status_code for page in pages] == [404, 200, 200, 404]
    assert pages[2].content == stored(page_name(file.clean, 2))
    assert opened(client.get(address("view", file)).content).size == (file.width, file.height)
    saved = client.get(address("original", file))
    assert saved["Content-Type"] == "application/pdf"
    assert saved["Content-Disposition"].startswith("attachment")
    assert saved.content == out.getvalue()


def test_what_was_removed_is_gone_and_what_was_replaced_is_kept(case, office, browser, file):
    freeze_evidence(case)
    new = replace(file.pk, upload(build.scan(who=1)), by=office.clerk)
    remove_evidence(new.pk, by=office.clerk)
    client = browser("reviewer")

    assert client.get(address("view", file)).status_code == 200
    assert client.get(address("view", new)).status_code == 404


def test_files_without_a_picture_have_none(case, browser):
    build.give_evidence(case, "id_card")
    file = EvidenceFile.objects.get()

    for way in ("view", "thumbnail"):
        assert browser("reviewer").get(address(way, file)).status_code == 404
