"""Signing of sheets, sending back and withdrawing of single lines."""

import pytest
from builders.office import (
    ETHNICITY,
    NAME,
    NAME_KINDS,
    account,
    again,
    approved,
    close,
    closed,
    drafted,
    filed,
    join,
    request_of,
    sheet_of,
    signed,
    student,
    submitted,
)

from backoffice.corrections.models import Case, CorrectionRequest
from backoffice.corrections.states import Event
from backoffice.sheets.models import RequestSheet, SheetLine
from backoffice.workflow.deciding import decide
from backoffice.workflow.intake import Wish
from backoffice.workflow.performing import perform
from backoffice.workflow.refusals import Refusal, Refused
from backoffice.workflow.signing import send_back, sign_sheet, withdraw

pytestmark = pytest.mark.django_db

# Typed wrong at enrolment is late by definition, and so exceptional.
LATE = Wish("ethnicity", "回族", "entry_error")
LATE_KINDS = ("id_card", "enrolment_form", "report")


def refused(refusal):
    return pytest.raises(Refused, match=f"^{refusal.name}$")


def mixed(office):
    """Close a sheet with an ordinary line and an exceptional one."""
    ordinary = submitted(office)
    exceptional = submitted(office, LATE, kinds=LATE_KINDS, cause="当时录入有误，现发现。")
    return close(office, sheet_of(ordinary)), request_of(ordinary), request_of(exceptional)


def states(*requests):
    return [
        (each.state, each.step)
        for each in (CorrectionRequest.objects.get(pk=request.pk) for request in requests)
    ]


def test_the_head_signs_all_lines_at_once(office):
    first, second = submitted(office), submitted(office)
    revision = close(office, sheet_of(first))

    sheet = sign_sheet(revision.sheet_id, by=again(office.head), revision=1)

    assert sheet.state == "signed"
    assert states(request_of(first), request_of(second)) == [("signed_off", 1)] * 2


def test_an_exceptional_line_needs_the_president_too(office):
    revision, ordinary, exceptional = mixed(office)

    sheet = sign_sheet(revision.sheet_id, by=again(office.head), revision=1)
    assert sheet.state == "closed"
    assert states(ordinary, exceptional) == [("signed_off", 1), ("submitted", 1)]

    sheet = sign_sheet(revision.sheet_id, by=again(office.president), revision=1)
    assert sheet.state == "signed"
    assert states(ordinary, exceptional) == [("signed_off", 1), ("signed_off", 2)]


def test_the_president_does_not_sign_before_the_head(office):
    revision, _, exceptional = mixed(office)

    with refused(Refusal.NOTHING_TO_DO):
        sign_sheet(revision.sheet_id, by=again(office.president), revision=1)
    assert states(exceptional) == [("submitted", 0)]


def test_one_person_is_not_head_and_president_of_a_line_not_with_two_accounts_either(office):
    second = account("president", office.branch, person=office.head.person)
    revision, ordinary, exceptional = mixed(office)
    sign_sheet(revision.sheet_id, by=again(office.head), revision=1)

    with refused(Refusal.FOUR_EYES):
        sign_sheet(revision.sheet_id, by=again(second), revision=1)
    assert states(ordinary, exceptional) == [("signed_off", 1), ("submitted", 1)]


def test_who_submitted_a_line_signs_nothing_of_the_sheet(office):
    join(office.branch_clerk.person, "head", office.branch)
    submitted(office, by=again(office.branch_clerk))
    other = submitted(office)
    revision = close(office, sheet_of(other))

    with refused(Refusal.FOUR_EYES):
        sign_sheet(revision.sheet_id, by=again(office.branch_clerk), revision=1)
    assert states(request_of(other)) == [("submitted", 0)]


@pytest.mark.parametrize(
    ("who", "refusal"),
    [
        ("clerk", Refusal.NOT_PERMITTED),
        ("branch_clerk", Refusal.NOT_PERMITTED),
        ("reviewer", Refusal.NOT_PERMITTED),
        ("registrar", Refusal.NOT_PERMITTED),
        ("administrator", Refusal.NOT_PERMITTED),
        ("other_head", Refusal.NOT_PERMITTED),
    ],
)
def test_nobody_else_signs(office, who, refusal):
    revision = closed(office)

    with refused(refusal):
        sign_sheet(revision.sheet_id, by=getattr(office, who), revision=1)
    assert states(revision.frozen_lines.get().request) == [("submitted", 0)]


def test_a_head_whose_time_is_over_signs_no_longer(office):
    revision = closed(office)
    office.head.person.memberships.update(last_day="2021-01-01")

    with refused(Refusal.NOT_PERMITTED):
        sign_sheet(revision.sheet_id, by=again(office.head), revision=1)


def test_an_open_sheet_is_not_signed(office):
    sheet = sheet_of(submitted(office))

    with refused(Refusal.SHEET_STATE):
        sign_sheet(sheet.pk, by=again(office.head), revision=0)


def test_what_was_looked_at_must_be_the_revision_in_force(office):
    leaving, staying = submitted(office), submitted(office)
    revision = close(office, sheet_of(staying))
    withdraw(request_of(leaving).pk, by=again(office.clerk))

    with refused(Refusal.STALE):
        sign_sheet(revision.sheet_id, by=again(office.head), revision=1)
    assert sign_sheet(revision.sheet_id, by=again(office.head), revision=2).state == "signed"


