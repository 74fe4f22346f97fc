"""Decisions posted from the panel of a case."""

import pytest
from builders.office import (
    ETHNICITY,
    NAME,
    NAME_KINDS,
    account,
    again,
    approved,
    filed,
    join,
    request_of,
)
from django.urls import reverse

from backoffice.corrections.models import Case
from backoffice.corrections.states import Event
from backoffice.workflow.deciding import decide, take_case
from backoffice.workflow.signing import withdraw

pytestmark = pytest.mark.django_db


def page_of(case):
    return reverse("admin:corrections_case_change", args=[case.pk])


def form(request, verdict="approve", **changes):
    return {"verdict": verdict, "code": "", "opinion": "", "version": request.version} | changes


def taker(case):
    return Case.objects.get(pk=case.pk).taken_by


def text(response):
    return response.content.decode()


def test_the_panel_stands_on_the_page_of_the_reviewer_alone(office, at, url):
    case = filed(office)
    decision = url("decide", request_of(case).pk)

    assert decision in text(at("reviewer").get(page_of(case)))
    for who in ("clerk", "head", "auditor", "registrar"):
        assert decision not in text(at(who).get(page_of(case)))


def test_a_case_is_taken_and_put_back(office, at, url):
    case = filed(office)
    client = at("reviewer")

    assert client.post(url("take", case.pk)).status_code == 302
    assert taker(case) == office.reviewer.person
    assert client.post(url("release", case.pk)).status_code == 302
    assert taker(case) is None


def test_who_comes_second_is_told_who_took_it(office, at, url):
    case = filed(office)
    take_case(case.pk, by=again(office.other_reviewer))
    client = at("reviewer")

    for answer in (
        client.post(url("take", case.pk)),
        client.post(url("release", case.pk)),
        client.post(url("decide", request_of(case).pk), form(request_of(case))),
    ):
        assert answer.status_code == 409
        assert office.other_reviewer.person.name in text(answer)
    assert url("decide", request_of(case).pk) not in text(client.get(page_of(case)))


def test_a_request_is_approved(office, at, url):
    case = filed(office)

    answer = at("reviewer").post(url("decide", request_of(case).pk), form(request_of(case)))

    assert (answer.status_code, answer.url) == (302, page_of(case))
    assert request_of(case).state == "approved"


@pytest.mark.parametrize(
    ("verdict", "code", "state"),
    [("return", "evidence-wrong", "returned"), ("reject", "duplicate", "rejected")],
)
def test_a_request_is_returned_or_rejected_with_a_reason(office, at, url, verdict, code, state):
    case = filed(office)
    request = request_of(case)

    at("reviewer").post(
        url("decide", request.pk), form(request, verdict, code=code, opinion=" 请核对 ")
    )

    event = request_of(case).events.last()
    assert request_of(case).state == state
    assert (event.reason.code, event.opinion) == (code, "请核对")


@pytest.mark.parametrize(
    ("changes", "part"),
    [
        ({"verdict": ""}, "verdict"),
        ({"verdict": "withdraw"}, "verdict"),
        ({"verdict": "return"}, "code"),
        ({"verdict": "return", "code": "duplicate"}, "code"),
        ({"verdict": "return", "code": "evidence-missing"}, "opinion"),
        ({"opinion": "字" * 1001}, "opinion"),
    ],
    ids=["none", "no verdict", "no reason", "a reason of another", "no opinion", "long opinion"],
)
def test_what_is_wrong_is_said_and_what_was_typed_is_kept(office, at, url, changes, part):
    case = filed(office)
    request = request_of(case)
    typed = form(request, **{"opinion": "<b>意见</b>" if part != "opinion" else ""} | changes)

    answer = at("reviewer").post(url("decide", request.pk), typed)

    row = answer.context["panel"].rows[0]
    assert (answer.status_code, row.typed.part) == (400, part)
    assert (row.typed.verdict, row.typed.code) == (typed["verdict"], typed["code"])
    assert row.typed.opinion == typed["opinion"]
    assert "<b>意见" not in text(answer)
    assert request_of(case).state == "filed"


@pytest.mark.parametrize("version", ["", "x", "１", "999999999999"])
def test_a_form_without_its_version_decides_nothing(office, at, url, version):
    case = filed(office)

    answer = at("reviewer").post(
        url("decide", request_of(case).pk), form(request_of(case), version=version)
    )

    assert (answer.status_code, request_of(case).state) == (409, "filed")


