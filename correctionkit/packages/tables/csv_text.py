"""Reading CSV: whatever delimiter and encoding Chinese and English Excel write."""

from __future__ import annotations

import codecs
import csv
import io
import itertools
import re
from collections.abc import Iterator

from correctionkit.packages.tables.cells import (
    EMPTY,
    REMEMBERED,
    Cell,
    CellKind,
    TableFormat,
    Workbook,
)
from correctionkit.packages.tables.faults import (
    CELL_TOO_LONG,
    ENCODING,
    NOT_A_WORKBOOK,
    QUOTE_OPEN,
    TableUnreadable,
)
from correctionkit.packages.tables.inert import unguard
from correctionkit.packages.tables.outlet import Outlet
from correctionkit.packages.tables.sheet_builder import SheetBuilder
from correctionkit.policy.bounds import TableBounds

DELIMITERS = ",\t;"
_SNIFFED_LINES = 50
_SEPARATOR_LINE = re.compile(r"sep=([,\t;])(?:\r\n|\r|\n|$)")
_QUOTED = re.compile(r'"[^"]*"?')
_LAST = "\x00"
"""Stands after the last line; a quotation mark left open would swallow it."""


def read_csv(
    content: bytes, name: str, bounds: TableBounds, outlet: Outlet | None = None
) -> Workbook:
    """Read a CSV file as a workbook of one sheet, its rows to *outlet* where there is one.

    Every cell is text, but for what begins with ``=``, the form ``="0123"`` too: Excel
    runs that as a formula.
    """
    if outlet is not None:
        outlet.begin(name, hidden=False)
    builder = SheetBuilder(name, bounds, outlet=outlet)
    made: dict[str, Cell] = {"": EMPTY}
    # Spreadsheets count records, not lines: a cell may hold line breaks.
    number = 0
    try:
        for number, record in enumerate(records(content), 1):
            builder.add_row(number, [made.get(value) or _cell(value, made) for value in record])
    except csv.Error as error:
        # The reader's own bound on what one cell holds, far above any policy's.
        limit = bounds.max_cell_characters
        raise TableUnreadable(
            CELL_TOO_LONG, sheet=name, cell=f"?{number + 1}", limit=limit
        ) from error
    return Workbook(name, TableFormat.CSV, (builder.finish(),))


def _cell(value: str, made: dict[str, Cell]) -> Cell:
    kind = CellKind.FORMULA if value.startswith("=") else CellKind.TEXT
    cell = Cell(unguard(value), kind)
    if len(made) >= REMEMBERED:
        made.clear()
        made[""] = EMPTY
    made[value] = cell
    return cell


def records(content: bytes) -> Iterator[list[str]]:
    """Return the records of a CSV file one by one, however many there are.

    Raises :exc:`TableUnreadable`, and csv.Error for a cell beyond the reader's own bound.
    """
    text = decode(content)
    if _LAST in text:
        raise TableUnreadable(NOT_A_WORKBOOK)
    separator = _SEPARATOR_LINE.match(text)
    if separator:
        text = text[separator.end() :]
    return _records(text, separator[1] if separator else sniff_delimiter(text))


def decode(content: bytes) -> str:
    """Decode by byte order mark, else as UTF-8, else as GB 18030; all of them strictly."""
    if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        candidates: tuple[str, ...] = ("utf-16",)
    else:
        candidates = ("utf-8-sig", "gb18030")
    for encoding in candidates:
        try:
            return content.decode(encoding).removeprefix("\ufeff")
        except UnicodeDecodeError:
            continue
    raise TableUnreadable(ENCODING)


def sniff_delimiter(text: str) -> str:
    """Return the delimiter that the first lines hold most, outside quotation marks."""
    lines = itertools.islice(io.StringIO(text, newline=""), _SNIFFED_LINES)
    bare = _QUOTED.sub("", "".join(lines))
    return max(DELIMITERS, key=bare.count)


def _records(text: str, delimiter: str) -> Iterator[list[str]]:
    lines = itertools.chain(io.StringIO(text, newline=""), (_LAST,))
    reader = csv.reader(lines, delimiter=delimiter)
    before = next(reader)
    for record in reader:
        yield before
        before = record
    if before != [_LAST]:
        raise TableUnreadable(QUOTE_OPEN)
