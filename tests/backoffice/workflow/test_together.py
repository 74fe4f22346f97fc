"""Two people at the same request, record or field, each with a connection of their own."""

import pytest
from builders.office import (
    again,
    approved,
    drafted,
    filed,
    identity_number,
    ready,
    request_of,
    student,
)
from builders.together import assert_office_is_whole, at_once, late, row, slowly

from backoffice.corrections.models import Case, CorrectionRequest
from backoffice.corrections.states import Event
from backoffice.roll.models import StudentRecord, digest_of_identity
from backoffice.workflow.applying import apply_request
from backoffice.workflow.deciding import decide, take_case
from backoffice.workflow.handover import hand_over, hand_over_all
from backoffice.workflow.intake import Wish, begin_case, write_requests
from backoffice.workflow.signing import withdraw
from backoffice.workflow.submission import submit_case

pytestmark = pytest.mark.django_db(transaction=True)

ID_KINDS = ("id_card", "id_number_change_certificate")
BIRTH = Wish("birth_date", "1994-08-24", "change")
GENDER = Wish("gender", "女", "change")


def approving(request, by):
    return lambda: decide(request.pk, Event.APPROVE, by=again(by))


def rejecting(request, by):
    code, opinion = "other-reject", "与所附证件不符。"
    return lambda: decide(request.pk, Event.REJECT, by=again(by), code=code, opinion=opinion)


def taking(case, by):
    return lambda: take_case(case.pk, by=again(by))


def withdrawing(request, by):
    return lambda: withdraw(request.pk, by=again(by))


def applying(request, by):
    return lambda: apply_request(request.pk, by=again(by))


def submitting(case, by):
    return lambda: submit_case(case.pk, by=again(by))


def giving(case, to, by):
    return lambda: hand_over(case.pk, again(to), by=again(by))


def giving_all(person, to, by):
    return lambda: hand_over_all(person, again(to), by=again(by))


def writing(case, wishes, by):
    return lambda: write_requests(case.pk, wishes, by=again(by))


@pytest.mark.parametrize("second", [approving, rejecting])
def test_of_two_reviewers_one_decides(office, second):
    for meeting in ("anywhere", "at the request", "at the case"):
        case = filed(office)
        request = request_of(case)
        held = {"anywhere": None, "at the request": row(request), "at the case": row(case)}
        outcomes = at_once(
            approving(request, office.reviewer),
            second(request, office.other_reviewer),
            held=held[meeting],
        )

        assert sorted(outcomes) == ["WRONG_STATE", "done"]
        winner = (approving, second)[outcomes.index("done")]
        assert request_of(case).state == ("approved" if winner is approving else "rejected")
        assert Case.objects.get(pk=case.pk).taken_by is None
        assert_office_is_whole()


@pytest.mark.parametrize("is_held", [False, True])
def test_a_reviewer_who_comes_second_is_told_that_the_case_is_taken(office, is_held):
    case = filed(office)
    outcomes = at_once(
        taking(case, office.reviewer),
        taking(case, office.other_reviewer),
        held=row(case) if is_held else None,
    )

    assert sorted(outcomes) == ["TAKEN", "done"]
    first = (office.reviewer, office.other_reviewer)[outcomes.index("done")]
    assert Case.objects.get(pk=case.pk).taken_by == first.person
    assert_office_is_whole()


@pytest.mark.parametrize("is_held", [False, True])
def test_of_approving_and_withdrawing_one_happens(office, is_held):
    request = request_of(filed(office))
    outcomes = at_once(
        approving(request, office.reviewer),
        withdrawing(request, office.clerk),
        held=row(request) if is_held else None,
    )

    assert sorted(outcomes) == ["WRONG_STATE", "done"]
    request = CorrectionRequest.objects.get(pk=request.pk)
    assert request.state == ("approved" if outcomes[0] == "done" else "withdrawn")
    assert_office_is_whole()


@pytest.mark.parametrize("is_held", [False, True])
def test_a_value_is_applied_once(office, is_held):
    request = request_of(approved(office))
    outcomes = at_once(
        *[applying(request, office.registrar)] * 2,
        held=row(request.record) if is_held else None,
    )

    assert sorted(outcomes) == ["WRONG_STATE", "done"]
    assert list(request.record.changes.values_list("new", flat=True)) == ["回族"]
    assert_office_is_whole()


