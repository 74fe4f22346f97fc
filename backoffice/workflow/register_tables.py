"""Reading of an outside register's list: rows by number, and what could not be used."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from django.db import models
from django.utils.translation import gettext_lazy as _

from correctionkit.catalog import table_codes
from correctionkit.findings import Location
from correctionkit.packages.summaries.headings import find_headings
from correctionkit.packages.summaries.summary import is_note
from correctionkit.packages.tables.cells import CellKind, column_letters
from correctionkit.packages.tables.faults import TableUnreadable
from correctionkit.packages.tables.workbook import read_workbook
from correctionkit.readings import read_number
from correctionkit.terms import ValueType

_NUMBERS = ("student_number", "certificate_number")
# Spreadsheets keep that many digits of a number that was typed as one.
_KEPT_DIGITS = 15
_INERT = frozenset({CellKind.FORMULA, CellKind.ERROR})


class RowFault(models.TextChoices):
    """Why a row or cell of a list was not used."""

    NO_NUMBER = "no-number", _("No student or certificate number: the row was passed over.")
    REPEATED = "repeated", _("This number stands further up already: the first row holds.")
    FORMULA = "formula", _("A formula or an error of one: type the value itself.")
    DIGITS_LOST = "digits-lost", _("Typed as a number, so that digits are lost: use text.")


class RegisterUnreadable(Exception):
    """A list cannot be used at all; *finding* says why, by the terms of *rules*."""

    def __init__(self, finding, rules):
        super().__init__(finding.code)
        self.finding = finding
        self.rules = rules


@dataclass(frozen=True, slots=True)
class Fault:
    """Where something could not be used: sheet, row, column as a spreadsheet names it."""

    sheet: str
    row: int
    column: str
    fault: str


@dataclass(frozen=True, slots=True)
class RegisterRow:
    """One student of the list; *values* holds the cells that could be read, by field."""

    number: int
    values: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class RegisterTable:
    """A list as read.  *fields* are those that it has a column of."""

    places: Mapping[str, RegisterRow]
    fields: tuple[str, ...]
    faults: tuple[Fault, ...]
    rows: int

    def find(self, record):
        """Return the row of a student record, or None."""
        for number in (record.number, record.certificate_number):
            row = self.places.get(read_number(number).read) if number else None
            if row is not None:
                return row
        return None


def read_register(content, name, rules):
    """Read a list, given as bytes, by the columns that *rules* give the roll.

    Raises RegisterUnreadable.
    """
    try:
        workbook = read_workbook(content, name, rules.table_bounds)
    except TableUnreadable as error:
        finding = table_codes.TABLE_UNREADABLE.at(
            Location(table=name), fault=error.fault, **error.params
        )
        raise RegisterUnreadable(finding, rules) from error
    reader = _Reader(rules)
    missing = [reader.take(sheet) for sheet in workbook.sheets]
    if all(missing):
        finding = table_codes.TABLE_COLUMNS.at(
            Location(table=name), missing=min(missing, key=len), doubled=[]
        )
        raise RegisterUnreadable(finding, rules)
    return reader.finish()


class _Reader:
    """Gathers the rows of one sheet after another."""

    def __init__(self, rules):
        self._columns = rules.roll_columns
        self._kinds = {each.id: each.value for each in rules.vocabulary.fields.values()}
        self._places = {}
        self._fields = {}
        self._faults = []
        self._rows = 0

    def take(self, sheet):
        """Read one sheet; returns the headings that it lacks to be of use."""
        headings = find_headings(sheet, self._columns)
        at = headings.at if headings else {}
        fields = [column for column in at if column in self._kinds]
        numbers = [column for column in _NUMBERS if column in at]
        if not fields or not numbers:
            wanted = [*(() if numbers else _NUMBERS), *(() if fields else self._kinds)]
            return [each.headings[0] for each in self._columns if each.id in wanted]
        self._fields.update(dict.fromkeys(fields))
        for row in sheet.rows:
            if row.number > headings.row.number and row.texts != headings.row.texts:
                self._take_row(sheet, row, at, numbers, fields)
        return []

    def finish(self):
        """Return what was gathered."""
        return RegisterTable(
            MappingProxyType(self._places), tuple(self._fields), tuple(self._faults), self._rows
        )

    def _take_row(self, sheet, row, at, numbers, fields):
        if not any(row.cell(place).text.strip() for place in at.values()):
            return
        keys, faulty = [], False
        for column in numbers:
            fault = _number_fault(row.cell(at[column]))
            faulty = faulty or bool(fault)
            if fault:
                self._add_fault(sheet, row, at[column], fault)
            elif number := read_number(row.cell(at[column]).text).read:
                keys.append((number, at[column]))
        if not keys:
            # Notes and signatures below a table are no students.
            if not faulty and not is_note(row):
                self._add_fault(sheet, row, at[numbers[0]], RowFault.NO_NUMBER)
            return
        self._rows += 1
        found = RegisterRow(row.number, MappingProxyType(self._values(sheet, row, at, fields)))
        for number, place in keys:
            if self._places.setdefault(number, found) is not found:
                self._add_fault(sheet, row, place, RowFault.REPEATED)

    def _values(self, sheet, row, at, fields):
        values = {}
        for field in fields:
            cell = row.cell(at[field])
            fault = ""
            if cell.kind in _INERT:
                fault = RowFault.FORMULA
            elif self._kinds[field] is ValueType.ID_NUMBER:
                fault = _number_fault(cell)
            if fault:
                self._add_fault(sheet, row, at[field], fault)
            else:
                values[field] = cell.text
        return values

    def _add_fault(self, sheet, row, place, fault):
        self._faults.append(Fault(sheet.name, row.number, column_letters(place), str(fault)))


def _number_fault(cell):
    if cell.kind in _INERT:
        return RowFault.FORMULA
    if cell.kind is CellKind.NUMBER and not (
        cell.text.isdecimal() and len(cell.text) <= _KEPT_DIGITS
    ):
        return RowFault.DIGITS_LOST
    return ""
