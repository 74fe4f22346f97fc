"""Two people at the same sheet, each with a connection of their own."""

from datetime import timedelta

import pytest
from builders.office import (
    account,
    again,
    close,
    filed,
    ready,
    request_of,
    set_aside,
    sheet_of,
    signed,
    signed_page,
    student,
    submitted,
)
from builders.together import assert_office_is_whole, at_once, row
from django.utils import timezone

from backoffice.corrections.models import CorrectionRequest
from backoffice.corrections.states import Event
from backoffice.sheets.models import RequestSheet, SheetLine, SignedScan
from backoffice.sheets.services import active_lines
from backoffice.workflow.deciding import decide
from backoffice.workflow.filing import file_sheet
from backoffice.workflow.sheeting import close_overdue, close_sheet
from backoffice.workflow.signing import send_back, sign_sheet, withdraw
from backoffice.workflow.submission import submit_case

pytestmark = pytest.mark.django_db(transaction=True)


def signing(sheet, by):
    return lambda: sign_sheet(sheet.pk, by=again(by), revision=1)


def closing(sheet, by):
    return lambda: close_sheet(sheet.pk, by=again(by))


def submitting(case, by):
    return lambda: submit_case(case.pk, by=again(by))


def withdrawing(request, by):
    return lambda: withdraw(request.pk, by=again(by))


def sending_back(request, by):
    code = "evidence-unclear-sign"
    return lambda: send_back(request.pk, by=again(by), code=code)


def filing(revision, by):
    return lambda: file_sheet(revision.code, [signed_page()], by=again(by))


def two_lines(office):
    """Close a sheet with two lines; return it and their requests."""
    requests = [request_of(submitted(office)) for _ in range(2)]
    revision = close(office, sheet_of(requests[0].case))
    return revision.sheet, requests


def states(*requests):
    rows = CorrectionRequest.objects.in_bulk([request.pk for request in requests])
    return [rows[request.pk].state for request in requests]


@pytest.mark.parametrize("leaving", [withdrawing, sending_back])
def test_a_signature_is_never_on_other_lines_than_were_looked_at(office, leaving):
    second = account("head", office.branch)
    for is_held in (False, True):
        sheet, (staying, going) = two_lines(office)
        outcomes = at_once(
            signing(sheet, office.head),
            signing(sheet, second),
            leaving(going, office.clerk if leaving is withdrawing else office.head),
            held=row(sheet) if is_held else None,
        )

        assert outcomes[2] == "done"
        signings = set(outcomes[:2])
        assert signings <= {"done", "SHEET_STATE", "STALE"}
        assert outcomes[:2].count("done") <= 1
        # Signed before, the signature lapsed with the line that left; and nobody signs after.
        sheet.refresh_from_db()
        assert (sheet.state, sheet.revision) == ("closed", 2)
        assert states(staying) == ["submitted"]
        assert states(going) == ["withdrawn" if leaving is withdrawing else "draft"]
        assert_office_is_whole()


def test_two_lines_leave_one_after_the_other(office):
    for is_held in (False, True):
        sheet, requests = two_lines(office)
        outcomes = at_once(
            withdrawing(requests[0], office.clerk),
            sending_back(requests[1], office.head),
            held=row(sheet) if is_held else None,
        )

        assert outcomes == ["done", "done"]
        sheet.refresh_from_db()
        assert (sheet.state, sheet.revision) == ("void", 2)
        assert states(*requests) == ["withdrawn", "draft"]
        assert_office_is_whole()


def test_the_first_requests_of_a_day_meet_on_one_sheet(office):
    for _ in range(3):
        neighbour = account("clerk", office.branch)
        cases = [
            ready(office, record=student(office.centre)),
            ready(office, record=student(office.branch), by=neighbour),
        ]
        outcomes = at_once(submitting(cases[0], office.clerk), submitting(cases[1], neighbour))

        assert outcomes == ["done", "done"]
        sheet = sheet_of(cases[0])
        assert sheet == sheet_of(cases[1])
        assert sheet.day == timezone.localdate()
        assert_office_is_whole()
        set_aside(sheet)


@pytest.mark.parametrize("is_held", [False, True])
def test_a_request_is_on_the_sheet_that_closes_or_on_that_of_the_next_day(office, is_held):
    first, late = submitted(office), ready(office)
    sheet = sheet_of(first)
    outcomes = at_once(
        closing(sheet, office.branch_clerk),
        submitting(late, office.clerk),
        held=row(sheet) if is_held else None,
    )

    assert outcomes == ["done", "done"]
    frozen = RequestSheet.objects.get(pk=sheet.pk).revision_in_force.frozen_lines.all()
    its = sheet_of(late)
    on_it = [first, late] if its == sheet else [first]
    assert [line.request for line in frozen] == [request_of(case) for case in on_it]
    assert its.day - sheet.day == timedelta(days=0 if its == sheet else 1)
    assert_office_is_whole()


def test_midnight_and_a_clerk_close_a_sheet_once(office):
    for is_held in (False, True):
        sheet = sheet_of(submitted(office))
        set_aside(sheet)
        outcomes = at_once(
            closing(sheet, office.branch_clerk),
            close_overdue,
            held=row(sheet) if is_held else None,
        )

        assert outcomes in (["done", "done"], ["SHEET_STATE", "done"])
        assert RequestSheet.objects.get(pk=sheet.pk).revision == 1
        assert_office_is_whole()


def test_a_line_is_filed_with_its_sheet_or_sent_back_before(office):
    for is_held in (False, True):
        revision = signed(office)
        request = revision.frozen_lines.get().request
        outcomes = at_once(
            filing(revision, office.branch_clerk),
            sending_back(request, office.head),
            held=row(revision.sheet) if is_held else None,
        )

        assert outcomes in (["done", "WRONG_STATE"], ["SHEET_STATE", "done"])
        is_filed = outcomes[0] == "done"
        assert states(request) == ["filed" if is_filed else "draft"]
        assert SignedScan.objects.filter(revision=revision).count() == is_filed
        assert active_lines(revision.sheet).count() == is_filed
        assert_office_is_whole()


def test_a_scan_that_is_sent_twice_files_once(office):
    revision = signed(office)
    outcomes = at_once(
        filing(revision, office.branch_clerk),
        filing(revision, office.branch_clerk),
        held=row(revision.sheet),
    )

    assert sorted(outcomes) == ["SHEET_STATE", "done"]
    assert SignedScan.objects.filter(revision=revision).count() == 1
    assert_office_is_whole()


def test_a_returned_request_goes_to_one_new_sheet_or_is_withdrawn(office):
    """Its line on the filed sheet is held by whoever withdraws, the new one by who submits."""
    for is_held in (False, True):
        case = filed(office)
        request = request_of(case)
        decide(
            request.pk,
            Event.RETURN,
            by=again(office.reviewer),
            code="other-return",
            opinion="请补正。",
        )
        outcomes = at_once(
            submitting(case, office.clerk),
            withdrawing(request, office.clerk),
            held=row(request) if is_held else None,
        )

        assert outcomes in (["done", "done"], ["done", "STALE"], ["NOTHING_TO_DO", "done"])
        lines = SheetLine.objects.filter(request=request, removed_at=None, voided_at=None)
        assert lines.count() == (outcomes == ["done", "STALE"])
        assert_office_is_whole()
