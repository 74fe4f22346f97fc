"""The summary tables of a package: each one read, with all that is wrong with it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from correctionkit.catalog import table_codes
from correctionkit.findings import Finding, Location
from correctionkit.packages.reader.entries import Entry, MemberDamaged, MemberTooLarge, MemberUnsafe
from correctionkit.packages.reader.tree import Package
from correctionkit.packages.summaries.summary import SummarySheet, read_summary
from correctionkit.packages.summaries.summary_rows import ReadRow, read_rows
from correctionkit.packages.tables.cells import TableFormat, Workbook
from correctionkit.packages.tables.faults import TableUnreadable
from correctionkit.packages.tables.workbook import read_workbook
from correctionkit.policy.model import Policy

# Any text can be read as CSV; by another name it is not what its name says.
_TEXT_ENDINGS = (".csv", ".txt", ".tsv")


@dataclass(frozen=True, slots=True)
class TablesRead:
    """All summary tables of a package.

    *complete* says that every number in them is known, so that a folder without a row is
    one that no table has.
    """

    workbooks: tuple[Workbook, ...]
    rows: tuple[ReadRow, ...]
    findings: tuple[Finding, ...]
    complete: bool


def read_tables(package: Package, entries: Iterable[Entry], policy: Policy) -> TablesRead:
    """Read the summary tables of *package*; an unreadable one stops no other."""
    workbooks: list[Workbook] = []
    rows: list[ReadRow] = []
    findings: list[Finding] = []
    complete = True
    for entry in entries:
        if entry.fault:
            complete = False
            continue
        try:
            workbook = _read(package, entry, policy)
        except TableUnreadable as unreadable:
            why: dict[str, Any] = {"fault": unreadable.fault, **unreadable.params}
            findings.append(table_codes.TABLE_UNREADABLE.at(Location(table=entry.path), **why))
            complete = False
            continue
        except (MemberTooLarge, MemberUnsafe) as refused:
            findings.append(refused.finding(entry))
            complete = False
            continue
        summary = read_summary(workbook, policy)
        if not summary.sheets and (odd := _no_table(workbook)):
            findings.append(table_codes.TABLE_UNREADABLE.at(Location(table=entry.path), fault=odd))
            complete = False
            continue
        workbooks.append(workbook)
        findings.extend(summary.findings)
        complete = complete and summary.readable
        for sheet in summary.sheets:
            complete = complete and sheet.has_numbers
            read = list(read_rows(sheet, policy))
            rows.extend(read)
            complete = complete and all(row.number for row in read)
            findings.extend(_order(sheet, read, policy))
    findings.extend(finding for row in rows for finding in row.findings)
    return TablesRead(tuple(workbooks), tuple(rows), tuple(findings), complete)


def _read(package: Package, entry: Entry, policy: Policy) -> Workbook:
    try:
        content = package.read(entry)
    except MemberDamaged as damaged:
        raise TableUnreadable(damaged.fault) from damaged
    return read_workbook(content, entry.path, policy.table_bounds)


def _no_table(workbook: Workbook) -> str | None:
    """Say as a code why a file without headings is no table at all, if it is none."""
    if workbook.format is TableFormat.CSV and not workbook.name.lower().endswith(_TEXT_ENDINGS):
        return "not-a-workbook"
    if any(sheet.oversized for sheet in workbook.sheets):
        return "states-too-much"
    return None


def _order(sheet: SummarySheet, rows: list[ReadRow], policy: Policy) -> Iterator[Finding]:
    """Yield the first row that breaks the order, with how many do."""
    numbered = [row for row in rows if row.number]
    falls = [(before, row) for before, row in pairwise(numbered) if row.number < before.number]
    if falls:
        before, row = falls[0]
        heading = sheet.headings.typed.get("number", "number")
        yield table_codes.TABLE_ORDER.at(
            row.location,
            student=row.number,
            number=row.number,
            previous=before.number,
            column=heading,
            places=len(falls),
        )
