"""One pass over a sheet's records: values, kinds, formulas, what is hidden or merged."""

from __future__ import annotations

import struct
from collections.abc import Callable, Sequence

from correctionkit.packages.tables.biff_records import Record, TextReader
from correctionkit.packages.tables.cells import Cell, CellKind, MergedRange
from correctionkit.packages.tables.number_formats import iso_date
from correctionkit.packages.tables.sheet_builder import SheetBuilder

_ERRORS = {
    0x00: "#NULL!",
    0x07: "#DIV/0!",
    0x0F: "#VALUE!",
    0x17: "#REF!",
    0x1D: "#NAME?",
    0x24: "#NUM!",
    0x2A: "#N/A",
}
_ROW_HIDDEN = 0x20
_COLUMN_HIDDEN = 0x01
_NOT_A_NUMBER = 0xFFFF
_WAITING_FOR_STRING, _BOOLEAN, _ERROR = 0, 1, 2


class SheetPass:
    """Takes a sheet's records into a builder.  *codec* is None in BIFF8, which has Unicode."""

    def __init__(
        self,
        builder: SheetBuilder,
        *,
        strings: Sequence[str],
        date_styles: Sequence[bool],
        epoch_1904: bool,
        codec: str | None,
    ) -> None:
        self._builder = builder
        self._strings = strings
        self._date_styles = date_styles
        self._epoch_1904 = epoch_1904
        self._codec = codec
        self._formula_at: tuple[int, int] | None = None
        self._takers: dict[int, Callable[[Record], None]] = {
            0x00FD: self._take_shared_text,
            0x0204: self._take_text,
            0x00D6: self._take_text,
            0x0203: self._take_number,
            0x027E: self._take_short_number,
            0x00BD: self._take_short_numbers,
            0x0205: self._take_boolean_or_error,
            0x0006: self._take_formula,
            0x0207: self._take_formula_string,
            0x0208: self._take_row,
            0x007D: self._take_columns,
            0x00E5: self._take_merged,
        }

    def take(self, record: Record) -> None:
        """Take one record; kinds without cells, sizes or merges are passed over."""
        taker = self._takers.get(record.kind)
        if taker is not None:
            taker(record)

    def finish(self, text: str = "") -> None:
        """Place the formula that still waits for its text, with *text*."""
        if self._formula_at is not None:
            row, column = self._formula_at
            self._formula_at = None
            self._add(row, column, text, CellKind.FORMULA)

    def _add(self, row: int, column: int, text: str, kind: CellKind) -> None:
        if text or kind is CellKind.FORMULA:
            self._builder.add(row + 1, column, Cell(text, kind))

    def _add_number(self, row: int, column: int, style: int, number: float) -> None:
        shown = self._date(number, style)
        kind = CellKind.NUMBER if shown is None else CellKind.DATE
        self._add(row, column, number_text(number) if shown is None else shown, kind)

    def _date(self, number: float, style: int) -> str | None:
        if style < len(self._date_styles) and self._date_styles[style]:
            return iso_date(number, epoch_1904=self._epoch_1904)
        return None

    def _take_shared_text(self, record: Record) -> None:
        row, column, _, index = struct.unpack_from("<HHHI", record.body)
        self._add(row, column, self._strings[index], CellKind.TEXT)

    def _take_text(self, record: Record) -> None:
        row, column = struct.unpack_from("<HH", record.body)
        self._add(row, column, self._text(record, 6), CellKind.TEXT)

    def _take_number(self, record: Record) -> None:
        self._add_number(*struct.unpack_from("<HHHd", record.body))

    def _take_short_number(self, record: Record) -> None:
        row, column, style, packed = struct.unpack_from("<HHHI", record.body)
        self._add_number(row, column, style, _unpacked(packed))

    def _take_short_numbers(self, record: Record) -> None:
        row, first = struct.unpack_from("<HH", record.body)
        for offset, (style, packed) in enumerate(struct.iter_unpack("<HI", record.body[4:-2])):
            self._add_number(row, first + offset, style, _unpacked(packed))

    def _take_boolean_or_error(self, record: Record) -> None:
        row, column, _, value, is_error = struct.unpack_from("<HHHBB", record.body)
        kind = CellKind.ERROR if is_error else CellKind.BOOLEAN
        self._add(row, column, _boolean_or_error(value, is_error=bool(is_error)), kind)

    def _take_formula(self, record: Record) -> None:
        self.finish()
        row, column, style, kind, value, mark = struct.unpack_from("<HHHBxBxxxH", record.body)
        if mark != _NOT_A_NUMBER:
            (number,) = struct.unpack_from("<d", record.body, 6)
            shown = self._date(number, style) or number_text(number)
        elif kind in (_BOOLEAN, _ERROR):
            shown = _boolean_or_error(value, is_error=kind == _ERROR)
        elif kind == _WAITING_FOR_STRING:
            self._formula_at = (row, column)
            return
        else:
            shown = ""
        self._add(row, column, shown, CellKind.FORMULA)

    def _take_formula_string(self, record: Record) -> None:
        self.finish(self._text(record, 0))

    def _take_row(self, record: Record) -> None:
        row, flags = struct.unpack_from("<H10xH", record.body)
        if flags & _ROW_HIDDEN:
            self._builder.hide_row(row + 1)

    def _take_columns(self, record: Record) -> None:
        first, last, flags = struct.unpack_from("<HH4xH", record.body)
        if flags & _COLUMN_HIDDEN:
            self._builder.hide_columns(first, last)

    def _take_merged(self, record: Record) -> None:
        for top, bottom, left, right in struct.iter_unpack("<HHHH", record.body[2:]):
            self._builder.merge(MergedRange(top + 1, left, bottom + 1, right))

    def _text(self, record: Record, at: int) -> str:
        if self._codec is None:
            return TextReader(record, at).text()
        (length,) = struct.unpack_from("<H", record.body, at)
        return record.body[at + 2 : at + 2 + length].decode(self._codec, "replace")


def number_text(number: float) -> str:
    """Show a number with all the digits that are kept; whole ones plain up to 16 digits."""
    if number.is_integer() and abs(number) < 1e16:
        return str(int(number))
    return repr(number).replace("e", "E")


def _unpacked(packed: int) -> float:
    # MS-XLS 2.5.217: two flags, then a whole number or the upper half of a double.
    if packed & 0x02:
        number = float((packed >> 2) - (1 << 30) if packed & 0x80000000 else packed >> 2)
    else:
        (number,) = struct.unpack("<d", struct.pack("<II", 0, packed & 0xFFFFFFFC))
    return number / 100 if packed & 0x01 else number


def _boolean_or_error(value: int, *, is_error: bool) -> str:
    if is_error:
        return _ERRORS.get(value, "#ERROR!")
    return "TRUE" if value else "FALSE"
