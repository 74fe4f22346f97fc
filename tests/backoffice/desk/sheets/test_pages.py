"""Pages of request sheets, by HTTP."""

import re

import pytest
from builders.documents import picture
from builders.office import (
    ETHNICITY,
    again,
    close,
    closed,
    filed,
    identity_number,
    join,
    request_of,
    sheet_of,
    signed,
    student,
    submitted,
)
from builders.speech import in_chinese
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from backoffice.audit.models import AuditEntry
from backoffice.evidence.storing import evidence_storage
from backoffice.sheets.models import RequestSheet, SignedScan
from backoffice.workflow.intake import Wish
from backoffice.workflow.sheeting import close_sheet
from backoffice.workflow.signing import sign_sheet, withdraw

pytestmark = pytest.mark.django_db

ID_KINDS = ("id_card", "id_number_change_certificate")


def url(name, *args):
    return reverse(f"admin:sheets_requestsheet_{name}", args=args)


@pytest.fixture
def at(client, office):
    """Sign somebody of the office in, and return the client."""

    def sign_in(who):
        client.force_login(getattr(office, who))
        return client

    return sign_in


def stored():
    return sorted(evidence_storage().listdir("")[1]) if evidence_storage().exists("") else []


def scan(name="申请表.jpg", content=None):
    return SimpleUploadedFile(name, content or picture(), content_type="image/jpeg")


def state(sheet):
    return RequestSheet.objects.values_list("state", "revision").get(pk=sheet.pk)


def text(response):
    return response.content.decode()


def test_the_list_has_todays_open_sheet_on_top(office, at):
    old = closed(office).sheet
    today = sheet_of(submitted(office))

    response = at("branch_clerk").get(url("changelist"))

    assert [row.pk for row in response.context["cl"].result_list] == [today.pk, old.pk]
    assert response.status_code == 200


@pytest.mark.parametrize("query", ["state__exact=closed", "kind=correction", "days=week", ""])
def test_filters_answer(office, at, query):
    closed(office)

    assert at("head").get(f"{url('changelist')}?{query}").status_code == 200


def test_looking_at_the_list_closes_what_is_overdue(office, at):
    sheet = sheet_of(submitted(office))
    RequestSheet.objects.filter(pk=sheet.pk).update(day="2020-01-01")

    at("head").get(url("changelist"))

    assert state(sheet) == ("closed", 1)


@pytest.mark.parametrize("who", ["auditor", "reviewer", "registrar", "other_head"])
def test_who_does_not_act_on_a_sheet_does_not_close_it_by_looking(office, at, who):
    sheet = sheet_of(submitted(office))
    RequestSheet.objects.filter(pk=sheet.pk).update(day="2020-01-01")

    assert at(who).get(url("changelist")).status_code == 200
    at(who).get(url("change", sheet.pk))

    assert state(sheet) == ("open", 0)


def test_the_page_shows_code_hash_chain_and_lines(office, at):
    revision = closed(office)

    page = text(at("head").get(url("change", revision.sheet_id)))

    for part in (revision.code, revision.lines_hash, revision.chain_hash, "张三", "回族"):
        assert part in page


@pytest.mark.parametrize("who", ["other_clerk", "other_head", "clerk", "administrator"])
def test_a_sheet_out_of_sight_does_not_exist(office, at, who):
    revision = signed(office)
    line = revision.frozen_lines.get().request_id
    client = at(who)
    looks = [url(name, revision.sheet_id) for name in ("change", "history")]
    acts = [url(name, revision.sheet_id) for name in ("close", "sign", "file", "reveal")]
    acts.append(url("send_back", revision.sheet_id, line))

    assert {client.get(place).status_code for place in looks} == {404}
    assert {client.post(place, {"confirm": "yes"}).status_code for place in acts} == {404}
    assert state(revision.sheet) == ("signed", 1)


def test_another_units_sheet_is_in_no_list(office, at):
    closed(office)

    assert list(at("other_head").get(url("changelist")).context["cl"].result_list) == []


@pytest.mark.parametrize("name", ["close", "sign", "file", "reveal"])
def test_what_changes_something_is_posted(office, at, name):
    sheet = signed(office).sheet

    assert at("head").get(url(name, sheet.pk)).status_code == 405


