"""Which findings belong to which row of the clerk's own tables, and which to none."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from correctionkit.findings import Finding
from correctionkit.packages.checked import CheckedPackage, CheckedStudent
from correctionkit.packages.summaries.summary import SummarySheet, read_summary
from correctionkit.packages.tables.cells import Workbook
from correctionkit.readings import read_number
from correctionkit.render.groups import Students

RowKey = tuple[str, str, int]
"""Table, sheet, row."""


@dataclass(frozen=True, slots=True)
class RowResults:
    """What stands beside each row.

    *requests* are the rows that file something, in order, with the student where one is
    known; *headings* the heading row of each sheet that has one, by table and sheet.
    What a student's folder and scans have stands beside the student's first row, *first*.
    *rest* belongs to no row.
    """

    requests: Mapping[RowKey, CheckedStudent | None]
    headings: Mapping[tuple[str, str], int]
    findings: Mapping[RowKey, tuple[Finding, ...]]
    first: Mapping[CheckedStudent, RowKey]
    about_folders: frozenset[CheckedStudent]
    rest: tuple[Finding, ...]


def row_results(checked: CheckedPackage) -> RowResults:
    """Give every finding of *checked* its row, or leave it to the rest."""
    students = Students(checked.students)
    requests: dict[RowKey, CheckedStudent | None] = {}
    headings: dict[tuple[str, str], int] = {}
    for workbook, sheet in _summaries(checked):
        headings[workbook.name, sheet.sheet] = sheet.headings.row.number
        for row in sheet.rows:
            cell = row.cells.get("number")
            number = read_number(cell.text).read if cell else ""
            key = (workbook.name, sheet.sheet, row.location.row or 0)
            requests[key] = students.by_number(number)
    first: dict[CheckedStudent, RowKey] = {}
    for key, student in requests.items():
        if student is not None:
            first.setdefault(student, key)
    found: dict[RowKey, list[Finding]] = {}
    about_folders: set[CheckedStudent] = set()
    rest: list[Finding] = []
    rows = _rows(checked, headings)
    for finding in checked.report.findings:
        owner = students.owner(finding)
        key_or_none: RowKey | None = None
        if finding.location.table is not None:
            key_or_none = _row_of(finding, rows)
        elif owner in first:
            key_or_none = first[owner]
            about_folders.add(owner)
        if key_or_none is None:
            rest.append(finding)
        else:
            found.setdefault(key_or_none, []).append(finding)
    return RowResults(
        requests,
        headings,
        {key: tuple(findings) for key, findings in found.items()},
        first,
        frozenset(about_folders),
        tuple(rest),
    )


def _summaries(checked: CheckedPackage) -> Iterator[tuple[Workbook, SummarySheet]]:
    for workbook in checked.workbooks:
        for sheet in read_summary(workbook, checked.policy).sheets:
            yield workbook, sheet


def _rows(
    checked: CheckedPackage, headings: Mapping[tuple[str, str], int]
) -> dict[tuple[str, int], list[RowKey]]:
    """List the rows of each table by number, of sheets that have headings.

    The heading row itself is left out: its place beside the table is taken.
    """
    rows: dict[tuple[str, int], list[RowKey]] = {}
    for workbook in checked.workbooks:
        for sheet in workbook.sheets:
            heading = headings.get((workbook.name, sheet.name))
            for row in sheet.rows:
                if heading is not None and row.number != heading:
                    rows.setdefault((workbook.name, row.number), []).append(
                        (workbook.name, sheet.name, row.number)
                    )
    return rows


def _row_of(finding: Finding, rows: Mapping[tuple[str, int], list[RowKey]]) -> RowKey | None:
    where = finding.location
    if where.table is None or where.row is None:
        return None
    keys = rows.get((where.table, where.row), [])
    named = [key for key in keys if where.sheet is None or key[1] == where.sheet]
    return named[0] if named else None
