"""Sheets of a unit, kind and day: lines that come and go, closing, revisions."""

from datetime import date

import pytest
from builders.office import (
    ETHNICITY,
    account,
    again,
    close,
    closed,
    filed,
    request_of,
    sheet_of,
    signed,
    student,
    submitted,
    unit,
)

from backoffice.audit.models import AuditEntry
from backoffice.corrections.models import CorrectionRequest
from backoffice.corrections.states import Event
from backoffice.sheets.models import RequestSheet, SheetLine
from backoffice.workflow import sheeting
from backoffice.workflow.deciding import decide
from backoffice.workflow.refusals import Refusal, Refused
from backoffice.workflow.sheeting import close_overdue, close_sheet
from backoffice.workflow.signing import send_back, sign_sheet, withdraw
from backoffice.workflow.submission import submit_case

pytestmark = pytest.mark.django_db


def refused(refusal):
    return pytest.raises(Refused, match=f"^{refusal.name}$")


def acts(sheet):
    entries = AuditEntry.objects.filter(ref=f"requestsheet:{sheet.pk}").order_by("sequence")
    return [(entry.act, entry.facts) for entry in entries]


def close_today(office, case):
    """Close the sheet of a case and leave its day as it is."""
    return close_sheet(sheet_of(case).pk, by=again(office.branch_clerk))


def on_sheet(sheet):
    return list(
        sheet.lines.filter(removed_at=None)
        .order_by("request_id")
        .values_list("request_id", flat=True)
    )


def test_requests_of_all_centres_meet_on_the_sheet_of_the_branch_and_day(office):
    second = unit("35002", "centre", office.branch)
    first = submitted(office)
    other = submitted(office, record=student(second), by=office.branch_clerk)

    sheet = RequestSheet.objects.get()
    assert sheet.unit == office.branch
    assert (sheet.kind, sheet.state, sheet.revision) == ("correction", "open", 0)
    assert on_sheet(sheet) == [request_of(first).pk, request_of(other).pk]


def test_another_branch_has_a_sheet_of_its_own(office):
    submitted(office)
    other = submitted(office, record=student(office.other_centre), by=office.other_clerk)

    assert sheet_of(other).unit == office.other_branch
    assert RequestSheet.objects.count() == 2


@pytest.mark.parametrize(
    ("moment", "day"),
    [
        ((2026, 11, 20, 23, 59, 59, 999999), date(2026, 11, 20)),
        ((2026, 11, 21, 0, 0), date(2026, 11, 21)),
        ((2026, 12, 31, 23, 59, 59, 999999), date(2026, 12, 31)),
        ((2027, 1, 1, 0, 0), date(2027, 1, 1)),
        ((2028, 2, 29, 12, 0), date(2028, 2, 29)),
    ],
    ids=["before midnight", "at midnight", "before new year", "at new year", "leap day"],
)
def test_the_day_of_a_sheet_is_the_local_one(office, clock, moment, day):
    clock(*moment)
    sheet = sheet_of(submitted(office))

    assert (sheet.day, sheet.number) == (day, f"350-{day:%Y%m%d}-1")


def test_midnight_closes_a_sheet_and_not_a_moment_before(office, clock):
    clock(2026, 12, 31, 12, 0)
    sheet = sheet_of(submitted(office))

    clock(2026, 12, 31, 23, 59, 59, 999999)
    assert close_overdue() == 0
    clock(2027, 1, 1, 0, 0)
    assert close_overdue() == 1
    assert close_overdue() == 0

    sheet.refresh_from_db()
    assert (sheet.state, sheet.revision) == ("closed", 1)
    assert acts(sheet)[-1] == ("sheet-close", {"revision": 1})
    assert AuditEntry.objects.filter(act="sheet-close").get().account_id is None


