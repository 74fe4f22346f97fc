"""The whole life of a request, by the services alone."""

import pytest
from builders.office import again, applied, request_of

from backoffice.audit.verify import verify
from backoffice.corrections.models import RequestEvent
from backoffice.corrections.states import Event
from backoffice.workflow.applying import apply_request
from backoffice.workflow.deciding import decide
from backoffice.workflow.reversing import ask_reversal

pytestmark = pytest.mark.django_db


def test_a_request_walks_from_draft_to_record(office):
    case = applied(office)

    request = request_of(case)
    assert request.state == "applied"
    request.record.refresh_from_db()
    assert request.record.ethnicity == "回族"
    assert [(event.event, event.source, event.target) for event in RequestEvent.objects.all()] == [
        ("submit", "draft", "submitted"),
        ("sign-off", "submitted", "signed_off"),
        ("file", "signed_off", "filed"),
        ("approve", "filed", "approved"),
        ("apply", "approved", "applied"),
    ]
    assert list(verify()) == []


def test_a_mistaken_value_is_taken_back_by_a_request_of_its_own(office):
    case = applied(office)

    back = ask_reversal(request_of(case).pk, by=again(office.registrar), cause="录入有误")
    decide(back.pk, Event.APPROVE, by=again(office.reviewer))
    apply_request(back.pk, by=again(office.registrar))

    case.record.refresh_from_db()
    assert case.record.ethnicity == "汉族"
    assert [(each.old, each.new, each.cause) for each in case.record.changes.all()] == [
        ("回族", "汉族", "reversal"),
        ("汉族", "回族", "correction"),
    ]
