"""The queue as a workbook: taken out, decided, brought back in with the same rights."""

import pytest
from builders.desk_tables import bring_in, cells, counts, take_out, verdicts, workbook, write
from builders.office import NAME, NAME_KINDS, account, again, filed, request_of
from django.urls import reverse

from backoffice.corrections.models import CorrectionRequest, DecisionReason
from backoffice.corrections.states import Event
from backoffice.kept_findings import from_json
from backoffice.tables.models import StagedRow
from backoffice.workflow.deciding import decide, take_case

pytestmark = pytest.mark.django_db

QUEUE = "/office/review/take-out/"


@pytest.fixture
def desk(client, office):
    """Return the browser of the reviewer."""
    client.force_login(office.reviewer)
    return client


def queue(desk):
    """Return the queue as it goes out, by rows as lists."""
    return [list(row) for row in cells(take_out(desk, QUEUE))]


def decided(rows, *decisions):
    """Fill in decision, reason and opinion, row by row."""
    at = rows[0].index("审核结果")
    for row, told in zip(rows[1:], decisions, strict=True):
        row[at : at + 3] = [*told, *[""] * (3 - len(told))]
    return workbook(*rows)


def reason(verdict, *, opinion=False):
    return DecisionReason.objects.filter(verdict=verdict, opinion_needed=opinion).first()


def codes(table):
    rows = StagedRow.objects.filter(table=table)
    return [
        (each.code, each.params.get("fault")) for row in rows for each in from_json(row.findings)
    ]


def states():
    return list(CorrectionRequest.objects.order_by("pk").values_list("state", flat=True))


def test_each_decided_row_is_decided_and_an_empty_one_stays(desk, office):
    cases = [filed(office) for _ in range(4)]
    rejected = reason("reject", opinion=True) or reason("reject")
    content = decided(
        queue(desk), ("通过",), ("退回", str(reason("return")), "请重拍"), ("",),
        ("reject", rejected.code, "不符合规定"),
    )  # fmt: skip

    table = bring_in(desk, "decisions", office.headquarters, content)
    assert counts(table) == (0, 3, 1, 0)
    write(desk, table)

    assert states() == ["approved", "returned", "filed", "rejected"]
    event = request_of(cases[1]).events.last()
    assert (event.person, event.reason, event.opinion) == (
        office.reviewer.person, reason("return"), "请重拍"
    )  # fmt: skip
    again_in = bring_in(desk, "decisions", office.headquarters, content)
    assert counts(again_in) == (0, 0, 4, 0)


@pytest.mark.parametrize(
    ("told", "fault"),
    [
        (("也许",), "not-in-list"),
        (("退回",), "missing"),
        (("退回", "没有这种原因"), "not-in-list"),
        (("", "", "意见"), "reason-without-verdict"),
        (("驳回", "return"), "not-in-list"),
        (("驳回", "reject-opinion"), "opinion-needed"),
        (("通过", "", "长" * 1001), "text-too-long"),
    ],
)
def test_what_is_not_decided_properly_is_refused(desk, office, told, fault):
    filed(office)
    words = {
        "return": str(reason("return")),
        "reject-opinion": reason("reject", opinion=True) and reason("reject", opinion=True).code,
    }
    told = tuple(words.get(each, each) for each in told)

    table = bring_in(desk, "decisions", office.headquarters, decided(queue(desk), told))

    assert codes(table) == [("value-unknown", fault)]
    assert counts(table) == (0, 0, 0, 1)


def test_what_moved_on_since_is_refused(desk, office):
    case = filed(office)
    content = decided(queue(desk), ("通过",))
    why = reason("return").code
    decide(request_of(case).pk, Event.RETURN, by=again(office.other_reviewer), code=why)

    table = bring_in(desk, "decisions", office.headquarters, content)

    assert codes(table) == [("row-moved-on", None)]


def test_what_moves_on_before_it_is_confirmed_decides_nothing(desk, office):
    cases = [filed(office), filed(office)]
    table = bring_in(
        desk, "decisions", office.headquarters, decided(queue(desk), ("通过",), ("通过",))
    )
    why = reason("return").code
    decide(request_of(cases[1]).pk, Event.RETURN, by=again(office.other_reviewer), code=why)

    left = write(desk, table)

    assert states() == ["filed", "returned"]
    assert (left.state, counts(left)) == ("judged", (0, 1, 0, 1))


def test_a_case_that_somebody_else_has_is_not_in_the_queue_and_not_decided(desk, office):
    case = filed(office)
    content = decided(queue(desk), ("通过",))
    take_case(case.pk, by=again(office.other_reviewer))

    assert codes(bring_in(desk, "decisions", office.headquarters, content)) == [
        ("row-not-yours", None)
    ]
    assert b"table-upload" not in desk.get(QUEUE).content


def test_who_took_part_before_decides_nothing(client, office):
    both = account("reviewer", office.headquarters, person=office.head.person)
    case = filed(office)
    client.force_login(office.reviewer)
    content = decided(queue(client), ("通过",))
    client.force_login(again(both))

    table = bring_in(client, "decisions", office.headquarters, content)

    assert codes(table) == [("row-not-yours", None)]
    assert request_of(case).state == "filed"


def test_requests_of_others_are_not_told_from_ones_that_do_not_exist(client, office):
    filed(office)
    client.force_login(office.reviewer)
    rows = queue(client)
    elsewhere = account("reviewer", office.headquarters)
    elsewhere.person.memberships.get().assigned.add(office.other_branch)
    client.force_login(again(elsewhere))
    missing = [*rows[:1], ["R099999-1", *rows[1][1:]]]

    found = [
        codes(bring_in(client, "decisions", office.other_branch, decided(each, ("通过",))))
        for each in (rows, missing)
    ]

    assert found == [[("row-out-of-reach", None)]] * 2


@pytest.mark.parametrize("reference", ["", "R1", "1-1", "=R1-1", "R000001-5; DROP", "R-1-1"])
def test_a_reference_that_is_none_is_refused(desk, office, reference):
    filed(office)
    rows = queue(desk)
    rows[1][0] = reference

    table = bring_in(desk, "decisions", office.headquarters, decided(rows, ("通过",)))

    assert verdicts(table) == [(2, "refused")]


def test_one_request_twice_in_a_table_is_refused_twice(desk, office):
    filed(office)
    rows = queue(desk)

    content = decided([*rows, list(rows[1])], ("通过",), ("退回", str(reason("return"))))

    assert counts(bring_in(desk, "decisions", office.headquarters, content)) == (0, 0, 0, 2)


def test_numbers_go_out_masked_unless_whole_ones_are_asked_for(desk, office):
    case = filed(office, NAME, kinds=NAME_KINDS)
    record = case.record
    CorrectionRequest.objects.update(field="id_number", new=record.id_number)

    masked, whole = (
        cells(take_out(desk, QUEUE, **asked))[1] for asked in ({}, {"whole_numbers": "on"})
    )

    assert record.id_number not in masked
    assert record.id_number in whole


def test_the_queue_leads_there_and_clerks_have_no_such_way(desk, client, office):
    shown = desk.get(reverse("review:queue")).content.decode()
    assert QUEUE in shown
    assert reverse("tables:new", args=["decisions"]) in shown

    client.force_login(again(office.clerk))
    assert client.get(QUEUE).status_code == 403
    assert client.get(reverse("tables:new", args=["decisions"])).status_code == 404