def test_a_line_is_sent_back_with_a_reason_and_the_rest_goes_on(office):
    back, stays = submitted(office), submitted(office)
    revision = close(office, sheet_of(stays))

    request = send_back(
        request_of(back).pk, by=again(office.head), code="other-send-back", opinion="请核对"
    )

    event = request.events.last()
    assert (event.event, event.source, event.target) == ("send-back", "submitted", "draft")
    assert (event.reason.code, event.opinion) == ("other-send-back", "请核对")
    sheet = RequestSheet.objects.get(pk=revision.sheet_id)
    assert (sheet.state, sheet.revision) == ("closed", 2)
    assert [line.request for line in sheet.revision_in_force.frozen_lines.all()] == [
        request_of(stays)
    ]


def test_the_president_sends_a_line_back_that_the_head_has_signed(office):
    revision, ordinary, exceptional = mixed(office)
    sign_sheet(revision.sheet_id, by=again(office.head), revision=1)

    send_back(exceptional.pk, by=again(office.president), code="fault-in-values")

    sheet = RequestSheet.objects.get(pk=revision.sheet_id)
    assert (sheet.state, sheet.revision) == ("closed", 2)
    assert states(ordinary, exceptional) == [("submitted", 0), ("draft", 0)]


def test_a_line_of_a_signed_sheet_is_sent_back_by_who_signed_it(office):
    revision = signed(office)
    line = revision.frozen_lines.get()

    send_back(line.request_id, by=again(office.head), code="fault-in-values")

    assert RequestSheet.objects.get(pk=revision.sheet_id).state == "void"
    assert states(line.request) == [("draft", 0)]


@pytest.mark.parametrize(
    ("code", "opinion", "refusal"),
    [
        ("", "", Refusal.REASON_NEEDED),
        ("no-such-reason", "", Refusal.REASON_UNFIT),
        ("evidence-wrong", "", Refusal.REASON_UNFIT),
        ("other-send-back", "  ", Refusal.OPINION_NEEDED),
    ],
    ids=["none", "unknown", "of another verdict", "blank opinion"],
)
def test_sending_back_needs_a_fitting_reason(office, code, opinion, refusal):
    line = closed(office).frozen_lines.get()

    with refused(refusal):
        send_back(line.request_id, by=again(office.head), code=code, opinion=opinion)
    assert states(line.request) == [("submitted", 0)]


def test_a_filed_line_is_not_sent_back(office):
    request = request_of(filed(office))

    with refused(Refusal.WRONG_STATE):
        send_back(request.pk, by=again(office.head), code="fault-in-values")


def returned(office):
    case = filed(office)
    decide(request_of(case).pk, Event.RETURN, by=again(office.reviewer), code="evidence-wrong")
    return case


@pytest.mark.parametrize(
    "build",
    [
        drafted,
        submitted,
        lambda office: Case.objects.get(requests__sheet_lines__sheet=closed(office).sheet),
        lambda office: Case.objects.get(requests__sheet_lines__sheet=signed(office).sheet),
        filed,
        returned,
    ],
    ids=["draft", "submitted", "on a closed sheet", "signed off", "filed", "returned"],
)
def test_a_clerk_withdraws_before_the_decision(office, build):
    request = request_of(build(office))

    with refused(Refusal.NOT_YOURS):
        withdraw(request.pk, by=again(office.colleague))
    assert withdraw(request.pk, by=again(office.clerk)).state == "withdrawn"


def test_after_the_decision_nothing_is_withdrawn(office):
    request = request_of(approved(office))

    with refused(Refusal.WRONG_STATE):
        withdraw(request.pk, by=again(office.clerk))


def test_withdrawing_after_filing_makes_the_line_void_and_the_hash_stands(office):
    case = filed(office)
    sheet = sheet_of(case)
    before = sheet.revision_in_force

    withdraw(request_of(case).pk, by=again(office.clerk))

    sheet.refresh_from_db()
    line = SheetLine.objects.get(sheet=sheet)
    assert (sheet.state, sheet.revision) == ("filed", 1)
    assert sheet.revision_in_force == before
    assert (line.removed_at, line.voided_at is not None) == (None, True)


def test_who_saw_an_older_request_withdraws_nothing(office):
    request = request_of(submitted(office))

    with refused(Refusal.STALE):
        withdraw(request.pk, by=again(office.clerk), version=request.version - 1)
    assert states(request) == [("submitted", 0)]


def test_a_line_of_a_sheet_is_not_signed_singly(office):
    request = request_of(submitted(office))

    with refused(Refusal.ON_SHEET):
        perform(request.pk, Event.SIGN_OFF, by=again(office.head))


def test_two_fields_of_a_case_are_two_lines_and_one_may_leave(office):
    case = submitted(office, ETHNICITY, NAME, kinds=NAME_KINDS, record=student(office.centre))
    revision = close(office, sheet_of(case))

    send_back(request_of(case, "name").pk, by=again(office.head), code="fault-in-values")

    assert revision.frozen_lines.count() == 2
    assert states(request_of(case, "name"), request_of(case, "ethnicity")) == [
        ("draft", 0),
        ("submitted", 0),
    ]
    assert sheet_of(case).revision_in_force.frozen_lines.get().request.field == "ethnicity"