def test_a_sheet_is_closed_after_a_confirmation(office, at):
    sheet = sheet_of(submitted(office))
    client = at("branch_clerk")

    asked = client.post(url("close", sheet.pk))
    assert (asked.status_code, state(sheet)) == (200, ("open", 0))
    assert 'name="confirm"' in text(asked)

    done = client.post(url("close", sheet.pk), {"confirm": "yes"})
    assert (done.status_code, state(sheet)) == (302, ("closed", 1))

    late = client.post(url("close", sheet.pk), {"confirm": "yes"})
    assert late.status_code == 409


def test_signing_lists_the_lines_and_carries_the_revision(office, at):
    revision = closed(office)
    client = at("head")

    asked = client.post(url("sign", revision.sheet_id))
    assert (asked.status_code, state(revision.sheet)) == (200, ("closed", 1))
    assert [line.request for line in asked.context["mine"]] == [revision.frozen_lines.get().request]
    assert '<input type="hidden" name="revision" value="1">' in text(asked)

    done = client.post(url("sign", revision.sheet_id), {"confirm": "yes", "revision": "1"})
    assert (done.status_code, state(revision.sheet)) == (302, ("signed", 1))


@pytest.mark.parametrize("revision", ["2", "", "x", "-1", "１", "99999999999999999999"])
def test_another_revision_than_the_one_looked_at_is_not_signed(office, at, revision):
    sheet = closed(office).sheet

    answer = at("head").post(url("sign", sheet.pk), {"confirm": "yes", "revision": revision})

    assert (answer.status_code, state(sheet)) == (409, ("closed", 1))


def test_a_line_that_left_meanwhile_makes_the_signer_look_again(office, at):
    leaving, staying = submitted(office), submitted(office)
    sheet = close(office, sheet_of(staying)).sheet
    client = at("head")
    client.post(url("sign", sheet.pk))
    withdraw(request_of(leaving).pk, by=again(office.clerk))

    answer = client.post(url("sign", sheet.pk), {"confirm": "yes", "revision": "1"})

    assert answer.status_code == 409
    assert [line.request for line in answer.context["lines"]] == [request_of(staying)]


def test_who_submitted_a_line_is_told_why_they_cannot_sign(office, at):
    join(office.branch_clerk.person, "head", office.branch)
    submitted(office, by=again(office.branch_clerk))
    sheet = close(office, sheet_of(submitted(office))).sheet

    answer = at("branch_clerk").post(url("sign", sheet.pk), {"confirm": "yes", "revision": "1"})

    assert answer.status_code == 200
    assert answer.context["refused"]
    assert state(sheet) == ("closed", 1)


def test_who_may_not_sign_is_told_so(office, at):
    sheet = closed(office).sheet

    assert at("reviewer").post(url("sign", sheet.pk), {"confirm": "yes"}).status_code == 403


def test_a_line_is_sent_back_with_a_reason(office, at):
    back, stays = submitted(office), submitted(office)
    sheet = close(office, sheet_of(stays)).sheet
    request = request_of(back)
    client, place = at("head"), url("send_back", sheet.pk, request.pk)

    assert client.post(place).status_code == 200
    done = client.post(
        place, {"confirm": "yes", "code": "fault-in-values", "version": request.version}
    )

    assert (done.status_code, state(sheet)) == (302, ("closed", 2))
    assert request_of(back).state == "draft"


@pytest.mark.parametrize(
    ("code", "opinion", "field"),
    [
        ("", "", "code"),
        ("nonsense", "", "code"),
        ("other-send-back", "", "opinion"),
        ("other-send-back", "字" * 1001, "opinion"),
    ],
)
def test_sending_back_says_beside_the_field_what_is_missing(office, at, code, opinion, field):
    sheet = closed(office).sheet
    request = sheet.lines.get().request

    answer = at("head").post(
        url("send_back", sheet.pk, request.pk),
        {"confirm": "yes", "code": code, "opinion": opinion, "version": request.version},
    )

    assert answer.status_code == 400
    assert list(answer.context["form"].errors) == [field]
    assert answer.context["form"]["opinion"].value() == opinion
    assert state(sheet) == ("closed", 1)


def test_a_line_of_another_sheet_is_not_sent_back_through_this_one(office, at):
    mine, other = closed(office), closed(office)
    stranger = other.frozen_lines.get().request_id

    assert at("head").post(url("send_back", mine.sheet_id, stranger)).status_code == 404


def file_it(client, sheet, code, *files):
    return client.post(url("file", sheet.pk), {"code": code, "scans": list(files)})


