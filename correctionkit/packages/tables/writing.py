"""Writing tables: workbooks and CSV in which every cell is text and nothing runs."""

from __future__ import annotations

import csv
import datetime
import io
import re
from collections.abc import Iterable, Mapping, Sequence
from itertools import chain, repeat
from pathlib import Path
from typing import Any, BinaryIO

import xlsxwriter

from correctionkit.packages.tables.cells import column_letters
from correctionkit.packages.tables.inert import guard
from correctionkit.packages.tables.lay_out import (
    Mark,
    SheetSpec,
    column_widths,
    lines_wanted,
    sheet_names,
)
from correctionkit.packages.tables.targets import TargetBusy, replacing
from correctionkit.packages.tables.writable import REPLACEMENT, writable
from correctionkit.terms import Severity

__all__ = ["Mark", "SheetSpec", "TargetBusy", "write_csv", "write_workbook"]

BIG_FROM = 50_000
"""Rows from which a workbook is written row by row, in constant memory."""

CREATED = datetime.datetime(2000, 1, 1)  # noqa: DTZ001 - workbooks know no time zones
_A4 = 9
_FONT = {"font_name": "宋体", "font_size": 11, "num_format": "@", "valign": "vcenter"}
_BOX = {"border": 1, "border_color": "#BFBFBF", "text_wrap": True}
LOOKS: dict[str, dict[str, Any]] = {
    "title": {**_FONT, "bold": True, "font_size": 16, "center_across": True},
    "header": {**_FONT, **_BOX, "bold": True, "bg_color": "#D9E1F2", "align": "center"},
    "cell": {**_FONT, **_BOX},
    # Not "note": that is a severity, whose look would stand in its place.
    "below": {**_FONT},
    Severity.ERROR: {**_FONT, **_BOX, "bg_color": "#FFC7CE"},
    Severity.WARNING: {**_FONT, **_BOX, "bg_color": "#FFEB9C"},
    Severity.NOTE: {**_FONT, **_BOX, "bg_color": "#DDEBF7"},
}
# XlsxWriter takes "<r>…</r>" for its own mark-up, and escapes only one of two
# "_xHHHH_" that share an underscore.
_MISREAD = re.compile(r"<r>.*</r>\Z|.*_x[0-9A-Fa-f]{4}_x[0-9A-Fa-f]{4}_", re.DOTALL)
_CONTROLS = re.compile(r"[\x00-\x08\x0b-\x1f\ufffe\uffff]")
_NOT_IN_CSV = re.compile("[\x00\ud800-\udfff]")
_LINE_HEIGHT, _HIGHEST = 15, 409
"""In points; no spreadsheet has higher rows."""
_COMMENT = {"x_scale": 2, "y_scale": 1.5, "font_name": "宋体", "font_size": 10}
_ESCAPE_STARTS = re.compile(r"(?<=_)(?=x)")


def write_workbook(target: Path | BinaryIO, sheets: Sequence[SheetSpec]) -> tuple[str, ...]:
    """Write one sheet a table.  The same tables give the same bytes.

    Returns the places, as ``sheet!B7``, whose text a workbook cannot hold as it is:
    longer than 32,767 UTF-16 units (cut, with an ellipsis) or with half a surrogate
    pair (replaced by U+FFFD).  Raises :exc:`TargetBusy` where a program holds *target*.
    """
    if isinstance(target, Path):
        with replacing(target) as file:
            return _write(file, sheets)
    return _write(target, sheets)


def write_csv(
    target: Path | BinaryIO, header: Sequence[str], rows: Iterable[Sequence[str]]
) -> None:
    """Write UTF-8 CSV with a byte order mark, every cell in quotation marks.

    What a spreadsheet would run has an apostrophe before it, which reading takes away;
    see :mod:`~correctionkit.packages.tables.inert`.  NUL and half surrogate pairs, which
    no CSV can hold, become U+FFFD.
    """
    if isinstance(target, Path):
        with replacing(target) as file:
            _write_records(file, header, rows)
    else:
        _write_records(target, header, rows)


def set_up_page(sheet: Any) -> None:
    """Print a sheet on A4 landscape, as wide as the paper, with page numbers."""
    sheet.set_landscape()
    sheet.set_paper(_A4)
    sheet.fit_to_pages(1, 0)
    sheet.set_footer("&C&P / &N")


