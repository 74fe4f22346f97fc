"""Rows of a summary table as requests: cells read, what was typed told, terms found."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from correctionkit.catalog import table_codes, value_codes
from correctionkit.findings import Finding, FindingType, Location
from correctionkit.masking import mask_number
from correctionkit.numbers.faults import NumberFault
from correctionkit.packages.summaries.summary import SummaryRow, SummarySheet
from correctionkit.packages.tables.cells import Cell, CellKind
from correctionkit.policy.model import Policy
from correctionkit.policy.vocabulary import Field, Term
from correctionkit.readings import Reading, matching_key, read_name, read_number, read_text
from correctionkit.requests.model import CorrectionRequest
from correctionkit.requests.values import read_date, read_value
from correctionkit.terms import ValueType

_READ = ("number", "name", "field", "old", "new", "reason")
_TEXT_NEEDED = ("number", "name", "old", "new")
_WHOLE_NUMBER = re.compile(r"\d{1,15}", re.ASCII)
_SEVERAL = re.compile(r"[、,，/;；和及与]")


@dataclass(frozen=True, slots=True)
class ReadRow:
    """One row as read: the student, and the request where all its terms are known.

    *usable* says that number and values are what somebody typed, whole, so that they can
    be judged.  *as_read* holds the text of each cell that was read, by column id.
    """

    number: str
    name: str
    status: str | None
    location: Location
    request: CorrectionRequest | None
    usable: bool
    findings: tuple[Finding, ...]
    as_read: Mapping[str, str]


def read_rows(sheet: SummarySheet, policy: Policy) -> Iterator[ReadRow]:
    """Read every request of a sheet; what is wrong in a row is told with it."""
    terms = _Terms(policy)
    for row in sheet.rows:
        yield _RowReader(sheet, row, policy, terms).read()


class _Terms:
    """Fields and reasons by every way they are written."""

    def __init__(self, policy: Policy) -> None:
        self.fields = _by_spelling(policy.vocabulary.fields)
        self.reasons = _by_spelling(policy.vocabulary.reasons)


def _by_spelling(terms: Mapping[str, Term]) -> dict[str, str]:
    return {
        matching_key(spelling): each.id for each in terms.values() for spelling in each.spellings()
    }


class _RowReader:
    """Reads one row, collecting findings on the way."""

    def __init__(self, sheet: SummarySheet, row: SummaryRow, policy: Policy, terms: _Terms) -> None:
        self.sheet = sheet
        self.row = row
        self.policy = policy
        self.terms = terms
        self.findings: list[Finding] = []
        self.student: str | None = None
        self.field: Field | None = None

    def read(self) -> ReadRow:
        self.student = self._known_number() or None
        field = self._term("field", self.terms.fields)
        self.field = self.policy.vocabulary.fields[field] if field else None
        reason = self._term("reason", self.terms.reasons)
        values = {column: self._value(column) for column in ("number", "name", "old", "new")}
        self._check_number(values["number"])
        values["number"] = self.student or ""
        if "name" in self.row.cells and not values["name"]:
            self._say(value_codes.VALUE_UNKNOWN, "name", value="", fault="missing")
        changed = self._change_date()
        self._check_formulas()
        status = self.sheet.status.id if self.sheet.status else None
        request = None
        if self.student and field and reason and status:
            request = CorrectionRequest(
                number=values["number"],
                name=values["name"],
                status=status,
                field=field,
                old=values["old"],
                new=values["new"],
                reason=reason,
                change_date=changed,
                location=self.row.location,
            )
        return ReadRow(
            values["number"],
            values["name"],
            status,
            self.row.location,
            request,
            "new" in self.row.cells
            and all(self._usable(column) for column in ("number", "old", "new")),
            tuple(self.findings),
            {
                column: text
                for column, text in (
                    *values.items(),
                    ("field", read_text(self._text("field")).read),
                    ("reason", read_text(self._text("reason")).read),
                )
                if column in self.row.cells
            },
        )

    def _known_number(self) -> str:
        """Return the student's number, empty where a spreadsheet has lost its digits."""
        cell = self._cell("number")
        if cell is None or (
            cell.kind is CellKind.NUMBER and not _WHOLE_NUMBER.fullmatch(cell.text)
        ):
            return ""
        return read_number(cell.text).read

    def _cell(self, column: str) -> Cell | None:
        return self.row.cells.get(column)

    def _text(self, column: str) -> str:
        cell = self._cell(column)
        return cell.text if cell else ""

    def _heading(self, column: str) -> str:
        return self.sheet.headings.typed.get(column, column)

    def _usable(self, column: str) -> bool:
        """Tell whether the cell holds what somebody typed, whole."""
        cell = self._cell(column)
        if cell is None:
            return True
        return cell.kind is not CellKind.FORMULA and not self._digits_lost(column, cell)

    def _digits_lost(self, column: str, cell: Cell) -> bool:
        if cell.kind is not CellKind.NUMBER or column not in _TEXT_NEEDED:
            return False
        dated = self.field is not None and self.field.value is ValueType.DATE
        return not (dated and column in ("old", "new"))

    def _say(self, type_: FindingType, column: str, **params: Any) -> None:
        self.findings.append(
            type_.at(
                replace(self.row.location, column=self._heading(column)),
                student=self.student,
                field=self.field.id if self.field else None,
                column=self._heading(column),
                **params,
            )
        )

    def _value(self, column: str) -> str:
        """Read one cell, tell what had to be set right, and return what was read."""
        cell = self._cell(column)
        if cell is None:
            return ""
        private = column in ("old", "new") and self._holds_identity()
        if cell.kind is CellKind.FORMULA:
            self._say(table_codes.CELL_FORMULA, column)
        elif self._digits_lost(column, cell):
            shown = mask_number(cell.text) if private else cell.text
            self._say(table_codes.CELL_NOT_TEXT, column, shown=shown)
        reading = self._reading(column, cell.text)
        if reading.changed and cell.kind is CellKind.TEXT:
            typed, read = reading.typed, reading.read
            if private:
                typed, read = mask_number(typed), mask_number(read)
            self._say(
                table_codes.CELL_NORMALISED,
                column,
                typed=typed,
                read=read,
                changes=list(reading.changes),
            )
        return reading.read

    def _holds_identity(self) -> bool:
        return self.field is not None and self.field.value is ValueType.ID_NUMBER

    def _reading(self, column: str, text: str) -> Reading:
        if column == "number":
            return read_number(text)
        if column == "name":
            return read_name(text)
        if column in ("old", "new") and self.field:
            return read_value(self.field.value, text).reading
        return read_text(text)

    def _term(self, column: str, known: Mapping[str, str]) -> str | None:
        cell = self._cell(column)
        if cell is None:
            return None
        if cell.kind is CellKind.FORMULA:
            self._say(table_codes.CELL_FORMULA, column)
            return None
        reading = read_text(cell.text)
        term = known.get(matching_key(cell.text))
        if term is None:
            self._say(
                value_codes.VALUE_UNKNOWN,
                column,
                value=reading.read,
                fault=_term_fault(reading.read, known),
            )
        elif reading.changed:
            self._say(
                table_codes.CELL_NORMALISED,
                column,
                typed=reading.typed,
                read=reading.read,
                changes=list(reading.changes),
            )
        return term

    def _check_number(self, number: str) -> None:
        cell = self._cell("number")
        if cell is None or self.sheet.status is None or not self._usable("number"):
            return
        key = self.policy.key_of(self.sheet.status.id)
        try:
            parsed = key.pattern.parse(number)
        except NumberFault as fault:
            self._say(
                value_codes.NUMBER_MALFORMED,
                "number",
                value=number,
                fault=fault.fault,
                **fault.params,
            )
            return
        category = parsed.part("category")
        if category and key.categories and category not in key.categories:
            self._say(
                value_codes.NUMBER_CATEGORY_UNKNOWN, "number", value=number, category=category
            )

    def _check_formulas(self) -> None:
        """Tell formulas in columns that are carried along and not read; serials may be counted."""
        counted = {column.id for column in self.policy.columns if column.numeric}
        for column, cell in self.row.cells.items():
            if cell.kind is CellKind.FORMULA and column not in _READ and column not in counted:
                self._say(table_codes.CELL_FORMULA, column)

    def _change_date(self) -> date | None:
        text = read_text(self._text("change_date")).read
        if not text:
            return None
        day = read_date(text)
        if day is None:
            self._say(value_codes.VALUE_UNKNOWN, "change_date", value=text, fault="no-date")
        return day


def _term_fault(text: str, known: Mapping[str, str]) -> str:
    if not text:
        return "missing"
    parts = [part for part in _SEVERAL.split(text) if part]
    if len(parts) > 1 and any(matching_key(part) in known for part in parts):
        return "several-fields"
    return "not-in-list"