def test_who_decides_second_sees_what_the_first_did_and_keeps_the_opinion(office, at, url):
    case = filed(office)
    request = request_of(case)
    decide(request.pk, Event.REJECT, by=again(office.other_reviewer), code="duplicate")

    answer = at("reviewer").post(
        url("decide", request.pk),
        form(request, "return", code="evidence-wrong", opinion="我的意见"),
    )

    page = text(answer)
    assert answer.status_code == 409
    assert office.other_reviewer.person.name in page
    assert "重复申请" in page
    assert "我的意见" in page
    assert [event.event for event, _opinion in answer.context["events"]] == ["reject"]
    assert request_of(case).state == "rejected"


def test_what_was_withdrawn_meanwhile_is_told_so(office, at, url):
    case = filed(office)
    request = request_of(case)
    withdraw(request.pk, by=again(office.clerk))

    answer = at("reviewer").post(url("decide", request.pk), form(request))

    assert answer.status_code == 409
    assert answer.context["now"].state == "withdrawn"


def test_four_eyes_are_explained(office, at, url):
    case = filed(office)
    join(office.clerk.person, "reviewer", office.headquarters)
    second = account("reviewer", office.headquarters, person=office.clerk.person)

    answer = at(second).post(url("decide", request_of(case).pk), form(request_of(case)))

    assert answer.status_code == 400
    assert answer.context["panel"].rows[0].typed.fault
    assert request_of(case).state == "filed"


def test_all_fields_are_approved_at_once_each_for_itself(office, at, url):
    case = filed(office, ETHNICITY, NAME, kinds=NAME_KINDS)
    shown = [f"{each.pk}-{each.version}" for each in case.requests.all()]
    decide(
        request_of(case, "name").pk,
        Event.RETURN,
        by=again(office.reviewer),
        code="evidence-wrong",
    )

    at("reviewer").post(url("approve_all", case.pk), {"request": shown})

    assert request_of(case, "ethnicity").state == "approved"
    assert request_of(case, "name").state == "returned"


@pytest.mark.parametrize("pairs", [[], ["x"], ["1"], ["a-b"], ["99999-1"]])
def test_approving_all_of_nothing_approves_nothing(office, at, url, pairs):
    case = filed(office)

    answer = at("reviewer").post(url("approve_all", case.pk), {"request": pairs})

    assert (answer.status_code, request_of(case).state) == (302, "filed")


def test_after_a_decision_the_next_case_is_offered(office, at, url):
    first, second = filed(office), filed(office)
    client = at("reviewer")

    client.post(url("decide", request_of(first).pk), form(request_of(first)))

    assert client.get(page_of(first)).context["panel"].next_case == second


def test_the_next_case_is_taken_from_the_queue(office, at, url):
    first = filed(office)
    second = filed(office)
    take_case(first.pk, by=again(office.other_reviewer))

    answer = at("reviewer").post(url("next"))

    assert answer.url == page_of(second)
    assert taker(second) == office.reviewer.person


def test_an_empty_queue_is_said(office, at, url):
    answer = at("reviewer").post(url("next"), follow=True)

    assert [message.level_tag for message in answer.context["messages"]] == ["info"]


ACTS = ("take", "release", "approve_all")
REQUEST_ACTS = ("decide", "apply_one", "reopen", "reverse")


def test_what_changes_something_is_posted(office, at, url):
    case = filed(office)
    client = at("reviewer")
    places = [url(name, case.pk) for name in ACTS]
    places += [url(name, request_of(case).pk) for name in REQUEST_ACTS]
    places += [url("next"), url("apply_many")]

    assert {client.get(place).status_code for place in places} == {405}


def test_another_units_case_does_not_exist(office, at, url):
    case = approved(office)
    client = at(account("reviewer", office.other_branch))
    places = [url(name, case.pk) for name in ACTS]
    places += [url(name, request_of(case).pk) for name in REQUEST_ACTS]

    assert {client.post(place, {"confirm": "yes"}).status_code for place in places} == {404}
    assert request_of(case).state == "approved"


@pytest.mark.parametrize("who", ["clerk", "head", "auditor"])
def test_who_sees_a_case_and_does_not_decide_is_refused(office, at, url, who):
    case = filed(office)
    client = at(who)
    places = [url(name, case.pk) for name in ACTS if who != "head" or name != "release"]
    places += [url(name, request_of(case).pk) for name in REQUEST_ACTS]

    assert {client.post(place, {"confirm": "yes"}).status_code for place in places} == {403}
    assert request_of(case).state == "filed"


def test_an_administrator_sees_nothing_of_it(office, at, url):
    case = filed(office)
    client = at("administrator")

    assert client.post(url("take", case.pk)).status_code == 404
    assert client.get(url("queue")).status_code == 403
