"""Finding a student, and beginning a case."""

import pytest
from builders.browsing import forms_of
from builders.office import account, drafted, student, submitted
from builders.speech import in_chinese, said
from django.urls import reverse

from backoffice.corrections.models import Case
from backoffice.policies.models import PolicyInForce

pytestmark = pytest.mark.django_db


@pytest.fixture
def clerk(client, office):
    """The clerk's browser."""
    client.force_login(office.clerk)
    return client


def begin():
    return reverse("admin:corrections_case_begin")


def found(browser, text):
    response = browser.post(begin(), {"text": text}, follow=True)
    return [record for record, _cases in response.context["found"]]


@pytest.mark.parametrize("what", ["number", "name", "id_number"])
def test_students_are_found_by_what_people_have_at_hand(clerk, office, what):
    record = student(office.centre, name="欧阳修远")
    student(office.centre, name="别人")

    assert found(clerk, getattr(record, what)) == [record]


def test_address_and_page_hold_no_whole_number(clerk, office):
    record = student(office.centre)

    response = clerk.post(begin(), {"text": record.id_number}, follow=True)

    ((address, _status),) = response.redirect_chain
    assert record.id_number not in address
    assert record.id_number not in response.content.decode()
    assert record.masked_id_number in response.content.decode()


def test_students_of_other_units_are_not_found(clerk, office):
    record = student(office.other_centre, name="远方")

    assert found(clerk, record.number) == found(clerk, record.id_number) == []
    assert found(clerk, "远方") == []


def test_more_students_than_fit_are_told_of(clerk, office):
    for _each in range(51):
        student(office.centre, name="李同名")

    response = clerk.post(begin(), {"text": "李同名"}, follow=True)

    assert (len(response.context["found"]), response.context["too_many"]) == (50, True)


def test_open_cases_of_a_student_are_named(clerk, office):
    case = drafted(office)

    response = clerk.post(begin(), {"text": case.record.number}, follow=True)

    assert [cases for _record, cases in response.context["found"]] == [[case]]


def test_choosing_a_student_begins_a_case_in_the_hands_of_the_clerk(clerk, office):
    record = student(office.centre)
    page = clerk.post(begin(), {"text": record.number}, follow=True)
    (form,) = [each for each in forms_of(page) if "record" in each.values]

    response = clerk.post(begin(), form.filled())

    case = Case.objects.get()
    assert response.url == reverse("admin:corrections_case_change", args=[case.pk])
    assert (case.record, case.unit, case.handler, case.kind) == (
        record,
        office.centre,
        office.clerk.person,
        "correction",
    )


def test_a_second_click_finds_the_same_case(clerk, office):
    record = student(office.centre)
    clerk.post(begin(), {"record": record.pk})

    response = clerk.post(begin(), {"record": record.pk})

    case = Case.objects.get()
    assert response.url == reverse("admin:corrections_case_change", args=[case.pk])


def test_a_student_whose_case_is_on_its_way_gets_another(clerk, office):
    case = submitted(office)

    clerk.post(begin(), {"record": case.record_id})

    assert Case.objects.count() == 2


def test_unit_kind_and_handler_cannot_be_forged(clerk, office):
    record = student(office.centre)
    forged = {
        "unit": office.other_centre.pk,
        "kind": "reversal",
        "handler": office.other_clerk.person_id,
    }

    clerk.post(begin(), {"record": record.pk} | forged)

    case = Case.objects.get()
    assert (case.unit, case.kind, case.handler) == (
        office.centre,
        "correction",
        office.clerk.person,
    )


def test_what_is_no_student_does_not_exist(clerk):
    for key in ("", "x", "0", "-1", "9" * 30, "１２"):
        assert clerk.post(begin(), {"record": key}).status_code == 404


def test_students_of_other_units_do_not_exist(clerk, office):
    record = student(office.other_centre)

    assert clerk.post(begin(), {"record": record.pk}).status_code == 404
    assert not Case.objects.exists()


@pytest.mark.parametrize("role", ["head", "reviewer", "registrar", "auditor", "administrator"])
def test_only_clerks_begin_cases(client, office, role):
    client.force_login(getattr(office, role))

    assert client.get(begin()).status_code == 403
    assert client.post(begin(), {"record": student(office.centre).pk}).status_code == 403


def test_no_policy_in_force_is_said_in_words(clerk, office):
    PolicyInForce.objects.all().delete()

    response = clerk.post(begin(), {"record": student(office.centre).pk})

    assert (response.status_code, said(response)) == (
        302,
        [in_chinese("No policy is in force for this unit. Ask headquarters' registrar.")],
    )


def test_students_that_the_policy_does_not_know_are_refused_in_words(clerk, office):
    record = student(office.centre, status="withdrawn")

    response = clerk.post(begin(), {"record": record.pk})

    assert response.status_code == 302
    assert record.get_status_display() in said(response)[0]
    assert not Case.objects.exists()


def test_a_name_with_markup_is_shown_as_text(clerk, office):
    student(office.centre, name="<script>alert(1)</script>")

    response = clerk.post(begin(), {"text": "<script>"}, follow=True)

    assert len(response.context["found"]) == 1
    assert "<script>alert" not in response.content.decode()


def test_branch_clerks_begin_for_the_centres_below(client, office):
    client.force_login(account("clerk", office.branch))
    record = student(office.centre)

    client.post(begin(), {"record": record.pk})

    assert Case.objects.get().unit == office.centre