def test_the_signed_scan_comes_back_with_its_code(office, at):
    revision = signed(office)

    done = file_it(
        at("branch_clerk"), revision.sheet, f" {revision.code.lower()} ", scan(), scan("2.jpg")
    )

    assert (done.status_code, state(revision.sheet)) == (302, ("filed", 1))
    assert [row.position for row in SignedScan.objects.all()] == [1, 2]
    assert evidence_storage().exists(SignedScan.objects.first().stored)


def test_a_wrong_code_is_refused_and_kept_and_nothing_is_stored(office, at):
    revision = signed(office)

    answer = file_it(at("branch_clerk"), revision.sheet, "350-X", scan())

    assert answer.status_code == 200
    assert list(answer.context["filing"].errors) == ["code"]
    assert 'value="350-X"' in text(answer)
    assert (state(revision.sheet), stored()) == (("signed", 1), [])


def test_the_code_of_another_units_sheet_is_answered_like_an_unknown_one(office, at):
    mine = signed(office)
    theirs = sheet_of(
        submitted(office, record=student(office.other_centre), by=again(office.other_clerk))
    )
    close_sheet(theirs.pk, by=again(office.other_head))
    theirs.refresh_from_db()
    client = at("branch_clerk")

    answers = [
        file_it(client, mine.sheet, code, scan())
        for code in (theirs.revision_in_force.code, "360-20200101-1-R1-AAAAAAAA")
    ]

    first, second = (answer.context["filing"].errors for answer in answers)
    assert first == second


@pytest.mark.parametrize(
    "content", [b"", b"MZ no picture", b"\xff\xd8\xff\xe0 cut"], ids=["empty", "program", "cut"]
)
def test_a_file_that_is_no_picture_is_refused_with_its_name(office, at, content):
    revision = signed(office)
    broken = SimpleUploadedFile("坏.jpg", content)

    answer = file_it(at("branch_clerk"), revision.sheet, revision.code, scan(), broken)

    assert answer.status_code == 400
    assert list(answer.context["filing"].errors) == ["scans"]
    assert (state(revision.sheet), stored()) == (("signed", 1), [])


def test_without_files_nothing_is_filed(office, at):
    revision = signed(office)

    answer = at("branch_clerk").post(url("file", revision.sheet_id), {"code": revision.code})

    assert answer.status_code == 400
    assert list(answer.context["filing"].errors) == ["scans"]


def test_a_signed_scan_is_shown_by_right_and_the_look_is_logged(office, at):
    revision = signed(office)
    file_it(at("branch_clerk"), revision.sheet, revision.code, scan())
    row = SignedScan.objects.get()

    answer = at("reviewer").get(url("scan", row.pk, 1))

    assert (answer.status_code, answer["Content-Type"]) == (200, "image/jpeg")
    assert answer["Cache-Control"] == "no-store, private"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in answer["Content-Security-Policy"]
    assert answer.content.startswith(b"\xff\xd8")
    entry = AuditEntry.objects.get(act="scan-read")
    assert (entry.ref, entry.account_id) == (f"signedscan:{row.pk}", office.reviewer.pk)
    assert at("reviewer").get(url("scan", row.pk, 2)).status_code == 404


@pytest.mark.parametrize("who", ["other_head", "other_clerk", "clerk", "administrator"])
@pytest.mark.parametrize("name", ["scan", "original"])
def test_a_signed_scan_out_of_sight_does_not_exist(office, at, who, name):
    filed(office)
    row = SignedScan.objects.get()
    place = url("scan", row.pk, 1) if name == "scan" else url("original", row.pk)

    assert at(who).get(place).status_code == 404


def test_originals_are_for_reviewers(office, at):
    revision = signed(office)
    file_it(at("branch_clerk"), revision.sheet, revision.code, scan())
    place = url("original", SignedScan.objects.get().pk)

    assert at("branch_clerk").get(place).status_code == 403
    answer = at("reviewer").get(place)
    assert answer.status_code == 200
    assert answer["Content-Disposition"].startswith("attachment")


def test_an_auditor_states_a_purpose_before_looking_at_a_scan(office, at):
    revision = signed(office)
    file_it(at("branch_clerk"), revision.sheet, revision.code, scan())
    place = url("scan", SignedScan.objects.get().pk, 1)
    client = at("auditor")

    assert client.get(place).status_code == 403
    client.post(url("reveal", revision.sheet_id), {"purpose": "专项检查"})
    answer = client.get(place)
    assert answer.status_code == 200
    assert "purpose" in AuditEntry.objects.get(act="scan-read").facts