def _write_records(file: BinaryIO, header: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    text = io.TextIOWrapper(file, encoding="utf-8-sig", newline="")
    records = csv.writer(text, quoting=csv.QUOTE_ALL)
    for row in chain((header,), rows):
        records.writerow([guard(_NOT_IN_CSV.sub(REPLACEMENT, cell)) for cell in row])
    text.flush()
    text.detach()


def _write(file: BinaryIO, sheets: Sequence[SheetSpec]) -> tuple[str, ...]:
    big = sum(len(sheet.rows) for sheet in sheets) >= BIG_FROM
    options = {"constant_memory": True} if big else {"in_memory": True}
    book = xlsxwriter.Workbook(file, options)
    book.set_properties({"created": CREATED})
    looks = {name: book.add_format(look) for name, look in LOOKS.items()}
    changed: list[str] = []
    for spec, name in zip(sheets, sheet_names(spec.name for spec in sheets), strict=True):
        page = _Page(book.add_worksheet(name), looks)
        page.write(spec)
        changed.extend(f"{name}!{place}" for place in page.changed)
    book.close()
    return tuple(changed)


class _Page:
    """One worksheet, filled from the top: rows may only be written in their order."""

    def __init__(self, sheet: Any, looks: Mapping[str, Any]) -> None:
        self._sheet = sheet
        self._looks = looks
        self._row = 0
        self._widths: Sequence[int] = ()
        self.changed: list[str] = []

    def write(self, spec: SheetSpec) -> None:
        widths = spec.widths or column_widths(spec.header, spec.rows)
        self._widths = widths
        self._set_up(spec, widths)
        if spec.title:
            self._title(spec.title, len(widths))
        self._line(spec.header, repeat("header"))
        self._sheet.freeze_panes(self._row, 0)
        self._sheet.repeat_rows(0, self._row - 1)
        for number, row in enumerate(spec.rows):
            self._table_row(number, row, spec.marks)
        self._row += 1
        for note in spec.notes:
            self._line((note,), repeat("below"))

    def _set_up(self, spec: SheetSpec, widths: Sequence[int]) -> None:
        for column, width in enumerate(widths):
            self._sheet.set_column(column, column, width)
        set_up_page(self._sheet)

    def _title(self, title: str, width: int) -> None:
        self._sheet.set_row(self._row, 30)
        self._text(0, title, "title")
        # Centred across, not merged: merged cells would not be read back.
        for column in range(1, width):
            self._sheet.write_blank(self._row, column, None, self._looks["title"])
        self._row += 1

    def _table_row(
        self, number: int, row: Sequence[str], marks: Mapping[tuple[int, int | None], Mark]
    ) -> None:
        whole = marks.get((number, None))
        looks: list[str] = []
        for column in range(len(row)):
            own = marks.get((number, column))
            severity = (own and own.severity) or (whole and whole.severity)
            looks.append(severity or "cell")
            told = [mark.comment for mark in (whole if column == 0 else None, own) if mark]
            if comment := "\n".join(filter(None, told)):
                self._sheet.write_comment(self._row, column, writable(comment), _COMMENT)
        lines = lines_wanted(row, self._widths)
        if lines > 1:
            # LibreOffice leaves the height of a wrapped row as it is.
            self._sheet.set_row(self._row, min(lines * _LINE_HEIGHT, _HIGHEST))
        self._line(row, looks)

    def _line(self, texts: Sequence[str], looks: Iterable[str]) -> None:
        for column, (text, look) in enumerate(zip(texts, looks, strict=False)):
            self._text(column, text, look)
        self._row += 1

    def _text(self, column: int, text: str, look: str) -> None:
        style = self._looks[look]
        held = writable(text)
        if not held:
            self._sheet.write_blank(self._row, column, None, style)
        elif not _MISREAD.match(held):
            self._sheet.write_string(self._row, column, held, style)
        else:
            held = _CONTROLS.sub(REPLACEMENT, held)
            pieces = (held[0], held[1], *_ESCAPE_STARTS.split(held[2:]))
            self._sheet.write_rich_string(self._row, column, *filter(None, pieces), style)
        if held != text:
            self.changed.append(f"{column_letters(column)}{self._row + 1}")
