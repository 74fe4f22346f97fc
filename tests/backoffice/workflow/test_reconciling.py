"""Reconciling with an outside register's list."""

import json
from datetime import date
from io import BytesIO

import pytest
from builders.office import (
    NAME,
    NAME_KINDS,
    again,
    applied,
    approved,
    identity_number,
    join,
    request_of,
    student,
)
from django.db import connection
from django.test.utils import CaptureQueriesContext
from openpyxl import Workbook

from backoffice.audit.models import AuditEntry
from backoffice.corrections.models import RegisterLine, RegisterList
from backoffice.corrections.states import Event
from backoffice.policies.models import PolicyInForce
from backoffice.workflow.applying import apply_request
from backoffice.workflow.deciding import decide
from backoffice.workflow.intake import Wish
from backoffice.workflow.reconciling import outstanding, reconcile
from backoffice.workflow.refusals import Refusal, Refused
from backoffice.workflow.register_tables import RegisterUnreadable
from backoffice.workflow.reversing import ask_reversal

pytestmark = pytest.mark.django_db

HEADINGS = ("学号", "姓名", "民族")
ID_KINDS = ("id_card", "id_number_change_certificate")


def csv(*rows, headings=HEADINGS, encoding="utf-8-sig"):
    lines = [",".join(row) for row in (headings, *rows)]
    return "\r\n".join(lines).encode(encoding)


def xlsx(*rows, headings=HEADINGS):
    book = Workbook()
    for row in (headings, *rows):
        book.active.append(list(row))
    target = BytesIO()
    book.save(target)
    return target.getvalue()


def upload(office, content, name="学信网.csv", **changes):
    return reconcile(content, name, **{"by": again(office.registrar)} | changes)


def lines(kept):
    return [(line.outcome, line.shown, line.row) for line in kept.lines.order_by("request_id")]


def faults(kept):
    return [
        (each["row"], each["column"], each["fault"])
        for each in json.loads(RegisterList.objects.get(pk=kept.pk).faults)
    ]


@pytest.mark.parametrize(
    ("shown", "outcome", "state"),
    [
        ("回族", "shown", "reconciled"),
        ("回", "shown", "reconciled"),
        ("汉族", "unchanged", "applied"),
        ("满族", "differs", "applied"),
        ("", "differs", "applied"),
    ],
)
def test_a_list_shows_the_new_value_the_old_one_or_another(office, shown, outcome, state):
    case = applied(office)

    kept = upload(office, csv((case.record.number, "张三", shown)))

    assert lines(kept) == [(outcome, shown, 2)]
    assert request_of(case).state == state


def test_who_is_not_in_the_list_is_absent(office):
    case = applied(office)

    kept = upload(office, csv(("9999999999999", "李四", "回族")))

    assert lines(kept) == [("absent", "", None)]
    assert request_of(case).state == "applied"


@pytest.mark.parametrize("make", [csv, xlsx], ids=["csv", "xlsx"])
def test_workbooks_and_csv_are_read_alike(office, make):
    case = applied(office)

    kept = upload(office, make((case.record.number, "张三", "回族")))

    assert (kept.rows, kept.fields, lines(kept)) == (
        1,
        ["name", "ethnicity"],
        [("shown", "回族", 2)],
    )


def test_csv_of_chinese_excel_is_read(office):
    case = applied(office)

    upload(office, csv((case.record.number, "张三", "回族"), encoding="gb18030"))

    assert request_of(case).state == "reconciled"


def test_a_graduate_is_found_by_the_certificate_number(office):
    record = student(office.centre, number="", certificate_number="511618201705981300")
    case = applied(office, record=record)
    headings = ("注册证号", "民族")

    upload(office, csv(("511618201705981300", "回族"), headings=headings))

    assert request_of(case).state == "reconciled"


def test_the_same_file_again_changes_nothing(office):
    case = applied(office)
    content = csv((case.record.number, "张三", "回族"))
    first = upload(office, content)
    before = (AuditEntry.objects.count(), RegisterLine.objects.count())

    second = upload(office, content, name="别的文件名.csv")

    assert second == first
    assert (AuditEntry.objects.count(), RegisterLine.objects.count()) == before
    assert [each.event for each in request_of(case).events.all()].count("reconcile") == 1


def test_the_same_file_again_marks_what_was_applied_since(office):
    record = student(office.centre)
    case = approved(office, record=record)
    content = csv((record.number, "张三", "回族"))
    first = upload(office, content)
    assert lines(first) == [("shown", "回族", 2)]
    assert request_of(case).state == "approved"

    apply_request(request_of(case).pk, by=again(office.registrar))
    second = upload(office, content)

    assert second == first
    assert request_of(case).state == "reconciled"


def test_what_was_reconciled_stays_whatever_later_lists_show(office):
    case = applied(office)
    upload(office, csv((case.record.number, "张三", "回族")))

    kept = upload(office, csv((case.record.number, "张三", "汉族")))

    assert lines(kept) == []
    assert request_of(case).state == "reconciled"


def test_a_number_still_in_15_digits_is_not_the_new_one_in_18(office):
    number = identity_number(960)
    case = applied(office, Wish("id_number", number, "change"), kinds=ID_KINDS)
    old_form = number[:6] + number[8:17]

    upload(office, csv((case.record.number, old_form), headings=("学号", "身份证号")))

    assert request_of(case).state == "applied"
    assert RegisterLine.objects.get().outcome == "differs"


