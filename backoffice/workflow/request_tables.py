"""Summary tables without scans: read by the rules' columns, judged row by row, given back."""

from dataclasses import dataclass

from correctionkit.catalog import table_codes
from correctionkit.findings import Counts, Location, Report
from correctionkit.packages.checked import CheckedPackage, CheckedStudent
from correctionkit.packages.summaries.summary import read_summary
from correctionkit.packages.summaries.summary_rows import read_rows
from correctionkit.packages.tables.faults import TableUnreadable
from correctionkit.packages.tables.workbook import read_workbook


@dataclass(frozen=True, slots=True)
class RequestTable:
    """A summary table as read; *findings* are about the table as a whole.

    *workbook* is None for what cannot be read at all.
    """

    name: str
    workbook: object
    rows: tuple
    findings: tuple


def read_requests(content, name, policy):
    """Read a workbook or CSV file, given as bytes, as a summary table of requests."""
    try:
        workbook = read_workbook(content, name, policy.table_bounds)
    except TableUnreadable as fault:
        where = Location(table=name)
        finding = table_codes.TABLE_UNREADABLE.at(where, fault=fault.fault, **fault.params)
        return RequestTable(name, None, (), (finding,))
    summary = read_summary(workbook, policy)
    rows = tuple(row for sheet in summary.sheets for row in read_rows(sheet, policy))
    return RequestTable(name, workbook, rows, tuple(summary.findings))


def as_checked(table, verdicts, policy, day):
    """Return a judged table in the shape of which the rules make reports."""
    findings = [*table.findings, *(each for one in verdicts for each in one.findings)]
    students = tuple(
        CheckedStudent(
            number=each.offered.number,
            name=each.offered.name,
            status=next((asked.status for asked in each.offered.requests), None),
            fields=tuple(dict.fromkeys(asked.field for asked in each.offered.requests)),
            scans=0,
            requests=each.offered.requests,
        )
        for each in verdicts
        if each.offered.number
    )
    return CheckedPackage(
        name=table.name,
        policy=policy,
        on=day,
        report=Report.of(findings, Counts(students=len(students), requests=len(table.rows))),
        students=students,
        workbooks=(table.workbook,) if table.workbook else (),
        thumbnails={},
    )
