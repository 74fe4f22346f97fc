"""One streaming pass over a sheet's XML: values, kinds, formulas, what is hidden or merged."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from correctionkit.packages.tables.bounded_zip import BoundedZip
from correctionkit.packages.tables.cell_text import TextGatherer, plain_text, unescape
from correctionkit.packages.tables.cells import (
    EMPTY,
    MAX_COLUMN,
    MAX_ROW,
    REMEMBERED,
    Cell,
    CellKind,
    MergedRange,
)
from correctionkit.packages.tables.faults import BROKEN, TableUnreadable
from correctionkit.packages.tables.number_formats import iso_date
from correctionkit.packages.tables.plain_rows import PlainRows
from correctionkit.packages.tables.sheet_builder import SheetBuilder
from correctionkit.packages.tables.xlsx_parts import SharedStrings, is_true
from correctionkit.packages.tables.xml_stream import Attributes, Ends, Starts

_REFERENCE = re.compile(r"\$?([A-Za-z]{1,3})\$?([0-9]{1,7})")
_RANGE = re.compile(r"\$?[A-Za-z]{1,3}\$?[0-9]{1,7}:\$?[A-Za-z]{1,3}\$?[0-9]{1,7}")
_MIDNIGHT = re.compile(r"(\d{4}-\d\d-\d\d)T00:00(:00(\.0+)?)?Z?")


@dataclass(frozen=True, slots=True)
class CellContext:
    """What a workbook's cells are read against."""

    strings: SharedStrings
    date_styles: Sequence[bool]
    epoch_1904: bool


def read_sheet(package: BoundedZip, part: str, builder: SheetBuilder, context: CellContext) -> None:
    """Read a sheet part into *builder*."""
    sheet = _SheetPass(builder, context)
    plain = PlainRows(sheet)
    starts = {**sheet.starts, "sheetData": plain.table_begun}
    ends = {**sheet.ends, "row": plain.row_ended}
    package.parse(part, starts, ends, sheet.characters.append, plain.left_over)


