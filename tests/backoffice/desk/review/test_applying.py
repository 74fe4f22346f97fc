"""Applying, reopening and reversing by HTTP."""

import pytest
from builders.office import again, applied, approved, filed, identity_number, request_of, student

from backoffice.corrections.models import CorrectionRequest
from backoffice.corrections.states import Event
from backoffice.roll.models import StudentRecord
from backoffice.workflow.applying import apply_request
from backoffice.workflow.deciding import decide
from backoffice.workflow.intake import Wish

pytestmark = pytest.mark.django_db

ID_KINDS = ("id_card", "id_number_change_certificate")


def sure(request, **changes):
    return {"confirm": "yes", "version": request.version} | changes


def text(response):
    return response.content.decode()


def in_conflict(office):
    case = approved(office)
    StudentRecord.objects.filter(pk=case.record_id).update(ethnicity="满族")
    apply_request(request_of(case).pk, by=again(office.registrar))
    return case


def test_a_value_is_written_after_a_confirmation_in_words(office, at, url):
    case = approved(office)
    request, client = request_of(case), at("registrar")

    asked = client.post(url("apply_one", request.pk))
    assert (asked.status_code, request_of(case).state) == (200, "approved")
    assert "张三" in text(asked)
    assert f'name="version" value="{request.version}"' in text(asked)

    assert client.post(url("apply_one", request.pk), sure(request)).status_code == 302
    assert request_of(case).state == "applied"
    assert StudentRecord.objects.get(pk=case.record_id).ethnicity == "回族"
    assert client.post(url("apply_one", request.pk), sure(request)).status_code == 409


def test_a_conflict_shows_what_the_record_says(office, at, url):
    case = in_conflict(office)
    client = at("registrar")

    listed = text(client.get(url("apply"), {"show": "conflict"}))
    assert all(word in listed for word in ("汉族", "回族", "满族"))
    asked = client.post(url("reopen", request_of(case).pk))
    assert "满族" in text(asked)

    client.post(url("reopen", request_of(case).pk), sure(request_of(case), opinion="请重报"))
    assert request_of(case).state == "returned"
    assert request_of(case).events.last().opinion == "请重报"


def test_a_number_that_another_record_holds_is_refused_and_both_are_named(office, at, url):
    number = identity_number(980)
    case = approved(office, Wish("id_number", number, "change"), kinds=ID_KINDS)
    other = student(office.other_centre, name="李四", id_number=number)

    answer = at("registrar").post(url("apply_one", request_of(case).pk), sure(request_of(case)))

    assert answer.status_code == 200
    assert other.number in text(answer)
    assert number not in text(answer)
    assert request_of(case).state == "approved"


def test_many_are_applied_with_an_outcome_each(office, at, url):
    good, moved, gone = approved(office), approved(office), approved(office)
    StudentRecord.objects.filter(pk=moved.record_id).update(ethnicity="满族")
    chosen = [f"{each.pk}-{each.version}" for each in CorrectionRequest.objects.order_by("pk")]
    client = at("registrar")

    asked = client.post(url("apply_many"), {"request": chosen})
    assert len(asked.context["rows"]) == 3
    assert {each.state for each in CorrectionRequest.objects.all()} == {"approved"}

    apply_request(request_of(gone).pk, by=again(office.registrar))
    done = client.post(url("apply_many"), {"request": chosen, "confirm": "yes"})
    assert [each.kind for each in done.context["outcomes"]] == ["done", "conflict"]
    assert (done.context["done"], done.context["gone"]) == (1, 1)
    assert (request_of(good).state, request_of(moved).in_conflict) == ("applied", True)


def test_one_that_changed_meanwhile_stops_none_of_the_others(office, at, url):
    stale, good = approved(office), approved(office)
    chosen = [f"{request_of(stale).pk}-0", f"{request_of(good).pk}-{request_of(good).version}"]

    done = at("registrar").post(url("apply_many"), {"request": chosen, "confirm": "yes"})

    assert [each.kind for each in done.context["outcomes"]] == ["refused", "done"]
    assert (request_of(stale).state, request_of(good).state) == ("approved", "applied")


@pytest.mark.parametrize("chosen", [[], ["x"], ["1-"], ["-1"], ["１-1"]])
def test_choosing_nothing_does_nothing(office, at, url, chosen):
    answer = at("registrar").post(url("apply_many"), {"request": chosen, "confirm": "yes"})

    assert (answer.status_code, answer.url) == (302, url("apply"))


def test_more_than_200_at_once_are_refused(office, at, url):
    chosen = [f"{pk}-1" for pk in range(1, 202)]

    answer = at("registrar").post(url("apply_many"), {"request": chosen}, follow=True)

    assert [message.level_tag for message in answer.context["messages"]] == ["error"]


def test_a_reversal_is_asked_for_with_its_cause(office, at, url):
    case = applied(office)
    request, client = request_of(case), at("registrar")

    assert client.post(url("reverse", request.pk)).status_code == 200
    empty = client.post(url("reverse", request.pk), sure(request, opinion="  "))
    assert empty.status_code == 400
    assert request.reversals.count() == 0

    done = client.post(url("reverse", request.pk), sure(request, opinion="审批有误"))
    back = request.reversals.get()
    assert done.status_code == 302
    assert (back.state, back.case.cause) == ("filed", "审批有误")
    again_asked = client.post(url("reverse", request.pk), sure(request, opinion="再次"))
    assert (again_asked.status_code, request.reversals.count()) == (200, 1)


def test_who_asked_for_a_reversal_may_apply_it_and_not_decide_it(office, at, url):
    case = applied(office)
    request = request_of(case)
    client = at("registrar")
    client.post(url("reverse", request.pk), sure(request, opinion="审批有误"))
    back = request.reversals.get()
    decide(back.pk, Event.APPROVE, by=again(office.reviewer))
    back.refresh_from_db()

    client.post(url("apply_one", back.pk), sure(back))

    assert StudentRecord.objects.get(pk=case.record_id).ethnicity == "汉族"


@pytest.mark.parametrize("who", ["reviewer", "clerk", "head", "auditor"])
def test_only_the_registrar_applies_and_reverses(office, at, url, who):
    case = approved(office)
    client = at(who)
    places = [url(name, request_of(case).pk) for name in ("apply_one", "reopen", "reverse")]

    assert {client.post(place, sure(request_of(case))).status_code for place in places} == {403}
    assert client.post(url("apply_many"), {"request": ["1-1"]}).status_code == 403
    assert client.get(url("apply")).status_code == 403


def test_numbers_in_the_list_are_masked(office, at, url):
    number = identity_number(981)
    case = approved(office, Wish("id_number", number, "change"), kinds=ID_KINDS)

    page = text(at("registrar").get(url("apply")))

    assert request_of(case).case.reference in page
    assert number not in page
    assert request_of(case).old not in page


def test_what_is_not_approved_is_not_in_the_list(office, at, url):
    filed(office)

    assert at("registrar").get(url("apply")).context["rows"] == []
