"""Taking requests back by the page of their case."""

import pytest
from builders.browsing import forms_of
from builders.office import (
    ETHNICITY,
    Wish,
    again,
    applied,
    drafted,
    filed,
    ready,
    request_of,
    submitted,
)
from builders.speech import in_chinese, said
from django.urls import reverse

from backoffice.corrections.models import CorrectionRequest
from backoffice.corrections.states import Event
from backoffice.workflow.deciding import decide
from backoffice.workflow.reversing import ask_reversal
from backoffice.workflow.signing import withdraw

pytestmark = pytest.mark.django_db
GENDER = Wish("gender", "女", "change")


@pytest.fixture
def clerk(client, office):
    """The clerk's browser."""
    client.force_login(office.clerk)
    return client


def address(case):
    return reverse("admin:corrections_case_withdraw", args=[case.pk])


def ticked(page):
    """Return the form of the page that asks which requests are meant."""
    return next(form for form in forms_of(page) if "request" in form.values)


def reversal(office):
    request = request_of(applied(office))
    return ask_reversal(request.pk, by=again(office.registrar), cause="录入有误")


def return_(request, office):
    decide(
        request.pk,
        Event.RETURN,
        by=again(office.reviewer),
        code="evidence-missing",
        opinion="缺页",
    )


def states(case):
    return list(case.requests.order_by("field").values_list("field", "state"))


@pytest.mark.parametrize("make", [drafted, submitted, filed])
def test_what_is_undecided_is_withdrawn_after_a_confirmation(clerk, office, make):
    case = make(office)

    asked = clerk.post(address(case))
    before = states(case)
    response = clerk.post(address(case), ticked(asked).filled(confirm="1"))

    assert (asked.status_code, response.status_code) == (200, 302)
    assert before != states(case) == [("ethnicity", "withdrawn")]


def test_only_what_is_ticked_is_withdrawn(clerk, office):
    case = drafted(office, ETHNICITY, GENDER)
    gender = request_of(case, "gender")

    clerk.post(address(case), {"request": f"{gender.pk}-{gender.version}", "confirm": "1"})

    assert states(case) == [("ethnicity", "draft"), ("gender", "withdrawn")]


def test_requests_of_another_case_cannot_be_slipped_in(clerk, office):
    case, other = drafted(office), drafted(office)
    slipped = request_of(other)

    clerk.post(address(case), {"request": f"{slipped.pk}-{slipped.version}", "confirm": "1"})

    assert states(other) == [("ethnicity", "draft")]


def test_a_request_that_moved_meanwhile_is_not_withdrawn_unseen(clerk, office):
    case = filed(office)
    asked = ticked(clerk.post(address(case))).filled(confirm="1")
    decide(
        request_of(case).pk,
        Event.RETURN,
        by=again(office.reviewer),
        code="evidence-missing",
        opinion="缺页",
    )

    response = clerk.post(address(case), asked)

    assert states(case) == [("ethnicity", "returned")]
    assert said(response) == [
        in_chinese("Somebody has changed this since you opened it. Look at it again.")
    ]


def test_withdrawing_twice_says_that_nothing_is_left(clerk, office):
    case = submitted(office)
    withdraw(request_of(case).pk, by=again(office.clerk))

    response = clerk.post(address(case), {"confirm": "1"})

    assert said(response) == [in_chinese("There is nothing left to do here.")]


def test_colleagues_are_told_whose_it_is_and_heads_are_refused(client, office):
    case = ready(office)
    client.force_login(office.colleague)
    told = client.post(address(case), {"confirm": "1"})
    client.force_login(office.head)

    assert office.clerk.person.name in said(told)[0]
    assert client.post(address(case)).status_code == 403
    assert states(case) == [("ethnicity", "draft")]


def test_a_returned_reversal_is_submitted_again(client, office):
    back = reversal(office)
    return_(back, office)
    client.force_login(office.registrar)

    client.post(reverse("admin:corrections_case_submit", args=[back.case_id]))

    assert states(back.case) == [("ethnicity", "filed")]


def test_what_waits_for_a_report_is_reported_by_whose_step_it_is(client, office):
    back = reversal(office)
    CorrectionRequest.objects.filter(pk=back.pk).update(state="submitted", step=0)
    address = reverse("admin:corrections_case_report", args=[back.case_id])
    client.force_login(office.reviewer)
    refused = client.post(address)
    client.force_login(office.registrar)
    offered = client.get(reverse("admin:corrections_case_change", args=[back.case_id]))

    client.post(address)

    assert refused.status_code == 403
    assert address in offered.content.decode()
    assert states(back.case) == [("ethnicity", "filed")]
