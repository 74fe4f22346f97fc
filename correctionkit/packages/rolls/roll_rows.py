"""Rows of a roll as records: each cell read, what was typed told, what is wrong found.

Most rows of a roll are in order, and there are very many: a row is read the quick way first,
by tables of what was met before, and the thorough way where that has the least doubt.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from correctionkit import names
from correctionkit.catalog import table_codes, value_codes
from correctionkit.findings import Finding
from correctionkit.masking import MASK
from correctionkit.numbers.faults import NumberFault
from correctionkit.packages.rolls.columns import IDENTITY, UNKEPT, RollColumn, columns_of
from correctionkit.packages.rolls.quick_ways import is_surely_sound, quick_way
from correctionkit.packages.rolls.row_findings import RowFindings, shown
from correctionkit.packages.rolls.whole_records import (
    Where,
    check_identity_of,
)
from correctionkit.packages.tables.cells import Cell, CellKind
from correctionkit.policy.model import Policy
from correctionkit.readings import Reading

_REMEMBERED = 20_000
_NO_VALUE = frozenset({CellKind.ERROR, CellKind.BOOLEAN})


class RollReader:
    """Reads rows of a roll by a policy, as of the day *on*.

    *statuses* are words for statuses beside the policy's, *limits* the most characters that
    a column keeps.
    """

    def __init__(
        self,
        policy: Policy,
        on: date,
        *,
        statuses: Mapping[str, str],
        limits: Mapping[str, int],
    ) -> None:
        self._policy = policy
        self._on = on
        self._today = on.isoformat().replace("-", "")
        self.columns = columns_of(policy, statuses, limits)
        # By column: what was read of a text without a finding.  Names and numbers seldom repeat.
        self._met: dict[str, dict[str, str]] = {
            each.id: {}
            for each in self.columns.values()
            if not (each.key or each.is_name or each.id == IDENTITY)
        }
        self._quick = {
            id_: quick_way(each, self._met.get(id_)) for id_, each in self.columns.items()
        }

    def read(self, cells: Mapping[str, Cell], where: Where) -> tuple[dict[str, str], list[Finding]]:
        """Return the values of a row, as they are kept, and the findings about it.

        *where* gives the location of a column's cell.
        """
        values: dict[str, str] = {}
        row = None
        quick, plain, empty = self._quick, CellKind.TEXT, CellKind.EMPTY
        for column, cell in cells.items():
            if cell.kind is plain:
                value = quick[column](cell.text)
            else:
                value = "" if cell.kind is empty else None
            if value is None:
                row = row or RowFindings(cells, where)
                value = self._value(row, column, cell)
            values[column] = value
        if row and row.findings:
            return values, self._judged_whole(row, values)
        if is_surely_sound(values, self._today):
            return values, []
        return values, list(check_identity_of(values, self._on, where))

    def read_thoroughly(
        self, cells: Mapping[str, Cell], where: Where
    ) -> tuple[dict[str, str], list[Finding]]:
        """Read a row without a shortcut; the outcome is that of :meth:`read`."""
        row = RowFindings(cells, where)
        values = {column: self._value(row, column, cell) for column, cell in cells.items()}
        return values, self._judged_whole(row, values)

    def _judged_whole(self, row: RowFindings, values: Mapping[str, str]) -> list[Finding]:
        """Add what is wrong with the row as a whole, as far as its cells can be used."""
        if row.faulty_columns.isdisjoint((IDENTITY, "document_kind")):
            usable = {
                column: value
                for column, value in values.items()
                if column not in row.faulty_columns
            }
            row.findings += check_identity_of(usable, self._on, row.where)
        return row.findings

    def _value(self, row: RowFindings, column: str, cell: Cell) -> str:
        count = len(row.findings)
        value = self._read_cell(row, self.columns[column], cell)
        if len(row.findings) == count and cell.kind is CellKind.TEXT:
            met = self._met.get(column)
            if met is not None and len(met) < _REMEMBERED:
                met[cell.text] = value
        return value

    def _read_cell(self, row: RowFindings, column: RollColumn, cell: Cell) -> str:
        if cell.kind is CellKind.EMPTY:
            return ""
        if cell.kind is CellKind.FORMULA:
            row.refuse(table_codes.CELL_FORMULA, column.id)
            return ""
        if cell.kind in _NO_VALUE:
            row.refuse(
                value_codes.VALUE_UNKNOWN, column.id, value=cell.text, fault="no-value-of-a-table"
            )
            return ""
        reading = column.read(cell.text)
        if cell.kind is CellKind.NUMBER and column.as_text:
            row.refuse(table_codes.CELL_NOT_TEXT, column.id, shown=shown(column, cell.text))
            return ""
        if reading.changed and cell.kind is CellKind.TEXT:
            row.tell_reading(column, reading)
        if not reading.read:
            return ""
        return self._judged(row, column, reading.read)

    def _judged(self, row: RowFindings, column: RollColumn, text: str) -> str:
        """Judge a text that was read, and return what is kept of it."""
        if column.is_name:
            self._judge_name(row, column, text)
        elif column.key:
            self._judge_number(row, column, text)
        elif column.word:
            text = self._word(row, column, text)
        elif column.id == IDENTITY and MASK in text:
            row.unknown(column.id, shown(column, text), "masked")
            return ""
        elif unkept := UNKEPT.findall(text):
            signs = [f"U+{ord(sign):04X}" for sign in dict.fromkeys(unkept)]
            row.unknown(column.id, shown(column, text), "text-unkept", characters=signs)
            return ""
        if len(text) > column.limit and not column.is_name and column.id not in row.faulty_columns:
            row.unknown(column.id, shown(column, text), "text-too-long", limit=column.limit)
        return text

    def _judge_name(self, row: RowFindings, column: RollColumn, text: str) -> None:
        for fault in names.faults(text, max_length=column.limit):
            row.refuse(
                value_codes.NAME_INVALID,
                column.id,
                value=text,
                fault=fault.fault,
                **fault.params,
            )

    def _judge_number(self, row: RowFindings, column: RollColumn, text: str) -> None:
        key = column.key
        if key is None:
            raise AssertionError("a number has a pattern")
        try:
            parsed = key.pattern.parse(text)
        except NumberFault as fault:
            row.refuse(
                value_codes.NUMBER_MALFORMED,
                column.id,
                value=text,
                fault=fault.fault,
                **fault.params,
            )
            return
        category = parsed.part("category")
        if category and key.categories and category not in key.categories:
            row.tell(value_codes.NUMBER_CATEGORY_UNKNOWN, column.id, value=text, category=category)

    def _word(self, row: RowFindings, column: RollColumn, text: str) -> str:
        kept = column.word(text) if column.word else None
        if kept is None:
            if column.is_day:
                row.unknown(column.id, text, "no-date")
            elif near := column.nearest(text) if column.nearest else None:
                row.unknown(column.id, text, "looks-like", suggestion=near)
            else:
                row.unknown(column.id, text, "not-in-list")
            return text
        if kept != text and not column.coded and not column.is_day:
            row.tell_reading(column, Reading(text, kept, ("word-of-list",)))
        return kept
