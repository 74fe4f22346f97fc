"""No open request is left where nobody can do anything, and what was decided on stays."""

from datetime import date

import pytest
from builders.office import (
    NAME,
    Wish,
    account,
    again,
    applied,
    approved,
    filed,
    identity_number,
    ready,
    request_of,
    student,
    submitted,
)
from django.core.files.base import ContentFile

from backoffice.audit.models import AuditEntry
from backoffice.corrections.models import Case
from backoffice.corrections.states import Event, State
from backoffice.evidence.refusals import EvidenceRefused
from backoffice.evidence.services import remove_evidence, replace_evidence
from backoffice.roll.models import StudentRecord
from backoffice.units.models import Unit
from backoffice.workflow.applying import apply_request, reopen
from backoffice.workflow.deciding import decide, release_case, take_case
from backoffice.workflow.handover import hand_over
from backoffice.workflow.intake import begin_case, write_requests
from backoffice.workflow.judging import as_on_record
from backoffice.workflow.refusals import Refusal, Refused
from backoffice.workflow.reversing import ask_reversal
from backoffice.workflow.submission import submit_case

pytestmark = pytest.mark.django_db

ID_KINDS = ("id_card", "id_number_change_certificate")
BOTH_KINDS = ("id_card", "household_register")


def refusal_of(service, *args, **details):
    with pytest.raises(Refused) as refused:
        service(*args, **details)
    return refused.value.refusal


def test_a_request_whose_number_is_taken_goes_back_to_its_clerk(office):
    number = identity_number(4001)
    case = approved(office, Wish("id_number", number, "change"), kinds=ID_KINDS)
    student(office.centre, id_number=number, name="李四")

    refused = refusal_of(apply_request, request_of(case).pk, by=again(office.registrar))
    assert refused is Refusal.NUMBER_TAKEN
    assert request_of(case).in_conflict
    reopen(request_of(case).pk, by=again(office.registrar))

    assert request_of(case).state == State.RETURNED


def test_the_other_holder_of_a_number_is_named_only_where_they_are_in_sight(office, settings):
    settings.OFFICE_APPLY_AT_ONCE = True
    number = identity_number(4002)
    case = filed(office, Wish("id_number", number, "change"), kinds=ID_KINDS)
    student(office.other_centre, id_number=number, name="李四")
    narrowed = account("reviewer", office.headquarters)
    narrowed.person.memberships.get().assigned.add(office.branch)

    with pytest.raises(Refused) as refused:
        decide(request_of(case).pk, Event.APPROVE, by=again(narrowed))

    assert "李四" not in refused.value.message


def test_evidence_stays_as_long_as_another_request_is_judged_by_it(office):
    case = filed(office, Wish("ethnicity", "回族", "change"), NAME, kinds=BOTH_KINDS)
    decide(
        request_of(case, "name").pk,
        Event.RETURN,
        by=again(office.reviewer),
        code="evidence-unreadable",
    )
    card = case.evidence.get(kind="id_card")

    with pytest.raises(EvidenceRefused):
        replace_evidence(card.pk, ContentFile(b"x", name="身份证.jpg"), by=again(office.clerk))
    decide(request_of(case, "ethnicity").pk, Event.APPROVE, by=again(office.reviewer))
    with pytest.raises(EvidenceRefused):
        remove_evidence(card.pk, by=again(office.clerk))

    assert case.evidence.current().filter(kind="id_card").count() == 1


def test_what_is_added_after_a_return_is_frozen_by_the_next_decision(office):
    case = filed(office, Wish("ethnicity", "回族", "change"), NAME, kinds=BOTH_KINDS)
    by = again(office.reviewer)
    decide(request_of(case, "name").pk, Event.RETURN, by=by, code="evidence-unreadable")
    case.evidence.update(frozen_at=None)

    decide(request_of(case, "ethnicity").pk, Event.APPROVE, by=again(office.reviewer))

    assert not case.evidence.filter(frozen_at=None).exists()


def test_who_took_part_does_not_take_the_case_from_those_who_may_decide(office):
    case = filed(office)
    both = account("reviewer", office.headquarters, person=office.clerk.person)

    assert refusal_of(take_case, case.pk, by=again(both)) is Refusal.FOUR_EYES
    take_case(case.pk, by=again(office.reviewer))


def test_a_branch_frees_no_case_of_a_reviewer(office):
    case = filed(office)
    take_case(case.pk, by=again(office.reviewer))

    assert refusal_of(release_case, case.pk, by=again(office.head)) is Refusal.TAKEN
    release_case(case.pk, by=again(office.registrar))

    assert Case.objects.get(pk=case.pk).taken_by is None


def test_a_returned_reversal_goes_to_another_registrar(office):
    back = ask_reversal(request_of(applied(office)).pk, by=again(office.registrar), cause="误批")
    decide(back.pk, Event.RETURN, by=again(office.reviewer), code="reason-wrong")
    other = account("registrar", office.headquarters)

    hand_over(back.case_id, again(other), by=again(office.registrar))
    submit_case(back.case_id, by=again(other))

    assert request_of(Case.objects.get(pk=back.case_id)).state == State.FILED


def test_nobody_types_a_reversal(office):
    record = student(office.centre)
    by = again(office.clerk)

    assert refusal_of(begin_case, record, by=by, kind="reversal") is Refusal.REVERSAL_ONLY
    back = ask_reversal(request_of(applied(office)).pk, by=again(office.registrar), cause="误批")
    decide(back.pk, Event.RETURN, by=again(office.reviewer), code="reason-wrong")
    Case.objects.filter(pk=back.case_id).update(handler=office.clerk.person)
    wish = [Wish("ethnicity", "猫", "change")]
    assert refusal_of(write_requests, back.case_id, wish, by=by) is Refusal.REVERSAL_ONLY


def test_what_was_taken_back_is_no_correction(office):
    case = applied(office)
    assert as_on_record(case.record).corrected == {"ethnicity"}

    back = ask_reversal(request_of(case).pk, by=again(office.registrar), cause="误批")
    decide(back.pk, Event.APPROVE, by=again(office.reviewer))
    apply_request(back.pk, by=again(office.registrar))

    assert as_on_record(case.record).corrected == frozenset()


def test_only_what_lies_with_its_clerk_is_handed_over(office):
    case = submitted(office)

    assert (
        refusal_of(hand_over, case.pk, again(office.colleague), by=again(office.clerk))
        is Refusal.HANDS
    )


def test_a_closed_unit_begins_no_case(office):
    record = student(office.centre)
    Unit.objects.filter(pk=office.centre.pk).update(closed_on=date(2020, 1, 1))
    record = StudentRecord.objects.get(pk=record.pk)

    assert refusal_of(begin_case, record, by=again(office.clerk)) is Refusal.UNIT_CLOSED


def test_saving_what_is_already_so_is_no_edit(office):
    case = ready(office)
    before = AuditEntry.objects.count()

    write_requests(case.pk, [Wish("ethnicity", "回族", "change")], by=again(office.clerk))
    assert AuditEntry.objects.count() == before
    write_requests(
        case.pk, [Wish("ethnicity", "回族", "change")], by=again(office.clerk), remark="急"
    )

    edits = AuditEntry.objects.filter(act="request-edit")
    assert [entry.ref for entry in edits] == [f"case:{case.pk}"]