@pytest.mark.parametrize("is_held", [False, True])
def test_two_records_are_not_given_one_number(office, is_held):
    number = identity_number(401)
    wish = Wish("id_number", number, "change")
    requests = [request_of(approved(office, wish, kinds=ID_KINDS)) for _ in range(2)]
    outcomes = at_once(
        *(applying(request, office.registrar) for request in requests),
        held=row(office.headquarters) if is_held else None,
    )

    assert sorted(outcomes) == ["NUMBER_TAKEN", "done"]
    holder = requests[outcomes.index("done")].record
    assert StudentRecord.objects.with_identity(digest_of_identity(number)).get() == holder
    assert_office_is_whole()


@pytest.mark.parametrize("is_held", [False, True])
def test_a_second_click_submits_nothing(office, is_held):
    case = ready(office)
    outcomes = at_once(*[submitting(case, office.clerk)] * 2, held=row(case) if is_held else None)

    assert sorted(outcomes) == ["NOTHING_TO_DO", "done"]
    assert [each.event for each in request_of(case).events.all()] == ["submit"]
    assert_office_is_whole()


@pytest.mark.parametrize("is_held", [False, True])
def test_a_case_that_is_handed_over_is_submitted_before_or_not_by_its_giver(office, is_held):
    case = ready(office)
    outcomes = at_once(
        submitting(case, office.clerk),
        giving(case, office.colleague, office.clerk),
        held=row(case) if is_held else None,
    )

    assert outcomes in (["done", "HANDS"], ["NOT_YOURS", "done"])
    case = Case.objects.get(pk=case.pk)
    giver, receiver = office.clerk.person, office.colleague.person
    assert case.handler == (giver if outcomes[0] == "done" else receiver)
    assert request_of(case).state == ("submitted" if outcomes[0] == "done" else "draft")
    assert_office_is_whole()


@pytest.mark.parametrize("is_held", [False, True])
def test_what_its_clerk_gave_away_meanwhile_stays_where_it_was_given(office, is_held):
    case = ready(office)
    outcomes = at_once(
        giving(case, office.colleague, office.clerk),
        late(giving_all(office.clerk.person, office.branch_clerk, office.head)),
        held=row(case) if is_held else None,
    )

    assert outcomes in (["done", "done"], ["NOT_YOURS", "done"])
    receiver = office.colleague if outcomes[0] == "done" else office.branch_clerk
    assert Case.objects.get(pk=case.pk).handler == receiver.person
    assert_office_is_whole()


@pytest.mark.parametrize("is_held", [False, True])
def test_a_draft_withdrawn_while_it_is_written_stays_withdrawn(office, is_held):
    case = drafted(office)
    request = request_of(case)
    outcomes = at_once(
        withdrawing(request, office.clerk),
        writing(case, [Wish("ethnicity", "满族", "change")], office.clerk),
        held=row(request) if is_held else None,
    )

    assert outcomes == ["done", "done"]
    assert CorrectionRequest.objects.get(pk=request.pk).state == "withdrawn"
    assert_office_is_whole()


@pytest.mark.parametrize("is_held", [False, True])
def test_a_draft_withdrawn_while_it_is_submitted_is_on_no_sheet(office, is_held):
    case = ready(office)
    request = request_of(case)
    outcomes = at_once(
        withdrawing(request, office.clerk),
        submitting(case, office.clerk),
        held=row(request) if is_held else None,
    )

    assert outcomes in (["done", "NOTHING_TO_DO"], ["done", "done"], ["STALE", "done"])
    stands = "submitted" if outcomes[0] == "STALE" else "withdrawn"
    assert CorrectionRequest.objects.get(pk=request.pk).state == stands
    assert request.sheet_lines.filter(removed_at=None).count() == (stands == "submitted")
    assert_office_is_whole()


@pytest.mark.parametrize("others", [[BIRTH, GENDER], [GENDER, BIRTH]])
def test_one_student_and_field_has_one_open_request(office, others):
    record = student(office.centre)
    cases = [begin_case(record, by=again(by)) for by in (office.clerk, office.colleague)]
    outcomes = at_once(
        slowly(writing(cases[0], [BIRTH, GENDER], office.clerk)),
        slowly(writing(cases[1], others, office.colleague)),
    )

    assert sorted(outcomes) == ["FIELD_TAKEN", "done"]
    assert not cases[outcomes.index("FIELD_TAKEN")].requests.exists()
    assert_office_is_whole()
