"""Rows on their way through the phases: as the file has them, as read, as compared."""

import json
import re
from dataclasses import dataclass, field
from typing import NamedTuple

from correctionkit.findings import Location
from correctionkit.terms import Severity

LONGEST_SHEET = 100
# What no database keeps, or would break a line.
_UNKEPT = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]")


def kept_sheet(name):
    """Return the name of a sheet as it is kept."""
    return _UNKEPT.sub("\ufffd", name)[:LONGEST_SHEET]


@dataclass(slots=True)
class SourceRow:
    """A row of the file: its cells by column, and the headings that the file has for these."""

    table: str
    sheet: str
    number: int
    cells: dict
    headings: dict

    def location(self, column=None):
        """Return where a finding about the row, or one cell of it, belongs."""
        heading = self.headings.get(column, column)
        return Location(table=self.table, row=self.number, column=heading, sheet=self.sheet)

    def text(self, column):
        """Return what was typed in a column, empty where there is none."""
        cell = self.cells.get(column)
        return cell.text if cell else ""


@dataclass(slots=True)
class ReadRow:
    """A row as read.

    *values* are texts by column, as they would be stored.  *keys* are those of them that
    may stand once in a table, empty ones left out; *source* is the row of the file.
    """

    sheet: str
    number: int
    keys: dict
    values: dict
    findings: list = field(default_factory=list)
    source: SourceRow | None = None

    def where(self, column=None):
        """Return where a finding about the row, or one cell of it, belongs."""
        return self.source.location(column)

    @property
    def is_faulty(self):
        """Tell whether something was found that keeps it out."""
        return any(each.severity is Severity.ERROR for each in self.findings)


@dataclass(slots=True)
class JudgedRow:
    """A row as compared with what the office has.

    *target* is the key of the row that it touches and *before* the version of that;
    *changes* are (column, before, after).
    """

    read: ReadRow
    verdict: str
    target: int | None = None
    before: int | None = None
    changes: list = field(default_factory=list)


class WrittenRow(NamedTuple):
    """A staged row that is to be written, as it is kept."""

    position: int
    sheet: str
    row: int
    verdict: str
    target: int | None
    before: int | None
    values: str
    changes: str

    @property
    def value_map(self):
        """Return the values by column."""
        return json.loads(self.values)

    @property
    def change_list(self):
        """Return the changes, each as column, before and after."""
        return json.loads(self.changes)
