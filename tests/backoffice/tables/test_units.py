"""The tree of units as a table: what is new, what moves, what is out of reach."""

import pytest
from builders.desk_tables import bring_in, cells, counts, take_out, verdicts, workbook, write
from builders.office import account, unit
from django.urls import reverse

from backoffice.audit.models import AuditEntry
from backoffice.kept_findings import from_json
from backoffice.tables.models import StagedRow
from backoffice.units.models import Unit

pytestmark = pytest.mark.django_db

HEADINGS = ("单位代码", "单位名称", "上级单位代码", "单位层级", "院校", "撤销日期")


@pytest.fixture
def desk(client, office):
    """Return the browser of the registrar."""
    client.force_login(office.registrar)
    return client


def units_in(desk, office, *rows, where=None):
    content = workbook(HEADINGS, *[(*row, *[""] * (6 - len(row))) for row in rows])
    return bring_in(desk, "units", where or office.headquarters, content)


def found(table):
    """Return row, code and fault of every finding."""
    return [
        (row.row, each.code, each.params.get("fault"))
        for row in StagedRow.objects.filter(table=table)
        for each in from_json(row.findings)
    ]


def paths():
    return sorted(Unit.objects.values_list("path", flat=True))


def test_new_units_may_lie_below_rows_above_them(desk, office):
    before = paths()
    table = units_in(
        desk, office, ("37a", "新分部", "000", "分部"), ("37001", "新中心", "37A", "学习中心")
    )

    assert counts(table) == (2, 0, 0, 0)
    write(desk, table)

    assert paths() == sorted([*before, "000/37A/", "000/37A/37001/"])
    assert Unit.objects.get(code="37001").level == "centre"
    noted = AuditEntry.objects.filter(act="unit-change").values_list("ref", "facts__added")
    assert set(noted) == {
        (f"unit:{each.pk}", True) for each in Unit.objects.filter(code__in=["37A", "37001"])
    }


def test_a_row_above_which_the_unit_comes_later_is_refused(desk, office):
    table = units_in(
        desk, office, ("37001", "新中心", "37A", "学习中心"), ("37A", "新分部", "000", "分部")
    )

    assert verdicts(table) == [(2, "refused"), (3, "new")]


def test_what_is_given_is_changed_and_what_is_empty_stays(desk, office):
    table = units_in(desk, office, ("35001", "改名中心", "", "", "", "2026-12-31"))

    assert counts(table) == (0, 1, 0, 0)
    write(desk, table)

    changed = Unit.objects.get(code="35001")
    assert (changed.name, str(changed.closed_on), changed.level, changed.parent) == (
        "改名中心", "2026-12-31", "centre", office.branch
    )  # fmt: skip


def test_a_unit_moves_with_all_below_it_before_later_rows_lie_there(desk, office):
    table = units_in(desk, office, ("350", "", "360"), ("35009", "更深中心", "35001", "学习中心"))
    write(desk, table)

    assert Unit.objects.get(code="35001").path == "000/360/350/35001/"
    assert Unit.objects.get(code="35009").path == "000/360/350/35001/35009/"


@pytest.mark.parametrize(
    ("rows", "last"),
    [
        ([("350", "", "35001")], "unit-below-itself"),
        ([("350", "", "350")], "unit-below-itself"),
        ([("000", "", "350")], "unit-below-itself"),
        ([("350", "", "360"), ("360", "", "35001")], "unit-below-itself"),
        ([("37A", "新分部", "999", "分部")], "not-in-list"),
        ([("37A", "新分部", "000", "部门")], "not-in-list"),
        ([("37A", "新分部", "000", "分部", "火星大学")], "not-in-list"),
        ([("37A", "新分部", "000", "分部", "", "2026-02-30")], "no-date"),
        ([("37-A", "新分部", "000", "分部")], "unit-code-form"),
        ([("3" * 21, "新分部", "000", "分部")], "unit-code-form"),
        ([("37A", "", "000", "分部")], "missing"),
        ([("37A", "新" * 101, "000", "分部")], "text-too-long"),
        ([("", "新分部", "000", "分部")], "missing"),
    ],
)
def test_what_cannot_be_is_refused_and_says_why(desk, office, rows, last):
    table = units_in(desk, office, *rows)

    assert counts(table)[3] == 1
    assert found(table) == [(len(rows) + 1, "value-unknown", last)]
    shown = desk.get(reverse("tables:table", args=[table.pk])).content.decode()
    assert last not in shown


def test_the_tree_gets_no_deeper_than_its_paths_can_tell(desk, office):
    above = "000"
    rows = []
    for number in range(13):
        code = f"{number:02}" + "9" * 18
        rows.append((code, f"层{number}", above, "学习中心"))
        above = code

    table = units_in(desk, office, *rows)

    # 4 characters of the root, 21 each: the twelfth ends at 256.
    assert [row for row, verdict in verdicts(table) if verdict == "new"] == list(range(2, 13))
    assert [each[2] for each in found(table)] == ["tree-too-deep", "not-in-list"]


def test_units_of_others_are_neither_seen_nor_touched(client, office):
    client.force_login(account("registrar", office.branch))

    table = units_in(
        client, office, ("36001", "抢来", "350"), ("35001", "", "360"), ("360", "抢来"),
        ("35002", "新中心", "350", "学习中心"), where=office.branch,
    )  # fmt: skip

    assert verdicts(table) == [(2, "refused"), (3, "refused"), (4, "refused"), (5, "new")]
    write(client, table, choice="good")
    assert Unit.objects.get(code="36001").parent == office.other_branch
    exported = cells(take_out(client, "/office/units/unit/take-out/"))
    assert [row[0] for row in exported[1:]] == ["350", "35001", "35002"]


def test_what_goes_out_comes_in_as_it_is(desk, office):
    unit("37A", "branch", office.headquarters, closed_on="2026-01-02")
    content = take_out(desk, "/office/units/unit/take-out/")

    assert cells(content)[0] == HEADINGS
    table = bring_in(desk, "units", office.headquarters, content)
    assert counts(table) == (0, 0, Unit.objects.count(), 0)


def test_a_unit_that_changed_since_is_asked_about_again(desk, office):
    table = units_in(desk, office, ("35001", "改名中心"))
    Unit.objects.filter(code="35001").update(name="别名中心")

    left = write(desk, table)

    assert (left.state, left.digest != table.digest) == ("judged", True)
    assert Unit.objects.get(code="35001").name == "别名中心"


def test_a_unit_that_somebody_made_since_is_asked_about_again(desk, office):
    table = units_in(desk, office, ("37A", "新分部", "000", "分部"))
    unit("37A", "branch", office.headquarters)

    left = write(desk, table)

    assert (left.state, counts(left)) == ("judged", (0, 1, 0, 0))