@pytest.mark.parametrize("typed", ["{code}", " {lower}", "{number}"])
def test_a_sheet_is_found_by_code_or_number(office, at, typed):
    revision = closed(office)
    words = typed.format(
        code=revision.code, lower=revision.code.lower(), number=revision.sheet.number
    )

    answer = at("head").post(url("find"), {"code": words})

    assert answer.status_code == 302
    assert answer.url == url("change", revision.sheet_id)


@pytest.mark.parametrize("who", ["head", "other_head"])
def test_what_is_not_found_is_typed_again(office, at, who):
    revision = closed(office)
    typed = "350-NICHTS" if who == "head" else revision.code

    answer = at(who).post(url("find"), {"code": typed})

    assert answer.status_code == 400
    assert f'value="{typed}"' in text(answer)


def test_an_older_print_leads_to_the_sheet_with_a_warning(office, at):
    leaving, staying = submitted(office), submitted(office)
    first = close(office, sheet_of(staying))
    withdraw(request_of(leaving).pk, by=again(office.clerk))

    answer = at("head").post(url("find"), {"code": first.code}, follow=True)

    assert answer.redirect_chain == [(url("change", first.sheet_id), 302)]
    assert [message.level_tag for message in answer.context["messages"]] == ["warning"]


def test_numbers_are_masked_until_revealed_and_revealing_is_logged(office, at):
    number = identity_number(970)
    wish = Wish("id_number", number, "change")
    revision = closed(office, wish, kinds=ID_KINDS)
    old = revision.frozen_lines.get().request.old
    client = at("head")

    page = text(client.get(url("change", revision.sheet_id)))
    assert number not in page
    assert old not in page
    assert not AuditEntry.objects.filter(act="record-reveal").exists()

    answer = client.post(url("reveal", revision.sheet_id))
    plain = re.sub(r"</?(ins|del)>", "", text(answer))
    assert number in plain
    assert old in plain
    entry = AuditEntry.objects.get(act="record-reveal")
    assert entry.ref == f"requestsheet:{revision.sheet_id}"
    assert entry.facts["records"] == [revision.frozen_lines.get().request.record_id]


def test_an_auditor_reveals_with_a_purpose_only(office, at):
    sheet = closed(office).sheet
    client = at("auditor")

    assert client.post(url("reveal", sheet.pk)).status_code == 400
    assert client.post(url("reveal", sheet.pk), {"purpose": "专项检查"}).status_code == 200
    assert AuditEntry.objects.get(act="record-reveal").digest


def test_signatures_are_shown_with_what_is_missing(office, at):
    late = Wish("ethnicity", "回族", "entry_error")
    kinds = ("id_card", "enrolment_form", "report")
    submitted(office, late, kinds=kinds, cause="录入有误")
    sheet = close(office, sheet_of(submitted(office))).sheet
    sign_sheet(sheet.pk, by=again(office.head), revision=1)

    answer = at("president").get(url("change", sheet.pk))

    assert [(one.person, one.is_given, one.positions) for one in answer.context["signatures"]] == [
        (office.head.person.name, True, [1, 2]),
        ("", False, [1]),
    ]


def test_earlier_revisions_are_shown_with_why_they_lapsed(office, at):
    leaving, staying = submitted(office), submitted(office)
    first = close(office, sheet_of(staying))
    withdraw(request_of(leaving).pk, by=again(office.clerk))

    answer = at("head").get(url("change", first.sheet_id))

    assert [(revision, str(why)) for revision, why, _next in answer.context["earlier"]] == [
        (first, in_chinese("A line was withdrawn"))
    ]


def test_names_and_remarks_are_escaped(office, at):
    record = student(office.centre, name="<img src=x>")
    sheet = closed(office, ETHNICITY, record=record).sheet

    page = text(at("head").get(url("change", sheet.pk)))

    assert "<img src=x>" not in page
    assert "&lt;img src=x&gt;" in page


def test_a_page_of_many_lines_asks_the_database_no_more_often(
    office, at, django_assert_max_num_queries
):
    client = at("head")
    counts = []
    for lines in (1, 4):
        for _ in range(lines):
            last = submitted(office)
        sheet = close(office, sheet_of(last)).sheet
        with django_assert_max_num_queries(80) as queries:
            client.get(url("change", sheet.pk))
        counts.append(len(queries))

    assert counts[0] == counts[1]
