"""Files put into a case by its page's script and by plain forms."""

import pytest
from builders import office as build
from builders.uploads import saved, stored_names
from django.contrib.messages import get_messages
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from backoffice.corrections.models import Case, CorrectionRequest
from backoffice.evidence.models import EvidenceFile
from backoffice.evidence.services import freeze_evidence
from backoffice.storage.durable import DurableFileSystemStorage

JSON = {"accept": "application/json"}
NOT_THE_CLERK = {
    "colleague": 403,
    "head": 403,
    "reviewer": 403,
    "auditor": 403,
    "other_clerk": 404,
    "other_head": 404,
    "administrator": 404,
}


def sent(content=None, name="身份证.jpg"):
    return SimpleUploadedFile(name, build.scan() if content is None else content, "image/jpeg")


def post(client, case, *files, kind="id_card", headers=JSON, **fields):
    address = reverse("evidence:add", args=[case.pk])
    return client.post(address, {"kind": kind, "file": list(files)} | fields, headers=headers)


def act(client, way, kept, headers=JSON, **fields):
    return client.post(reverse(f"evidence:{way}", args=[kept.pk]), fields, headers=headers)


def told(response):
    return [
        (row["name"], row["kept"], [each["code"] for each in row["findings"]])
        for row in response.json()["files"]
    ]


def said(response):
    return [(str(each), each.level_tag) for each in get_messages(response.wsgi_request)]


def test_a_file_is_kept_and_the_table_comes_back(browser, case):
    response = post(browser("clerk"), case, sent())

    file = EvidenceFile.objects.get()
    assert response.status_code == 200
    assert told(response) == [("身份证.jpg", True, [])]
    assert response.json()["files"][0]["id"] == file.pk
    assert f"/office/evidence/{file.pk}/thumbnail" in response.json()["table"]


def test_many_files_are_sorted_by_their_names(browser, case):
    files = [
        sent(),
        sent(build.scan("household_register"), "户口本2.jpg"),
        sent(build.scan("diploma"), "照片.jpg"),
        sent(b"GIF89a", "身份证反面.jpg"),
        sent(b"", "报名登记表.png"),
    ]

    response = post(browser("clerk"), case, *files, kind="")

    assert response.status_code == 200
    assert told(response) == [
        ("身份证.jpg", True, []),
        ("户口本2.jpg", True, []),
        ("照片.jpg", False, ["evidence-unnamed"]),
        ("身份证反面.jpg", False, ["scan-format"]),
        ("报名登记表.png", False, ["scan-format"]),
    ]
    kinds = EvidenceFile.objects.order_by("pk").values_list("kind", flat=True)
    assert list(kinds) == ["id_card", "household_register"]


def test_a_file_named_after_a_report_is_one(browser, case):
    post(browser("clerk"), case, sent(name="个例书面报告.jpg"), kind="")

    assert EvidenceFile.objects.get().kind == "report"


def test_a_refused_file_says_why_and_what_to_do(browser, case):
    response = post(browser("clerk"), case, sent(b"%PDF-1.7"))

    (row,) = response.json()["files"]
    assert response.status_code == 400
    assert row["findings"] == [
        {
            "code": "scan-format",
            "severity": "error",
            "message": "不是 JPG 或 PNG 图片：PDF 文档。",
            "hint": "请重新扫描或另存为 JPG 或 PNG。",
        }
    ]
    assert stored_names() == []


def test_a_file_that_stops_the_case_is_kept_and_said_to(browser, case, page):
    response = post(browser("clerk"), case, sent(saved(page, dpi=(150, 150))))

    assert response.status_code == 200
    assert told(response) == [("身份证.jpg", True, ["scan-resolution"])]
    assert "分辨率 150 dpi" in response.json()["table"]


def test_only_the_case_s_clerk_sends_files(browser, case, file):
    before, other = stored_names(), build.scan(who=1)
    for who, status in NOT_THE_CLERK.items():
        client = browser(who)
        responses = [
            post(client, case, sent(other)),
            act(client, "replace", file, file=sent(other)),
            act(client, "remove", file),
        ]

        assert [response.status_code for response in responses] == [status] * 3, who
    assert stored_names() == before
    assert list(EvidenceFile.objects.current()) == [file]


def test_nothing_changes_but_by_post(browser, case, file):
    client = browser("clerk")
    addresses = [reverse("evidence:add", args=[case.pk])]
    addresses += [reverse(f"evidence:{way}", args=[file.pk]) for way in ("replace", "remove")]
    for verb in ("get", "put", "delete", "head"):
        assert [getattr(client, verb)(each).status_code for each in addresses] == [405] * 3, verb


def test_a_form_of_another_site_is_refused(office, case):
    client = Client(enforce_csrf_checks=True)
    client.force_login(office.clerk)

    assert post(client, case, sent()).status_code == 403
    assert stored_names() == []


