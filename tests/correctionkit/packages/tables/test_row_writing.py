"""Long tables written row by row: the same text, the same looks, in constant memory."""

from __future__ import annotations

import io
import itertools
import sys
import tracemalloc

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from correctionkit.packages.tables import row_writing
from correctionkit.packages.tables.cells import CellKind
from correctionkit.packages.tables.row_writing import write_rows
from correctionkit.packages.tables.workbook import read_workbook
from correctionkit.packages.tables.writing import SheetSpec, write_workbook
from correctionkit.policy.bounds import TableBounds

BOUNDS = TableBounds(max_rows=10_000, max_columns=50, max_cell_characters=32_767)
HEADER = ("学号", "姓名")


def written(rows, **more):
    target = io.BytesIO()
    changed = write_rows(target, "附表2", HEADER, rows, **more)
    return target.getvalue(), changed


def read(content):
    (sheet,) = read_workbook(content, "a", BOUNDS).sheets
    return sheet


any_text = st.text(
    st.characters(exclude_categories=["Cs"]) | st.sampled_from("_x0041D<r>/&\r\n\t'=;,\" "),
    max_size=12,
)


@settings(deadline=None, max_examples=60)
@given(st.lists(st.tuples(any_text, any_text), min_size=1, max_size=6))
def test_any_text_is_read_back_exact(rows):
    content, changed = written(rows)

    sheet = read(content)

    got = {row.number: row for row in sheet}
    assert changed == ()
    for number, row in enumerate(rows, 2):
        cells = [got[number].cell(c).text for c in range(2)] if number in got else ["", ""]
        assert cells == list(row)
    assert {c.kind for row in sheet for c in row.cells} <= {CellKind.TEXT, CellKind.EMPTY}


def looks(content):
    """Everything about a sheet that a person sees, as another program reads it."""
    sheet = openpyxl.load_workbook(io.BytesIO(content)).active
    return {
        "cells": {
            cell.coordinate: (
                cell.value,
                cell.data_type,
                cell.number_format,
                cell.font.name,
                cell.font.b,
                cell.font.sz,
                cell.fill.fgColor.rgb,
                cell.border.left.style,
                cell.alignment.horizontal,
                cell.alignment.wrap_text,
            )
            for row in sheet.iter_rows()
            for cell in row
            if cell.value is not None
        },
        "name": sheet.title,
        "widths": {key: column.width for key, column in sheet.column_dimensions.items()},
        "frozen": sheet.freeze_panes,
        "repeated": sheet.print_title_rows,
        "landscape": (sheet.page_setup.orientation, sheet.page_setup.paperSize),
        "fit": (sheet.sheet_properties.pageSetUpPr.fitToPage, sheet.page_setup.fitToHeight),
        "footer": sheet.oddFooter.center.text,
    }


@pytest.mark.parametrize(
    "more", [{}, {"title": "统计表"}, {"title": "t", "notes": ["注", "", "章"]}]
)
def test_it_looks_as_every_table_does(more):
    rows = [(f"{n:018}", "欧阳娜" * n) for n in range(1, 6)]
    whole = io.BytesIO()
    write_workbook(whole, [SheetSpec("附表2", HEADER, rows, **more)])

    assert looks(written(rows, **more)[0]) == looks(whole.getvalue())


def test_the_first_rows_tell_the_widths_or_the_caller():
    rows = [("1", "2")] * row_writing.MEASURED_ROWS + [("1" * 30, "2")]

    assert set(looks(written(rows)[0])["widths"].values()) == {6.7109375}
    assert set(looks(written(rows, widths=(9, 9))[0])["widths"].values()) == {9.7109375}


def test_what_a_cell_cannot_hold_is_told_wherever_it_stands():
    rows = [("1", "a\ud800")] * 2 + [("x" * 32_768, "")] * 2

    content, changed = written(rows)

    assert changed == ("附表2!B2", "附表2!B3", "附表2!A4", "附表2!A5")
    assert read(content).rows[1].texts == ("1", "a\ufffd")
    assert len(read(content).rows[3].texts[0]) == 32_767


def test_no_rows_are_a_table_too():
    assert [row.texts for row in read(written([])[0])] == [HEADER]


def test_the_same_rows_give_the_same_bytes():
    rows = [(f"{n}", "张三") for n in range(500)]

    assert written(rows) == written(iter(rows))


def test_a_sheet_has_no_more_rows_than_spreadsheets_have(monkeypatch):
    monkeypatch.setattr(row_writing, "MAX_ROW", 4)

    assert len(read(written([("1", "2")] * 3)[0]).rows) == 4
    with pytest.raises(ValueError, match="rows"):
        written([("1", "2")] * 4)


def test_a_file_is_replaced_whole_or_not_at_all(tmp_path):
    path = tmp_path / "附表2.xlsx"
    path.write_bytes(b"before")

    def failing():
        yield ("1", "2")
        raise LookupError

    with pytest.raises(LookupError):
        write_rows(path, "a", HEADER, failing())
    assert [each.name for each in tmp_path.iterdir()] == ["附表2.xlsx"]
    assert path.read_bytes() == b"before"
    write_rows(path, "a", HEADER, [("1", "2")])
    assert len(read(path.read_bytes()).rows) == 2


class Nowhere(io.RawIOBase):
    """Takes all that is written, and keeps nothing."""

    at = 0

    def writable(self):
        return True

    def seekable(self):
        return False

    def write(self, piece):
        self.at += len(piece)
        return len(piece)

    def tell(self):
        return self.at


@pytest.mark.skipif(sys.gettrace() is not None, reason="tracing takes memory of its own")
def test_memory_does_not_grow_with_the_rows():
    rows = ((f"{n:013}", f"{n:018}") for n in itertools.count())
    peaks = []
    for count in (15_000, 40_000):
        tracemalloc.start()
        write_rows(Nowhere(), "a", HEADER, itertools.islice(rows, count))
        peaks.append(tracemalloc.get_traced_memory()[1])
        tracemalloc.stop()

    assert peaks[1] < peaks[0] * 1.2
    assert peaks[1] < 20 << 20
