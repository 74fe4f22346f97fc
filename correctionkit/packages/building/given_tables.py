"""Summary tables for composing and repairing: the rows as requests beside the cells as typed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from correctionkit.findings import Finding
from correctionkit.packages.summaries.summary import SummarySheet, is_note, read_summary
from correctionkit.packages.summaries.summary_rows import ReadRow, read_rows
from correctionkit.packages.tables.cells import Row, Sheet, Workbook, column_letters
from correctionkit.packages.tables.workbook import read_workbook
from correctionkit.policy.model import Policy

_CORE = ("number", "name", "field", "old", "new", "reason")


@dataclass(frozen=True, slots=True)
class GivenRow:
    """One request: the line as typed, and as read."""

    typed: Row
    read: ReadRow


@dataclass(frozen=True, slots=True)
class GivenSheet:
    """One sheet of requests with all its lines."""

    sheet: Sheet
    summary: SummarySheet
    rows: tuple[GivenRow, ...]

    @property
    def above(self) -> tuple[Row, ...]:
        """The lines above the headings."""
        return tuple(
            row for row in self.sheet.rows if row.number < self.summary.headings.row.number
        )

    @property
    def passed_over(self) -> tuple[Row, ...]:
        """The lines below the headings that are no requests, repeated headings left out."""
        taken = {row.typed.number for row in self.rows}
        headings = self.summary.headings.row
        return tuple(
            row
            for row in self.sheet.rows
            if row.number > headings.number
            and row.number not in taken
            and row.texts != headings.texts
            and any(text.strip() for text in row.texts)
        )

    @property
    def doubtful(self) -> tuple[Row, ...]:
        """The lines passed over that may have been meant as requests all the same."""
        places = self.summary.headings.at
        core = [places[column] for column in _CORE if column in places]
        return tuple(
            row
            for row in self.passed_over
            if not is_note(row) and sum(bool(row.cell(at).text.strip()) for at in core) > 1
        )

    @property
    def beyond(self) -> dict[int, str]:
        """Name the columns that the policy does not know, by their place, each name once.

        A column without heading counts where a request has something in it.
        """
        headings = self.summary.headings
        known = set(headings.at.values())
        width = max((len(row.typed.cells) for row in self.rows), default=0)
        named: dict[int, str] = {}
        for place in range(max(width, len(headings.row.cells))):
            heading = " ".join(headings.row.cell(place).text.split())
            filled = any(row.typed.cell(place).text.strip() for row in self.rows)
            if place in known or not (heading or filled):
                continue
            heading = heading or f"{column_letters(place)}列"
            again = sum(each.partition("（")[0] == heading for each in named.values())
            named[place] = f"{heading}（{again + 1}）" if again else heading
        return named


@dataclass(frozen=True, slots=True)
class GivenTable:
    """One table file, read; *layout* is what is wrong with it apart from its rows."""

    workbook: Workbook
    sheets: tuple[GivenSheet, ...]
    layout: tuple[Finding, ...]

    @property
    def rows(self) -> Iterator[ReadRow]:
        """Every request of the file."""
        return (row.read for sheet in self.sheets for row in sheet.rows)


def read_table(content: bytes, name: str, policy: Policy) -> GivenTable:
    """Read one table file as the check does.

    Raises :exc:`~correctionkit.packages.tables.faults.TableUnreadable`.
    """
    workbook = read_workbook(content, name, policy.table_bounds)
    summary = read_summary(workbook, policy)
    sheets = tuple(_given(workbook, each, policy) for each in summary.sheets)
    return GivenTable(workbook, sheets, summary.findings)


def _given(workbook: Workbook, summary: SummarySheet, policy: Policy) -> GivenSheet:
    sheet = next(each for each in workbook.sheets if each.name == summary.sheet)
    typed = {row.number: row for row in sheet.rows}
    rows = tuple(GivenRow(typed[row.location.row or 0], row) for row in read_rows(summary, policy))
    return GivenSheet(sheet, summary, rows)
