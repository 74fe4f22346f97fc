from __future__ import annotations

from typing import Any

import pytest
from builders.passing_package import PassingPackage
from hypothesis import given, settings
from hypothesis import strategies as st

from correctionkit.packages.summaries.headings import find_headings
from correctionkit.packages.summaries.summary import read_summary
from correctionkit.packages.tables.cells import Cell, CellKind, Row, Sheet, TableFormat, Workbook
from correctionkit.packages.tables.workbook import read_workbook
from correctionkit.policy.shelf import find_policy

POLICY = find_policy("ouc-2016")
HEADINGS = ["序号", "学号", "姓名", "更正内容", "更正前", "更正后", "更正原因"]
REQUEST = ["1", "1335001209114", "张三", "姓名", "张三", "张叁", "信息变更"]


def sheet(*rows: list[str], name: str = "Sheet1", **parts: Any) -> Sheet:
    return Sheet(
        name,
        tuple(
            Row(
                number,
                tuple(Cell(text, CellKind.TEXT if text else CellKind.EMPTY) for text in texts),
            )
            for number, texts in enumerate(rows, 1)
            if any(texts)
        ),
        **parts,
    )


def read(*sheets: Sheet, name: str = "附表2.xlsx"):
    return read_summary(Workbook(name, TableFormat.XLSX, sheets), POLICY)


def rows_of(summary) -> list[int | None]:
    return [each.location.row for sheet in summary.sheets for each in sheet.rows]


def codes(summary) -> list[str]:
    return [finding.code for finding in summary.findings]


def test_title_notes_and_signature_lines_are_no_requests() -> None:
    package = PassingPackage()

    summary = read_summary(
        read_workbook(package.workbook(), "附表2.xlsx", POLICY.table_bounds), POLICY
    )

    assert rows_of(summary) == [3, 4]
    assert codes(summary) == []


@pytest.mark.parametrize(
    "line",
    [
        pytest.param(["注：（1）本表按学号升序排序"], id="a note"),
        pytest.param(
            ["", "注：（1）本表中“更正内容”指姓名、性别、身份证号、民族"], id="a note in B"
        ),
        pytest.param(
            ["学籍主管处长签字：", "", "", "经手人签字：", "", "2026年11月20日"], id="signatures"
        ),
        pytest.param(["", "日期：20261120", "（公章）"], id="a date that looks like a number"),
        pytest.param(["5"], id="an empty line of the form"),
        pytest.param(HEADINGS, id="the headings again, on a new page"),
    ],
)
def test_a_line_that_is_no_request_is_passed_over(line: list[str]) -> None:
    assert rows_of(read(sheet(HEADINGS, REQUEST, line))) == [2]


@pytest.mark.parametrize(
    "line",
    [
        pytest.param(["", "1335001209114", "张三"], id="number and name only"),
        pytest.param(["1", "", "张三", "姓名", "张三", "张叁", "信息变更"], id="no number"),
        pytest.param(
            ["1", "1335001209114", "", "手机", "", "x", "本人要求"], id="wrong in every cell"
        ),
    ],
)
def test_a_request_with_holes_is_still_a_request(line: list[str]) -> None:
    assert rows_of(read(sheet(HEADINGS, REQUEST, line))) == [2, 3]


@pytest.mark.parametrize(
    "headings",
    [
        pytest.param(
            ["序 号", "学\n号", "姓　名", "更正内容", "更正前", "更正后", "更正原因"], id="spaces"
        ),
        pytest.param(
            ["序号", "学号*", "姓名（必填）", "更正内容：", "更正前", "更正后", "更正原因"],
            id="marks",
        ),
        pytest.param(
            ["序号", "学号", "学生姓名", "修改内容", "修改前", "修改后", "修改原因"], id="aliases"
        ),
    ],
)
def test_headings_are_known_however_they_are_set(headings: list[str]) -> None:
    summary = read(sheet(headings, REQUEST))

    assert codes(summary) == []
    assert rows_of(summary) == [2]


@pytest.mark.parametrize(
    ("headings", "missing", "doubled"),
    [
        pytest.param(HEADINGS[:-1], ["更正原因"], [], id="one missing"),
        pytest.param([*HEADINGS, "更正后"], [], ["更正后"], id="one doubled"),
        pytest.param([*HEADINGS, "备注", "备注"], [], [], id="one doubled that nobody needs"),
        pytest.param(
            ["注册证号" if each == "学号" else each for each in HEADINGS],
            ["学号"],
            [],
            id="another",
        ),
    ],
)
def test_what_is_wrong_with_the_headings_is_told(headings, missing, doubled) -> None:
    summary = read(sheet(["标题"], headings, REQUEST))

    found = [
        (each.code, each.location.row, each.params["missing"], each.params["doubled"])
        for each in summary.findings
    ]
    assert found == ([("table-columns", 2, missing, doubled)] if missing or doubled else [])