def test_a_sheet_that_cannot_be_closed_keeps_no_other_open(office, clock, monkeypatch, caplog):
    clock(2026, 12, 31, 12, 0)
    sound = sheet_of(submitted(office, by=office.other_clerk, record=student(office.other_centre)))
    broken = sheet_of(submitted(office))
    clock(2027, 1, 1, 0, 0)
    freeze, said = sheeting.freeze_lines, "张三 110101199408230013"

    def fail_once(sheet, **why):
        if sheet.pk == broken.pk:
            RequestSheet.objects.filter(pk=sheet.pk).update(state="void")
            raise ValueError(said)
        return freeze(sheet, **why)

    monkeypatch.setattr(sheeting, "freeze_lines", fail_once)

    assert close_overdue() == 1
    states = RequestSheet.objects.in_bulk([sound.pk, broken.pk])
    assert [states[each.pk].state for each in (sound, broken)] == ["closed", "open"]
    assert f"Sheet {broken.pk} was not closed: ValueError" in caplog.text
    assert "fail_once" in caplog.text
    assert "张三" not in caplog.text


def test_what_is_submitted_after_closing_goes_on_the_next_days_sheet(office, clock):
    clock(2026, 12, 31, 17, 0)
    first = close_today(office, submitted(office))
    late = sheet_of(submitted(office))
    later = sheet_of(submitted(office))

    assert (first.day, late.day) == (date(2026, 12, 31), date(2027, 1, 1))
    assert later == late
    clock(2027, 1, 1, 9, 0)
    assert sheet_of(submitted(office)) == late


def test_a_sheet_of_tomorrow_is_not_closed_today(office, clock):
    clock(2026, 11, 20, 17, 0)
    close_today(office, submitted(office))
    tomorrow = sheet_of(submitted(office))

    with refused(Refusal.SHEET_EARLY):
        close_sheet(tomorrow.pk, by=again(office.branch_clerk))
    clock(2026, 11, 21, 0, 0)
    assert close_sheet(tomorrow.pk, by=again(office.branch_clerk)).state == "closed"


def test_a_sheet_is_closed_once(office):
    sheet = closed(office).sheet

    with refused(Refusal.SHEET_STATE):
        close_sheet(sheet.pk, by=again(office.branch_clerk))


def test_who_looked_at_an_older_sheet_closes_nothing(office):
    sheet = sheet_of(submitted(office))

    with refused(Refusal.STALE):
        close_sheet(sheet.pk, by=again(office.branch_clerk), version=sheet.version + 1)
    sheet.refresh_from_db()
    assert sheet.state == "open"


@pytest.mark.parametrize(
    ("who", "may"),
    [
        ("branch_clerk", True),
        ("head", True),
        ("clerk", False),
        ("president", False),
        ("reviewer", False),
        ("administrator", False),
        ("other_head", False),
    ],
)
def test_clerk_and_head_of_the_unit_close_its_sheet(office, who, may):
    sheet = sheet_of(submitted(office))

    if may:
        assert close_sheet(sheet.pk, by=getattr(office, who)).state == "closed"
    else:
        with refused(Refusal.NOT_PERMITTED):
            close_sheet(sheet.pk, by=getattr(office, who))


def test_lines_stand_in_the_order_of_the_summary_tables(office):
    second = submitted(office, record=student(office.centre, number="2535001299002"))
    first = submitted(office, record=student(office.centre, number="2535001299001"))

    revision = close(office, sheet_of(first))

    assert [line.request for line in revision.frozen_lines.all()] == [
        request_of(first),
        request_of(second),
    ]


def test_a_sheet_without_lines_is_void_when_it_closes_and_the_trail_says_so(office):
    case = submitted(office)
    sheet = sheet_of(case)
    withdraw(request_of(case).pk, by=again(office.clerk))

    assert close_sheet(sheet.pk, by=again(office.branch_clerk)).state == "void"
    assert acts(sheet) == [("sheet-open", {}), ("sheet-close", {"void": True})]


def test_a_closed_sheet_that_loses_its_last_line_is_void_and_the_trail_says_so(office):
    revision = closed(office)
    line = revision.frozen_lines.get()

    withdraw(line.request_id, by=again(office.clerk))

    revision.sheet.refresh_from_db()
    assert (revision.sheet.state, revision.sheet.revision) == ("void", 1)
    assert acts(revision.sheet)[-1] == ("sheet-revise", {"void": True})
    with refused(Refusal.SHEET_STATE):
        sign_sheet(revision.sheet_id, by=again(office.head), revision=1)


