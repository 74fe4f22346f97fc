"""How far a case has come, step by step."""

import pytest
from builders.office import (
    ETHNICITY,
    NAME,
    NAME_KINDS,
    Wish,
    again,
    applied,
    approved,
    closed,
    drafted,
    filed,
    ready,
    request_of,
    signed,
    submitted,
)

from backoffice.corrections.models import Case
from backoffice.corrections.states import Event
from backoffice.desk.cases.progress import strips
from backoffice.workflow.deciding import decide
from backoffice.workflow.signing import withdraw

pytestmark = pytest.mark.django_db
LATE = Wish("ethnicity", "回族", "entry_error")


def places(case):
    return [[str(stage.place) for stage in strip.stages] for strip in strips_of(case)]


def strips_of(case):
    case = Case.objects.get(pk=case.pk)
    return strips(case, list(case.requests.all()))


def case_of(revision):
    return revision.frozen_lines.get().request.case


@pytest.mark.parametrize(
    ("make", "done"),
    [
        pytest.param(drafted, 0, id="draft"),
        pytest.param(submitted, 1, id="submitted"),
        pytest.param(lambda office: case_of(closed(office)), 1, id="sheet closed"),
        pytest.param(lambda office: case_of(signed(office)), 2, id="signed"),
        pytest.param(filed, 3, id="filed"),
        pytest.param(approved, 4, id="approved"),
        pytest.param(applied, 5, id="applied"),
    ],
)
def test_one_step_stands_those_before_are_done(office, make, done):
    assert places(make(office)) == [["done"] * done + ["now"] + ["next"] * (5 - done)]


def test_each_step_done_tells_who_and_when(office):
    (strip,) = strips_of(filed(office))

    assert [stage.person for stage in strip.stages] == [
        office.clerk.person.name,
        office.head.person.name,
        office.branch_clerk.person.name,
        "",
        "",
        "",
    ]
    assert [bool(stage.at) for stage in strip.stages] == [True] * 3 + [False] * 3


def test_steps_to_come_tell_unit_and_role(office):
    (strip,) = strips_of(drafted(office))

    assert [stage.who for stage in strip.stages][1::2] == [
        f"{office.branch.name} 学籍主管",
        f"{office.headquarters.name} 审核员",
        "",
    ]


def test_exceptional_requests_have_the_president_on_their_way(office):
    case = submitted(office, LATE, kinds=("id_card", "enrolment_form"), cause="录入时看错")

    (strip,) = strips_of(case)

    assert len(strip.stages) == 7
    assert strip.stages[2].who == f"{office.branch.name} 主管校长"


def test_rejection_and_withdrawal_end_the_way_where_it_was(office):
    rejected = filed(office)
    decide(
        request_of(rejected).pk,
        Event.REJECT,
        by=again(office.reviewer),
        code="not-in-scope",
        opinion="不符合规定",
    )
    taken_back = ready(office)
    withdraw(request_of(taken_back).pk, by=again(office.clerk))

    assert places(rejected) == [["done"] * 3 + ["stopped"] + ["next"] * 2]
    assert places(taken_back) == [["stopped"] + ["next"] * 5]


def test_a_returned_request_begins_anew(office):
    case = filed(office)
    decide(
        request_of(case).pk,
        Event.RETURN,
        by=again(office.reviewer),
        code="evidence-missing",
        opinion="缺页",
    )

    assert places(case) == [["now"] + ["next"] * 5]


def test_fields_that_have_come_equally_far_share_a_strip(office):
    case = submitted(office, ETHNICITY, NAME, kinds=NAME_KINDS)
    withdraw(request_of(case, "name").pk, by=again(office.clerk))

    assert sorted(strip.fields for strip in strips_of(case)) == [("姓名",), ("民族",)]
    (together,) = strips_of(drafted(office, ETHNICITY, NAME))
    assert sorted(together.fields) == ["姓名", "民族"]
