"""Taking of cases, and decisions field by field."""

import pytest
from builders.office import (
    ETHNICITY,
    NAME,
    NAME_KINDS,
    account,
    again,
    filed,
    join,
    request_of,
    signed,
    submitted,
)

from backoffice.audit.models import AuditEntry
from backoffice.corrections.models import Case, DecisionReason
from backoffice.corrections.states import Event
from backoffice.workflow.deciding import decide, release_case, take_case
from backoffice.workflow.refusals import Refusal, Refused
from backoffice.workflow.signing import withdraw

pytestmark = pytest.mark.django_db


def refused(refusal):
    return pytest.raises(Refused, match=f"^{refusal.name}$")


def two_fields(office):
    return filed(office, ETHNICITY, NAME, kinds=NAME_KINDS)


def taker(case):
    return Case.objects.get(pk=case.pk).taken_by


def test_a_case_is_taken_by_one_reviewer(office):
    case = filed(office)

    take_case(case.pk, by=again(office.reviewer))

    assert taker(case) == office.reviewer.person
    with refused(Refusal.TAKEN) as caught:
        take_case(case.pk, by=again(office.other_reviewer))
    assert caught.value.params == {"person": office.reviewer.person.name}
    with refused(Refusal.TAKEN):
        decide(request_of(case).pk, Event.APPROVE, by=again(office.other_reviewer))
    assert request_of(case).state == "filed"


def test_taking_twice_is_taking_once(office):
    case = filed(office)
    take_case(case.pk, by=again(office.reviewer))
    take_case(case.pk, by=again(office.reviewer))

    assert AuditEntry.objects.filter(act="case-take", ref=f"case:{case.pk}").count() == 1


def test_an_account_of_the_same_person_has_the_case_too(office):
    case = filed(office)
    second = account("reviewer", office.headquarters, person=office.reviewer.person)
    take_case(case.pk, by=again(office.reviewer))

    assert decide(request_of(case).pk, Event.APPROVE, by=again(second)).state == "approved"


@pytest.mark.parametrize(
    ("who", "refusal"),
    [
        ("clerk", Refusal.NOT_PERMITTED),
        ("head", Refusal.NOT_PERMITTED),
        ("registrar", Refusal.NOT_PERMITTED),
        ("auditor", Refusal.NOT_PERMITTED),
        ("administrator", Refusal.NOT_PERMITTED),
    ],
)
def test_only_reviewers_take_and_decide(office, who, refusal):
    case = filed(office)

    with refused(refusal):
        take_case(case.pk, by=getattr(office, who))
    with refused(refusal):
        decide(request_of(case).pk, Event.APPROVE, by=again(getattr(office, who)))


def test_a_reviewer_of_another_unit_takes_nothing_that_waits_for_others(office):
    case = filed(office)
    stranger = account("reviewer", office.branch)

    with refused(Refusal.NOT_YOUR_STEP):
        take_case(case.pk, by=stranger)
    assert taker(case) is None


def test_a_reviewer_with_assigned_units_decides_those_alone(office):
    membership = office.reviewer.person.memberships.get()
    membership.assigned.add(office.other_branch)
    case = filed(office)

    with refused(Refusal.NOT_PERMITTED):
        take_case(case.pk, by=again(office.reviewer))
    membership.assigned.add(office.branch)
    assert take_case(case.pk, by=again(office.reviewer)).taken_by == office.reviewer.person


def test_a_case_that_is_not_filed_is_not_taken(office):
    case = submitted(office)

    with refused(Refusal.NOTHING_TO_DO):
        take_case(case.pk, by=again(office.reviewer))


def test_a_case_is_put_back_by_who_took_it_or_by_who_hands_over(office):
    case = filed(office)
    take_case(case.pk, by=again(office.reviewer))

    with refused(Refusal.TAKEN):
        release_case(case.pk, by=again(office.other_reviewer))
    release_case(case.pk, by=again(office.reviewer))
    assert taker(case) is None
    take_case(case.pk, by=again(office.other_reviewer))
    release_case(case.pk, by=again(office.registrar))
    assert taker(case) is None
    assert release_case(case.pk, by=again(office.reviewer)).taken_by is None