def test_a_field_without_a_column_is_not_judged(office):
    applied(office)

    kept = upload(office, csv(("2535001200001", "张三"), headings=("学号", "姓名")))

    assert lines(kept) == []


def test_what_was_taken_back_is_waited_for_in_its_old_value(office):
    case = applied(office)
    back = ask_reversal(request_of(case).pk, by=again(office.registrar), cause="有误")
    decide(back.pk, Event.APPROVE, by=again(office.reviewer))
    apply_request(back.pk, by=again(office.registrar))

    kept = upload(office, csv((case.record.number, "张三", "汉族")))

    back.refresh_from_db()
    assert (request_of(case).state, back.state) == ("applied", "reconciled")
    assert lines(kept) == [("shown", "汉族", 2)]


def test_rows_that_cannot_be_used_are_told_with_row_and_column(office):
    case = applied(office)
    number = case.record.number
    rows = [
        (number, "张三", "回族"),
        (number, "张三", "汉族"),
        ("", "无名", "汉族"),
        (2.53500120000012e17, "李四", "汉族"),
        ("2535001200002", "王五", "=1+1"),
        ("", "", ""),
        ("", "审核人（签字）", ""),
    ]

    kept = upload(office, xlsx(*rows))

    assert faults(kept) == [
        (3, "A", "repeated"),
        (4, "A", "no-number"),
        (5, "A", "digits-lost"),
        (6, "C", "formula"),
    ]
    assert request_of(case).state == "reconciled"


def test_an_identity_number_typed_as_a_number_is_not_compared(office):
    number = identity_number(961)
    case = applied(office, Wish("id_number", number, "change"), kinds=ID_KINDS)

    kept = upload(
        office, xlsx((case.record.number, int(number[:17])), headings=("学号", "身份证号"))
    )

    assert faults(kept) == [(2, "B", "digits-lost")]
    assert lines(kept) == []


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "table-unreadable"),
        (b"\x00\x01\x02", "table-unreadable"),
        (b"%PDF-1.7", "table-unreadable"),
        (csv(headings=("姓名", "民族")), "table-columns"),
        (csv(headings=("学号", "备注")), "table-columns"),
    ],
    ids=["empty", "no table", "another kind", "no number", "no field"],
)
def test_what_is_no_list_is_refused_whole(office, content, code):
    applied(office)

    with pytest.raises(RegisterUnreadable) as caught:
        upload(office, content)
    assert caught.value.finding.code == code
    assert RegisterList.objects.count() == 0


@pytest.mark.parametrize("who", ["clerk", "head", "reviewer", "auditor", "administrator"])
def test_only_the_registrar_reconciles(office, who):
    case = applied(office)

    with pytest.raises(Refused, match="NOT_PERMITTED"):
        upload(office, csv((case.record.number, "张三", "回族")), by=again(getattr(office, who)))
    assert RegisterList.objects.count() == 0


def test_a_branchs_registrar_reconciles_that_branch_alone(office):
    join(office.branch_clerk.person, "registrar", office.other_branch)
    case = applied(office)

    kept = upload(office, csv((case.record.number, "张三", "回族")), by=again(office.branch_clerk))

    assert (kept.unit, lines(kept)) == (office.other_branch, [])
    assert request_of(case).state == "applied"


def test_without_a_policy_no_headings_are_known(office):
    PolicyInForce.objects.update(last_day=date(2017, 1, 1))

    with pytest.raises(Refused) as caught:
        upload(office, csv())
    assert caught.value.refusal is Refusal.NO_POLICY


def test_the_trail_names_the_list_and_no_value(office):
    case = applied(office)

    kept = upload(office, csv((case.record.number, "张三", "回族")))

    entry = AuditEntry.objects.get(act="import")
    assert (entry.ref, entry.digest) == (f"registerlist:{kept.pk}", kept.sha256)
    assert entry.facts == {"rows": 1, "faults": 0}


def test_outstanding_is_what_the_register_does_not_show_yet(office):
    shown = applied(office)
    unchanged = applied(office)
    waiting = approved(office, NAME, kinds=NAME_KINDS)
    upload(
        office,
        csv((shown.record.number, "张三", "回族"), (unchanged.record.number, "张三", "汉族")),
    )

    rows = outstanding(again(office.registrar)).order_by("pk")

    assert [(row.pk, row.seen) for row in rows] == [
        (request_of(unchanged).pk, "unchanged"),
        (request_of(waiting).pk, "absent"),
    ]
    assert list(outstanding(again(office.clerk))) == []


def test_a_value_corrected_once_more_waits_for_the_later_one_alone(office):
    record = student(office.centre)
    first = applied(office, record=record)
    record.refresh_from_db()
    second = applied(office, Wish("ethnicity", "满族", "change"), record=record)

    kept = upload(office, csv((record.number, "张三", "满族")))

    assert lines(kept) == [("shown", "满族", 2)]
    assert (request_of(first).state, request_of(second).state) == ("applied", "reconciled")


def test_comparing_more_requests_asks_the_database_no_more_often(office):
    upload(office, csv(("0999999999999", "李四", "回族")))
    counts = []
    for serial in (1, 2):
        applied(office)
        with CaptureQueriesContext(connection) as queries:
            upload(office, csv((f"{serial}999999999999", "李四", "回族")))
        counts.append(len(queries))

    assert counts[0] == counts[1]
