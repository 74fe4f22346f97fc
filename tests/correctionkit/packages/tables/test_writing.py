"""Writing: all is text, looks right, and is the same each time."""

from __future__ import annotations

import io
import re
import zipfile

import openpyxl
import pytest

from correctionkit.packages.tables import writing
from correctionkit.packages.tables.cells import CellKind
from correctionkit.packages.tables.workbook import read_workbook
from correctionkit.packages.tables.writing import Mark, SheetSpec, write_csv, write_workbook
from correctionkit.policy.bounds import TableBounds
from correctionkit.terms import Severity

HEADER = ("学号", "姓名", "更正后内容")
ROWS = (
    ("0335001209114", "张三", "11010519491231002X"),
    ("1335001209115", "𬱖·䶮", "=1+1"),
)


def spec(**changes):
    return SheetSpec(**{"name": "附表2", "header": HEADER, "rows": ROWS} | changes)


def written(*specs):
    target = io.BytesIO()
    assert write_workbook(target, specs or [spec()]) == ()
    return target.getvalue()


def part(content, name):
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return archive.read(name).decode()


def test_every_cell_is_text_and_reads_back(only_sheet):
    sheet = only_sheet(written())

    assert [row.texts for row in sheet] == [HEADER, *ROWS]
    assert {cell.kind for row in sheet for cell in row.cells} == {CellKind.TEXT}


def test_title_and_notes_stand_around_the_table(only_sheet):
    sheet = only_sheet(written(spec(title="学籍信息更正统计表", notes=("共 2 人", "经办人：____"))))

    assert [(row.number, row.texts) for row in sheet] == [
        (1, ("学籍信息更正统计表",)),
        (2, HEADER),
        (3, ROWS[0]),
        (4, ROWS[1]),
        (6, ("共 2 人",)),
        (7, ("经办人：____",)),
    ]
    assert sheet.merged == ()


def test_the_page_is_ready_to_print():
    page = openpyxl.load_workbook(io.BytesIO(written(spec(title="标题")))).active

    assert (page.page_setup.orientation, page.page_setup.paperSize) == ("landscape", 9)
    # One page wide is what leaving the width out means.
    assert (page.page_setup.fitToWidth, page.page_setup.fitToHeight) == (None, 0)
    assert page.sheet_properties.pageSetUpPr.fitToPage
    assert page.print_title_rows == "$1:$2"
    assert page.freeze_panes == "A3"
    assert {cell.number_format for row in page.iter_rows(max_row=4) for cell in row} == {"@"}
    assert page.column_dimensions["A"].width == pytest.approx(15, abs=1)
    assert page["A3"].alignment.wrap_text


def test_marks_fill_and_comment():
    marks = {
        (0, None): Mark(Severity.WARNING, "row"),
        (0, 0): Mark(comment="cell"),
        (1, 2): Mark(Severity.ERROR, "看这里"),
    }
    page = openpyxl.load_workbook(io.BytesIO(written(spec(marks=marks)))).active

    fills = [[cell.fill.start_color.rgb for cell in row] for row in page.iter_rows(min_row=2)]
    comments = {c.coordinate: c.comment.text for row in page for c in row if c.comment}
    assert fills == [["FFFFEB9C"] * 3, ["00000000", "00000000", "FFFFC7CE"]]
    assert comments == {"A2": "row\ncell", "C3": "看这里"}


def test_the_same_tables_give_the_same_bytes(monkeypatch):
    marks = {(0, 1): Mark(Severity.NOTE, "x")}
    first = written(spec(marks=marks, title="a"), spec(name="附表2"))

    assert written(spec(marks=marks, title="a"), spec(name="附表2")) == first
    with zipfile.ZipFile(io.BytesIO(first)) as archive:
        assert {entry.date_time[0] for entry in archive.infolist()} == {1980}
    monkeypatch.setattr(writing, "BIG_FROM", 0)
    assert written() == written()