def test_fields_are_decided_one_by_one_and_the_case_stays_on_the_desk_until_the_last(office):
    case = two_fields(office)

    decide(request_of(case, "ethnicity").pk, Event.APPROVE, by=again(office.reviewer))
    assert taker(case) == office.reviewer.person
    decide(
        request_of(case, "name").pk,
        Event.RETURN,
        by=again(office.reviewer),
        code="evidence-missing",
        opinion="缺曾用名页",
    )

    assert (request_of(case, "ethnicity").state, request_of(case, "name").state) == (
        "approved",
        "returned",
    )
    assert taker(case) is None
    event = request_of(case, "name").events.last()
    assert (event.reason.code, event.opinion) == ("evidence-missing", "缺曾用名页")


@pytest.mark.parametrize(
    ("verdict", "code", "opinion", "refusal"),
    [
        (Event.RETURN, "", "", Refusal.REASON_NEEDED),
        (Event.RETURN, "duplicate", "", Refusal.REASON_UNFIT),
        (Event.RETURN, "evidence-missing", " ", Refusal.OPINION_NEEDED),
        (Event.REJECT, "evidence-missing", "意见", Refusal.REASON_UNFIT),
        (Event.REJECT, "", "", Refusal.REASON_NEEDED),
    ],
)
def test_returning_and_rejecting_need_a_reason_that_fits(office, verdict, code, opinion, refusal):
    case = filed(office)

    with refused(refusal):
        decide(request_of(case).pk, verdict, by=again(office.reviewer), code=code, opinion=opinion)
    assert (request_of(case).state, taker(case)) == ("filed", None)


def test_a_reason_out_of_use_is_taken_no_longer(office):
    DecisionReason.objects.filter(code="duplicate").update(in_use=False)
    case = filed(office)

    with refused(Refusal.REASON_UNFIT):
        decide(request_of(case).pk, Event.REJECT, by=again(office.reviewer), code="duplicate")


def test_only_verdicts_decide(office):
    case = filed(office)

    with pytest.raises(ValueError, match="withdraw"):
        decide(request_of(case).pk, Event.WITHDRAW, by=again(office.reviewer))


def test_what_is_decided_is_not_decided_again(office):
    case = filed(office)
    request = request_of(case)
    decide(request.pk, Event.REJECT, by=again(office.reviewer), code="duplicate")

    with refused(Refusal.STALE):
        decide(request.pk, Event.APPROVE, by=again(office.other_reviewer), version=request.version)
    with refused(Refusal.WRONG_STATE):
        decide(request.pk, Event.APPROVE, by=again(office.other_reviewer))
    assert request_of(case).state == "rejected"


def test_what_was_withdrawn_meanwhile_is_not_approved(office):
    case = filed(office)
    request = request_of(case)
    withdraw(request.pk, by=again(office.clerk))

    with refused(Refusal.STALE):
        decide(request.pk, Event.APPROVE, by=again(office.reviewer), version=request.version)


def test_what_is_not_filed_yet_is_not_decided(office):
    request = signed(office).frozen_lines.get().request

    with refused(Refusal.WRONG_STATE):
        decide(request.pk, Event.APPROVE, by=again(office.reviewer))


@pytest.mark.parametrize("part", ["clerk", "head"], ids=["who submitted it", "who signed it"])
def test_who_took_part_decides_nothing_with_a_second_account_neither(office, part):
    case = filed(office)
    person = getattr(office, part).person
    second = account("reviewer", office.headquarters, person=person)
    join(person, "reviewer", office.headquarters)

    for who in (again(getattr(office, part)), again(second)):
        with refused(Refusal.FOUR_EYES):
            decide(request_of(case).pk, Event.APPROVE, by=who)
    assert request_of(case).state == "filed"


def test_by_setting_the_last_approval_writes_the_value_at_once(office, settings):
    settings.OFFICE_APPLY_AT_ONCE = True
    case = filed(office)

    request = decide(request_of(case).pk, Event.APPROVE, by=again(office.reviewer))

    case.record.refresh_from_db()
    assert (request.state, case.record.ethnicity) == ("applied", "回族")
    assert [each.event for each in request.events.all()][-2:] == ["approve", "apply"]


def test_by_setting_a_conflict_leaves_it_approved(office, settings):
    settings.OFFICE_APPLY_AT_ONCE = True
    case = filed(office)
    case.record.ethnicity = "满族"
    case.record.save()

    request = decide(request_of(case).pk, Event.APPROVE, by=again(office.reviewer))

    case.record.refresh_from_db()
    assert (request.state, request.in_conflict) == ("approved", True)
    assert case.record.ethnicity == "满族"