class _SheetPass:
    def __init__(self, builder: SheetBuilder, context: CellContext) -> None:
        self._builder = builder
        self.shared_cell = context.strings.cell
        self._date_styles = context.date_styles
        self._epoch_1904 = context.epoch_1904
        self._columns: dict[str, int] = {}
        self._made: dict[tuple[str, str], Cell] = {}
        self._row = 0
        self._row_hidden = False
        self._column = -1
        self._in_cell = False
        self._type = "n"
        self._style = "0"
        self._value = ""
        self._formula: str | None = None
        self._has_inline = False
        self.characters: list[str] = []
        self._inline = TextGatherer(self.characters)
        self.starts: Starts = {
            "row": self._start_row,
            "c": self._start_cell,
            "v": self._start_value,
            "f": self._start_formula,
            "is": self._start_inline,
            **self._inline.starts,
            "col": self._take_columns,
            "mergeCell": self._take_merged,
            "dimension": self._take_dimension,
        }
        self.ends: Ends = {
            "c": self._end_cell,
            "v": self._end_value,
            "f": self._end_formula,
            **self._inline.ends,
        }

    def column(self, letters: str) -> int:
        """Return the number of a column."""
        return _column(letters)

    def value_cell(self, value: str, kind: str, style: str) -> Cell:
        """Return the cell of a value."""
        self._type, self._style = kind, style
        return self._typed(value)

    def inline_cell(self, text: str, *, preserve: bool) -> Cell:
        """Return the cell of a text in the sheet itself."""
        value = plain_text(text, preserve=preserve)
        return Cell(value, CellKind.TEXT) if value else EMPTY

    def take_row(self, attributes: Attributes, cells: list[Cell]) -> None:
        """Take a whole row."""
        self._start_row(attributes)
        if not cells:
            return
        if not 1 <= self._row <= MAX_ROW:
            raise TableUnreadable(BROKEN)
        if self._row_hidden:
            self._builder.hide_row(self._row)
        self._builder.add_row(self._row, cells)

    def _start_row(self, attributes: Attributes) -> None:
        self._row = int(attributes["r"]) if "r" in attributes else self._row + 1
        self._column = -1
        self._row_hidden = is_true(attributes.get("hidden")) or _is_zero(attributes.get("ht"))

    def _start_cell(self, attributes: Attributes) -> None:
        if self._in_cell:
            raise TableUnreadable(BROKEN)
        self._in_cell = True
        reference = attributes.get("r")
        if reference:
            letters = reference.rstrip("0123456789")
            if letters not in self._columns:
                self._columns[letters] = _column(letters)
            self._column = self._columns[letters]
            self._row = int(reference[len(letters) :])
        else:
            self._column += 1
        self._type = attributes.get("t", "n")
        self._style = attributes.get("s", "0")
        self._value = ""
        self._formula = None
        self._has_inline = False

    def _end_cell(self) -> None:
        self._in_cell = False
        value = self._value
        if self._has_inline:
            self._type = "inlineStr"
            value = self._inline.take() or value
        cell = self._typed(value) if value else EMPTY
        if self._formula is not None:
            cell = Cell(cell.text or f"={self._formula}", CellKind.FORMULA)
        if cell is EMPTY:
            return
        if not (1 <= self._row <= MAX_ROW and self._column < MAX_COLUMN):
            raise TableUnreadable(BROKEN)
        self._builder.add(self._row, self._column, cell)
        if self._row_hidden:
            self._builder.hide_row(self._row)

    def _start_inline(self, _: Attributes) -> None:
        self._inline.take()
        self._has_inline = True

    def _start_value(self, _: Attributes) -> None:
        self.characters.clear()

    def _end_value(self) -> None:
        self._value = "".join(self.characters)

    def _start_formula(self, attributes: Attributes) -> None:
        self.characters.clear()
        if "ref" in attributes and attributes.get("t") in ("array", "dataTable"):
            self._builder.fill(parse_range(attributes["ref"]))

    def _end_formula(self) -> None:
        self._formula = "".join(self.characters)

    def _take_columns(self, attributes: Attributes) -> None:
        if is_true(attributes.get("hidden")) or _is_zero(attributes.get("width")):
            self._builder.hide_columns(int(attributes["min"]) - 1, int(attributes["max"]) - 1)

    def _take_dimension(self, attributes: Attributes) -> None:
        if _RANGE.fullmatch(attributes.get("ref", "")):
            self._builder.state(parse_range(attributes["ref"]))

    def _take_merged(self, attributes: Attributes) -> None:
        self._builder.merge(parse_range(attributes["ref"]))

    def _typed(self, value: str) -> Cell:
        kind = self._type
        if kind == "s":
            return self.shared_cell(int(value))
        if kind == "n":
            style = int(self._style or 0)
            if style < len(self._date_styles) and self._date_styles[style]:
                kind = "date"
        cell = self._made.get((value, kind))
        if cell is None:
            cell = self._cell(value, kind)
            if len(self._made) >= REMEMBERED:
                self._made.clear()
            self._made[value, kind] = cell
        return cell

    def _cell(self, value: str, kind: str) -> Cell:
        plain = value.strip()
        if kind == "date":
            shown = iso_date(float(plain), epoch_1904=self._epoch_1904)
            if shown is not None:
                return Cell(shown, CellKind.DATE)
        if kind in ("n", "date"):
            return Cell(plain, CellKind.NUMBER) if plain else EMPTY
        if kind == "b":
            return Cell("TRUE" if is_true(plain) else "FALSE", CellKind.BOOLEAN)
        if kind == "e":
            return Cell(plain, CellKind.ERROR)
        if kind == "d":
            midnight = _MIDNIGHT.fullmatch(plain)
            return Cell(midnight[1] if midnight else plain, CellKind.DATE)
        # Inline text comes unescaped already.
        return Cell(value if kind == "inlineStr" else unescape(value), CellKind.TEXT)


def parse_range(text: str) -> MergedRange:
    """Read ``A2:B3`` or ``A2``."""
    first, _, last = text.partition(":")
    corners = [_REFERENCE.fullmatch(corner) for corner in (first, last or first)]
    if corners[0] is None or corners[1] is None:
        raise TableUnreadable(BROKEN)
    rows = sorted(int(corner[2]) for corner in corners if corner)
    columns = sorted(_column(corner[1]) for corner in corners if corner)
    return MergedRange(rows[0], columns[0], rows[1], columns[1])


def _column(letters: str) -> int:
    number = 0
    if not (1 <= len(letters) <= 3 and letters.isascii() and letters.isalpha()):
        raise TableUnreadable(BROKEN)
    for letter in letters.upper():
        number = number * 26 + ord(letter) - ord("A") + 1
    return number - 1


def _is_zero(size: str | None) -> bool:
    return size is not None and float(size) == 0
