"""Taking back of what was applied by mistake."""

from datetime import date

import pytest
from builders.office import (
    NAME,
    NAME_KINDS,
    account,
    again,
    applied,
    approved,
    identity_number,
    join,
    request_of,
)

from backoffice.corrections.states import Event
from backoffice.roll.models import StudentRecord
from backoffice.workflow.applying import apply_request
from backoffice.workflow.deciding import decide
from backoffice.workflow.intake import Wish
from backoffice.workflow.refusals import Refusal, Refused
from backoffice.workflow.reversing import ask_reversal

pytestmark = pytest.mark.django_db

CAUSE = "审批有误，应予撤销。"
ID_KINDS = ("id_card", "id_number_change_certificate")


def refused(refusal):
    return pytest.raises(Refused, match=f"^{refusal.name}$")


def ask(office, case, **changes):
    return ask_reversal(
        request_of(case).pk, **{"by": again(office.registrar), "cause": CAUSE} | changes
    )


def take_back(office, case):
    back = ask(office, case)
    decide(back.pk, Event.APPROVE, by=again(office.reviewer))
    return apply_request(back.pk, by=again(office.registrar))


def test_a_reversal_is_a_request_of_its_own_that_waits_for_a_decision(office):
    case = applied(office)

    back = ask(office, case)

    assert (back.state, back.reverses) == ("filed", request_of(case))
    assert (back.old, back.new) == ("回族", "汉族")
    assert back.case.cause == CAUSE
    assert [each.event for each in back.events.all()] == ["submit", "report"]
    assert StudentRecord.objects.get(pk=case.record_id).ethnicity == "回族"


def test_a_name_taken_back_is_no_former_name(office):
    case = applied(office, NAME, kinds=NAME_KINDS)

    take_back(office, case)

    record = StudentRecord.objects.get(pk=case.record_id)
    assert (record.name, record.former_names.count()) == ("张三", 0)


def test_a_number_taken_back_takes_the_birth_date_along(office):
    wish = Wish("id_number", identity_number(950, born="19950102"), "change")
    case = applied(office, wish, kinds=ID_KINDS)

    take_back(office, case)

    record = StudentRecord.objects.get(pk=case.record_id)
    assert (record.id_number, record.birth_date) == (request_of(case).old, date(1994, 8, 23))


def test_who_asked_does_not_decide_with_a_second_account_neither(office):
    second = account("reviewer", office.headquarters, person=office.registrar.person)
    join(office.registrar.person, "reviewer", office.headquarters)
    back = ask(office, applied(office))

    for who in (again(office.registrar), again(second)):
        with refused(Refusal.FOUR_EYES):
            decide(back.pk, Event.APPROVE, by=who)


@pytest.mark.parametrize("cause", ["", "  \n"])
def test_a_reversal_needs_a_cause(office, cause):
    case = applied(office)

    with refused(Refusal.CAUSE_NEEDED):
        ask(office, case, cause=cause)
    assert request_of(case).reversals.count() == 0


def test_only_what_is_applied_is_taken_back(office):
    case = approved(office)

    with refused(Refusal.NOT_APPLIED):
        ask(office, case)


@pytest.mark.parametrize("who", ["clerk", "head", "reviewer", "auditor"])
def test_only_the_registrar_asks(office, who):
    case = applied(office)

    with refused(Refusal.NOT_PERMITTED):
        ask(office, case, by=again(getattr(office, who)))


def test_a_second_reversal_waits_for_the_first(office):
    case = applied(office)
    ask(office, case)

    with refused(Refusal.FIELD_TAKEN) as caught:
        ask(office, case)
    assert "民族" in caught.value.message
    assert "Words" not in caught.value.message


def test_after_a_rejected_reversal_another_may_be_asked_for(office):
    case = applied(office)
    back = ask(office, case)
    decide(back.pk, Event.REJECT, by=again(office.reviewer), code="not-in-scope")

    assert ask(office, case).state == "filed"


def test_what_was_taken_back_is_not_taken_back_again(office):
    case = applied(office)
    take_back(office, case)
    StudentRecord.objects.filter(pk=case.record_id).update(ethnicity="回族")

    with refused(Refusal.NOT_STANDING):
        ask(office, case)


def test_a_reversal_is_not_reversed(office):
    back = take_back(office, applied(office))

    with refused(Refusal.NOT_APPLIED):
        ask_reversal(back.pk, by=again(office.registrar), cause=CAUSE)


def test_a_value_that_stands_no_longer_is_not_taken_back(office):
    case = applied(office)
    StudentRecord.objects.filter(pk=case.record_id).update(ethnicity="满族")

    with refused(Refusal.NOT_STANDING):
        ask(office, case)
    assert request_of(case).reversals.count() == 0