def test_a_table_without_headings_says_all_that_it_needs() -> None:
    summary = read(sheet(["无", "表头"], ["x", "y"]), name="附表3.xlsx")

    (finding,) = summary.findings
    assert finding.params["missing"] == ["注册证号", "姓名", "更正内容", "更正后", "更正原因"]
    assert not summary.readable


@pytest.mark.parametrize(
    ("name", "sheet_name", "title", "expected"),
    [
        pytest.param("附表1.xlsx", "Sheet1", "", "new", id="附表1 in the file name"),
        pytest.param("附表2 毕业生.xlsx", "Sheet1", "", "enrolled", id="附表N before words"),
        pytest.param(
            "国家开放大学毕业生基本信息修改情况统计表.xls", "Sheet1", "", "graduated", id="a word"
        ),
        pytest.param("统计表.xlsx", "在籍生", "", "enrolled", id="sheet name"),
        pytest.param("统计表.xlsx", "Sheet1", "新生基本信息修改情况统计表", "new", id="title"),
        pytest.param("新生、在籍生.xlsx", "在籍生", "", "enrolled", id="two words tell nothing"),
        pytest.param("统计表.xlsx", "Sheet1", "", None, id="nothing tells"),
    ],
)
def test_the_status_is_told_by_file_sheet_or_title(name, sheet_name, title, expected) -> None:
    number = "注册证号" if expected == "graduated" else "学号"
    headings = [number if each == "学号" else each for each in HEADINGS]

    summary = read(sheet([title], headings, REQUEST, name=sheet_name), name=name)

    (found,) = summary.sheets
    assert (found.status.id if found.status else None) == expected
    assert codes(summary) == ([] if expected else ["value-unknown"])


def test_each_sheet_of_a_workbook_is_a_table() -> None:
    new, enrolled = sheet(HEADINGS, REQUEST, name="新生"), sheet(HEADINGS, REQUEST, name="在籍生")

    summary = read(new, enrolled, sheet(["说明"], name="说明"), name="统计表.xlsx")

    assert [(each.status.id, each.rows[0].location.sheet) for each in summary.sheets] == [
        ("new", "新生"),
        ("enrolled", "在籍生"),
    ]
    assert codes(summary) == []


@pytest.mark.parametrize(
    ("parts", "expected"),
    [
        pytest.param({"hidden_rows": 1}, ["table-hidden"], id="rows"),
        pytest.param({"hidden_columns": 2}, ["table-hidden"], id="columns"),
        pytest.param({"hidden": True}, ["table-hidden"], id="the sheet"),
        pytest.param({}, [], id="nothing"),
    ],
)
def test_what_is_hidden_is_read_and_told(parts, expected) -> None:
    summary = read(sheet(HEADINGS, REQUEST, **parts))

    assert codes(summary) == expected
    assert rows_of(summary) == [2]


@pytest.mark.parametrize(
    ("merged", "expected"),
    [
        (["A1:J1"], []),
        (["B3:B4"], ["table-unreadable"]),
        (["A5:J5"], []),
        (["D4:E4"], ["table-unreadable"]),
    ],
)
def test_merged_cells_are_refused_among_requests_only(merged, expected) -> None:
    package = PassingPackage(merged=merged)

    summary = read_summary(
        read_workbook(package.workbook(), "附表2.xlsx", POLICY.table_bounds), POLICY
    )

    assert codes(summary) == expected
    assert summary.readable == (not expected)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.lists(st.text(max_size=8), max_size=8), max_size=12))
def test_any_table_can_be_looked_at(rows: list[list[str]]) -> None:
    given = sheet(*rows)

    find_headings(given, POLICY.columns_of("new"))
    read(given)


@settings(max_examples=60, deadline=None)
@given(st.permutations(HEADINGS), st.integers(0, 5))
def test_columns_are_found_in_any_order_below_any_title(headings: list[str], above: int) -> None:
    values = dict(zip(HEADINGS, REQUEST, strict=True))

    summary = read(sheet(*[["标题"]] * above, headings, [values[each] for each in headings]))

    (found,) = summary.sheets[0].rows
    assert {key: cell.text for key, cell in found.cells.items()} == {
        "serial": "1",
        "number": "1335001209114",
        "name": "张三",
        "field": "姓名",
        "old": "张三",
        "new": "张叁",
        "reason": "信息变更",
    }