def test_who_is_not_signed_in_sends_nothing(case):
    response = post(Client(), case, sent())

    assert response.status_code == 302
    assert stored_names() == []


@pytest.mark.parametrize("fields", [{}, {"kind": "id_card"}])
def test_a_form_without_a_file_is_told(browser, case, fields):
    response = browser("clerk").post(reverse("evidence:add", args=[case.pk]), fields, headers=JSON)

    assert response.status_code == 400
    assert response.json()["files"][0]["kept"] is False


def test_a_kind_that_nobody_knows_is_told(browser, case):
    response = post(browser("clerk"), case, sent(), kind="../../etc")

    assert response.status_code == 400
    assert EvidenceFile.objects.count() == 0


@pytest.mark.parametrize(("offset", "status"), [(0, 200), (-1, 409)])
def test_a_stale_form_is_told(browser, case, offset, status):
    version = Case.objects.get(pk=case.pk).version + offset

    assert post(browser("clerk"), case, sent(), version=version).status_code == status


@pytest.mark.parametrize("version", ["x", "", "-1", "²"])
def test_what_is_no_version_counts_as_none(browser, case, version):
    assert post(browser("clerk"), case, sent(), version=version).status_code == 200


def test_a_case_on_its_way_takes_no_files(browser, case, file):
    CorrectionRequest.objects.filter(case=case).update(state="filed")
    client = browser("clerk")

    responses = [
        post(client, case, sent(build.scan(who=1))),
        act(client, "replace", file, file=sent(build.scan(who=1))),
        act(client, "remove", file),
    ]

    assert [response.status_code for response in responses] == [409] * 3


def test_a_submitted_file_is_replaced_and_not_removed(browser, case, file):
    freeze_evidence(case)
    client = browser("clerk")

    removed = act(client, "remove", file)
    replaced = act(client, "replace", file, file=sent(build.scan(who=1), "新身份证.jpg"))

    assert (removed.status_code, replaced.status_code) == (409, 200)
    assert EvidenceFile.objects.current().get().received_as == "新身份证.jpg"


def test_a_file_is_removed(browser, case, file):
    response = act(browser("clerk"), "remove", file)

    assert told(response) == [("身份证.jpg", True, [])]
    assert f"/office/evidence/{file.pk}/" not in response.json()["table"]


def test_replacing_needs_a_file(browser, file):
    assert act(browser("clerk"), "replace", file).status_code == 400


def test_a_plain_form_goes_back_to_the_case_with_messages(browser, case):
    response = post(browser("clerk"), case, sent(), sent(b"", "户口本.jpg"), kind="", headers={})

    assert response.status_code == 302
    assert response.url == f"/office/corrections/case/{case.pk}/change/#evidence"
    kept, refused = said(response)
    assert kept[0].startswith("身份证.jpg: ")
    assert kept[1] == "success"
    assert refused[0].startswith("户口本.jpg: ")
    assert refused[1] == "error"


def test_a_plain_form_warns_of_what_stops_the_case(browser, case, page):
    response = post(browser("clerk"), case, sent(saved(page, dpi=(150, 150))), headers={})

    assert [level for _text, level in said(response)] == ["warning"]


def test_names_are_shown_inert(browser, case):
    names = [
        "<img src=x onerror=alert(1)>身份证.jpg",
        "身份证'\"><script>alert(1)<\\script>.jpg",
        "{{7*7}}身份证.jpg",
        "身份证\u202egpj.exe.jpg",
    ]
    files = [sent(build.scan(who=who), name) for who, name in enumerate(names)]

    table = post(browser("clerk"), case, *files).json()["table"]

    assert "&lt;img src=x onerror=alert(1)&gt;" in table
    assert "{{7*7}}身份证.jpg" in table
    # What turns text around is dropped from a name before it reaches us.
    assert "身份证gpj.exe.jpg" in table
    assert [bad for bad in ("<img src=x", "<script>alert", "\u202e") if bad in table] == []


def test_numbers_in_names_are_masked(browser, case):
    response = post(browser("clerk"), case, sent(name="11010519491231002X身份证.jpg"))

    assert "11010519491231002X" not in response.content.decode()
    assert EvidenceFile.objects.get().received_as == "11010519491231002X身份证.jpg"


def test_a_full_storage_is_told_and_is_nobody_s_fault(browser, case, monkeypatch):
    def full(storage, name, content):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(DurableFileSystemStorage, "_save", full)

    response = post(browser("clerk"), case, sent())

    assert response.status_code == 503
    assert EvidenceFile.objects.count() == 0


def test_files_that_broke_others_are_taken_or_refused_and_no_error(browser, case, corpora):
    client = browser("clerk")
    paths = [path for path in sorted(corpora.rglob("*")) if path.is_file()][::90]

    for path in paths:
        response = post(client, case, sent(path.read_bytes(), path.name))

        assert response.status_code in (200, 400), path.name