def test_a_line_that_leaves_an_open_sheet_makes_no_revision(office):
    leaving, staying = submitted(office), submitted(office)
    sheet = sheet_of(staying)

    withdraw(request_of(leaving).pk, by=again(office.clerk))

    sheet.refresh_from_db()
    assert (sheet.state, sheet.revision, on_sheet(sheet)) == (
        "open",
        0,
        [request_of(staying).pk],
    )


def test_a_line_that_leaves_a_signed_sheet_makes_a_revision_and_signatures_lapse(office):
    leaving = submitted(office)
    staying = submitted(office)
    first = close(office, sheet_of(staying))
    sign_sheet(first.sheet_id, by=again(office.head), revision=1)

    withdraw(request_of(leaving).pk, by=again(office.clerk))

    sheet = RequestSheet.objects.get()
    second = sheet.revision_in_force
    assert (sheet.state, sheet.revision, second.why) == ("closed", 2, "withdrawal")
    assert second.lines_hash != first.lines_hash
    assert second.code != first.code
    assert [line.request for line in second.frozen_lines.all()] == [request_of(staying)]
    stays = request_of(staying)
    assert (stays.state, stays.step) == ("submitted", 0)
    assert [each.event for each in stays.events.all()] == ["submit", "sign-off", "lapse"]
    assert acts(sheet)[-1] == ("sheet-revise", {"revision": 2})


def test_frozen_lines_stay_as_they_were_whatever_the_record_becomes(office):
    revision = closed(office)
    line = revision.frozen_lines.get()
    before = line.content
    line.request.record.name = "别名"
    line.request.record.save()

    line.refresh_from_db()
    assert '"name": "张三"' in before
    assert line.content == before


def test_a_returned_request_goes_on_a_new_sheet_and_the_filed_one_keeps_its_hash(office, clock):
    clock(2026, 11, 20, 9, 0)
    case = filed(office)
    before = sheet_of(case)
    hashed = before.revision_in_force.lines_hash
    request = request_of(case)
    decide(request.pk, Event.RETURN, by=again(office.reviewer), code="evidence-wrong")

    clock(2026, 11, 21, 9, 0)
    submit_case(case.pk, by=again(office.clerk))

    after = sheet_of(case)
    assert (before.state, after.state) == ("filed", "open")
    assert after.day == date(2026, 11, 21)
    assert before.revision_in_force.lines_hash == hashed
    assert [
        (line.sheet_id, line.removed_at is None)
        for line in SheetLine.objects.filter(request=request).order_by("pk")
    ] == [(before.pk, False), (after.pk, True)]


def test_a_line_sent_back_is_submitted_again_on_the_next_open_sheet(office, clock):
    clock(2026, 11, 20, 9, 0)
    case = submitted(office)
    submitted(office)
    close_today(office, case)
    send_back(request_of(case).pk, by=again(office.head), code="fault-in-values")

    submit_case(case.pk, by=again(office.clerk))

    assert sheet_of(case).day == date(2026, 11, 21)
    assert request_of(case).state == "submitted"


def test_a_policy_level_that_no_unit_has_is_said_in_words(office):
    lonely = unit("99001", "centre", office.headquarters)
    with pytest.raises(Refused) as caught:
        submitted(office, ETHNICITY, record=student(lonely), by=account("clerk", lonely))

    assert caught.value.refusal is Refusal.NO_LEVEL
    assert "分部" in caught.value.message
    assert "Words" not in caught.value.message
    assert CorrectionRequest.objects.filter(unit=lonely).get().state == "draft"


def test_signing_twice_finds_nothing_to_do(office):
    revision = signed(office)

    with refused(Refusal.SHEET_STATE):
        sign_sheet(revision.sheet_id, by=again(office.head), revision=1)
