"""Queues of reviewers."""

import pytest
from builders.office import (
    account,
    again,
    filed,
    request_of,
    signed,
    student,
    submitted,
)

from backoffice.corrections.models import CorrectionRequest
from backoffice.evidence.models import EvidenceReuse
from backoffice.workflow.deciding import take_case
from backoffice.workflow.intake import Wish

pytestmark = pytest.mark.django_db

LATE_KINDS = ("id_card", "enrolment_form", "report")


def rows(answer):
    return [row.case.pk for row in answer.context["rows"]]


def test_the_queue_has_what_is_filed_the_longest_waiting_first(office, at, url):
    late, early = filed(office), filed(office)
    signed(office)
    CorrectionRequest.objects.filter(case=early).update(state_since="2020-01-01T00:00Z")

    assert rows(at("reviewer").get(url("queue"))) == [early.pk, late.pk]


def test_cases_are_on_my_desk_free_or_with_others(office, at, url):
    mine, free, others = filed(office), filed(office), filed(office)
    take_case(mine.pk, by=again(office.reviewer))
    take_case(others.pk, by=again(office.other_reviewer))
    client = at("reviewer")

    found = {
        show: rows(client.get(url("queue"), {"show": show})) for show in ("mine", "free", "others")
    }
    assert found == {"mine": [mine.pk], "free": [free.pk], "others": [others.pk]}
    assert rows(client.get(url("queue"))) == [mine.pk]
    assert rows(client.get(url("queue"), {"show": "nonsense", "p": "x"})) == [mine.pk]


def test_who_holds_no_step_of_a_case_has_it_not_in_the_queue(office, at, url):
    filed(office)

    assert rows(at(account("reviewer", office.branch)).get(url("queue"))) == []


def test_units_that_are_not_assigned_are_in_no_queue(office, at, url):
    filed(office)
    office.reviewer.person.memberships.get().assigned.add(office.other_branch)

    assert rows(at(again(office.reviewer)).get(url("queue"))) == []


def test_exceptional_cases_and_pictures_used_elsewhere_are_marked(office, at, url):
    plain = filed(office)
    marked = filed(
        office, Wish("ethnicity", "回族", "entry_error"), kinds=LATE_KINDS, cause="录入有误"
    )
    EvidenceReuse.objects.create(
        file=marked.evidence.first(), other=plain.evidence.first(), how="same-bytes"
    )

    answer = at("reviewer").get(url("queue"))

    marks = {row.case.pk: (row.exceptional, row.reused) for row in answer.context["rows"]}
    assert marks == {plain.pk: (False, False), marked.pk: (True, True)}


@pytest.mark.parametrize("who", ["clerk", "head", "registrar", "auditor", "administrator"])
def test_only_reviewers_have_a_queue(office, at, url, who):
    assert at(who).get(url("queue")).status_code == 403


def test_a_longer_queue_asks_the_database_no_more_often(
    office, at, url, django_assert_max_num_queries
):
    client, counts = at("reviewer"), []
    for _ in range(2):
        filed(office, record=student(office.centre))
        with django_assert_max_num_queries(40) as queries:
            client.get(url("queue"))
        counts.append(len(queries))

    assert counts[0] == counts[1]


def test_names_are_escaped(office, at, url):
    filed(office, record=student(office.centre, name="<img src=x>"))

    page = at("reviewer").get(url("queue")).content.decode()

    assert "<img src=x>" not in page
    assert "&lt;img src=x&gt;" in page


def test_a_case_that_is_only_submitted_is_in_no_queue(office, at, url):
    assert request_of(submitted(office)).state == "submitted"
    assert rows(at("reviewer").get(url("queue"))) == []
