"""Summary tables of requests, brought in by the pages as drafts."""

import pytest
from builders.desk_tables import bring_in, cells, counts, verdicts, workbook, write
from builders.office import student
from django.urls import reverse

from backoffice.corrections.models import Case, CorrectionRequest
from backoffice.tables.models import ImportState

pytestmark = pytest.mark.django_db

HEADINGS = ("序号", "学号", "姓名", "更正内容", "更正前", "更正后", "更正原因")


@pytest.fixture
def desk(client, office):
    """Return the browser of the clerk."""
    client.force_login(office.clerk)
    return client


def row(record, field="民族", old="汉族", new="回族", reason="信息变更", **changes):
    cell = {"number": record.number, "name": record.name} | changes
    return ("", cell["number"], cell["name"], field, old, new, reason)


def table_of(*rows, title="附表2 在籍生基本信息修改情况统计表"):
    return workbook((title,), HEADINGS, *rows)


def requests():
    rows = CorrectionRequest.objects.order_by("record", "field")
    return list(rows.values_list("record", "field", "new", "state"))


def test_a_students_rows_become_one_draft_in_the_hands_of_whoever_brings_them_in(desk, office):
    one, two = student(office.centre), student(office.centre)
    content = table_of(row(one), row(one, "姓名", "张三", "张叁"), row(two, new="满族"))

    table = bring_in(desk, "requests", office.centre, content)
    assert counts(table) == (3, 0, 0, 0)
    shown = desk.get(reverse("tables:table", args=[table.pk])).content.decode()
    assert "<del>张三</del> → <ins>张叁</ins>" in shown
    assert not Case.objects.exists()
    write(desk, table)

    assert requests() == [
        (one.pk, "ethnicity", "回族", "draft"),
        (one.pk, "name", "张叁", "draft"),
        (two.pk, "ethnicity", "满族", "draft"),
    ]
    assert {case.handler_id for case in Case.objects.all()} == {office.clerk.person_id}
    assert Case.objects.count() == 2


def test_the_same_table_again_makes_nothing(desk, office):
    content = table_of(row(student(office.centre)))
    write(desk, bring_in(desk, "requests", office.centre, content))

    table = bring_in(desk, "requests", office.centre, content)

    assert counts(table) == (0, 0, 1, 0)
    assert Case.objects.count() == 1


def test_a_student_is_refused_with_all_rows_and_goes_back_with_them(desk, office):
    one, two = student(office.centre), student(office.centre)
    content = table_of(row(one), row(one, "性别", "男", "火星"), row(two))

    table = bring_in(desk, "requests", office.centre, content)
    assert verdicts(table) == [(3, "refused"), (4, "refused"), (5, "new")]
    write(desk, table, choice="good")
    back = cells(desk.get(reverse("tables:refused", args=[table.pk])).content)

    assert [each[1] for each in back] == ["学号", one.number, one.number]
    assert all(each[-1] for each in back)
    assert {record for record, *_rest in requests()} == {two.pk}


def test_students_of_others_are_not_told_from_unknown_ones(desk, office):
    theirs = student(office.other_centre)
    content = table_of(row(theirs), row(theirs, number="2535001277777"))

    table = bring_in(desk, "requests", office.centre, content)
    shown = desk.get(reverse("tables:table", args=[table.pk])).content.decode()

    assert counts(table) == (0, 0, 0, 2)
    one, other = (
        shown[shown.index(number) :][: shown[shown.index(number) :].index("</tr>")]
        for number in (theirs.number, "2535001277777")
    )
    assert one.partition("<td>")[2].replace(theirs.number, "#") == other.partition("<td>")[
        2
    ].replace("2535001277777", "#")


def test_rows_without_a_number_are_refused_each(desk, office):
    record = student(office.centre)
    content = table_of(row(record, number=""), row(record, number=""), row(record))

    table = bring_in(desk, "requests", office.centre, content)

    assert verdicts(table) == [(3, "refused"), (4, "refused"), (5, "new")]


def test_a_student_who_changed_since_is_judged_and_asked_about_again(desk, office):
    record = student(office.centre)
    table = bring_in(desk, "requests", office.centre, table_of(row(record)))
    record.ethnicity, record.version = "回族", 2
    record.save()

    left = write(desk, table)

    assert left.state == ImportState.JUDGED
    assert counts(left) == (0, 0, 0, 1)
    assert not Case.objects.exists()


def test_a_book_without_such_a_table_says_so(desk, office):
    table = bring_in(desk, "requests", office.centre, workbook(("甲", "乙"), ("1", "2")))

    assert table.state == ImportState.REFUSED


def test_columns_can_be_named_for_requests_too(desk, office):
    headings = ("编号", "学生", "项目", "原", "新", "因")
    record = student(office.centre)
    content = workbook(("附表2 在籍生",), headings, row(record)[1:])
    table = bring_in(desk, "requests", office.centre, content)
    assert table.state == ImportState.REFUSED

    named = ("number", "name", "field", "old", "new", "reason")
    desk.post(
        f"{reverse('tables:columns', args=[table.pk])}?row=1",
        {column: str(place) for place, column in enumerate(named)},
    )

    assert counts(bring_in(desk, "requests", office.centre, content)) == (1, 0, 0, 0)
    assert counts(bring_in(desk, "requests", office.centre, table_of(row(record)))) == (1, 0, 0, 0)