NAUGHTY = [
    "=cmd|' /C calc'!A0",
    "+1",
    "-1",
    "@SUM(A1)",
    "{=1}",
    "http://a.b",
    "mailto:a@b",
    "internal:Sheet1!A1",
    "0123",
    "1e5",
    "TRUE",
    "<r><t>a</t></r>",
    "<r></r>",
    "<r>_x0041_</r>",
    "_x0041_x0042_",
    "_x000D_",
    "a\r\nb\x07\x00",
    " a\u3000",
    "\ufffe",
    "]]>&amp;<",
    "字" * 32_767,
]


@pytest.mark.parametrize("big", [False, True], ids=["shared strings", "row by row"])
def test_nothing_runs_and_nothing_is_lost(monkeypatch, only_sheet, big):
    monkeypatch.setattr(writing, "BIG_FROM", 0 if big else 10**9)

    content = written(spec(header=("a",), rows=[(text,) for text in NAUGHTY]))

    sheet = only_sheet(content)
    assert [row.texts[0] for row in sheet.rows[1:]] == NAUGHTY
    assert {cell.kind for row in sheet for cell in row.cells} == {CellKind.TEXT}
    assert not re.search("<f[> ]|hyperlink", part(content, "xl/worksheets/sheet1.xml"))


def test_what_a_cell_cannot_hold_is_told(only_sheet):
    target = io.BytesIO()
    rows = [("字" * 32_768, "ok"), ("a\ud800", "\U0002f8d6" * 16_384), ("<r>\r</r>", "")]

    places = write_workbook(target, [spec(rows=rows)])

    assert places == ("附表2!A2", "附表2!A3", "附表2!B3", "附表2!A4")
    assert [row.texts for row in only_sheet(target.getvalue()).rows[1:]] == [
        ("字" * 32_766 + "…", "ok"),
        ("a\ufffd", "\U0002f8d6" * 16_383 + "…"),
        ("<r>\ufffd</r>",),
    ]


def test_csv_reads_back_and_nothing_runs(only_sheet):
    target = io.BytesIO()
    rows = [(text.replace("\x00", ""), "x") for text in NAUGHTY]

    write_csv(target, ("a", "b"), iter(rows))

    content = target.getvalue()
    sheet = only_sheet(content)
    assert content.startswith(b'\xef\xbb\xbf"a","b"\r\n"\'=cmd|')
    assert [row.texts for row in sheet.rows[1:]] == rows
    assert {cell.kind for row in sheet for cell in row.cells} == {CellKind.TEXT}


def test_csv_replaces_what_no_csv_can_hold():
    target = io.BytesIO()

    write_csv(target, ("a\x00",), [("b\udc80",)])

    assert target.getvalue().decode("utf-8-sig") == '"a\ufffd"\r\n"b\ufffd"\r\n'


@pytest.mark.parametrize("strings", ["csv-injection", "blns"])
def test_third_party_strings_stay_inert(corpora, strings):
    bounds = TableBounds(max_rows=10_000, max_columns=2, max_cell_characters=32_767)
    folder = corpora / "strings" / strings
    paths = sorted(path for path in folder.rglob("*") if path.is_file())
    lines = [line for path in paths for line in path.read_text("utf-8").split("\n")]
    rows = [(line, "x") for line in lines if "\x00" not in line]
    workbook, csv = io.BytesIO(), io.BytesIO()

    write_workbook(workbook, [SheetSpec("a", ("a", "b"), rows)])
    write_csv(csv, ("a", "b"), rows)

    for content in (workbook, csv):
        (sheet,) = read_workbook(content.getvalue(), "a", bounds).sheets
        assert [row.texts for row in sheet.rows[1:]] == rows
        assert {cell.kind for row in sheet.rows for cell in row.cells} <= {
            CellKind.TEXT,
            CellKind.EMPTY,
        }
