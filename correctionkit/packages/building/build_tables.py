"""Tables that a clerk gives, gathered into the summary tables of one package."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from correctionkit.catalog import table_codes
from correctionkit.findings import Finding, Location
from correctionkit.packages.building.composing import status_table
from correctionkit.packages.building.given_tables import GivenSheet, GivenTable, read_table
from correctionkit.packages.building.package_name import OrderMistaken
from correctionkit.packages.reader.entries import too_large
from correctionkit.packages.repairing.repairs import Remark, Repair
from correctionkit.packages.summaries.summary_writing import (
    FiledRow,
    cells_set_right,
    filed_rows,
    headings_beyond,
    in_order,
    table_name,
)
from correctionkit.packages.tables.faults import TableUnreadable
from correctionkit.packages.writer.zip_writing import Member
from correctionkit.policy.model import Policy
from correctionkit.policy.rows import Status
from correctionkit.terms import Severity, Words


@dataclass(slots=True)
class Gathered:
    """The requests of all tables in order, the workbooks that hold them, and what was done.

    *faults* are findings that make rows unusable; *rows* and *workbooks* lack those then.
    """

    rows: list[FiledRow] = field(default_factory=list)
    workbooks: list[Member] = field(default_factory=list)
    reasons: set[str] = field(default_factory=set)
    faults: list[Finding] = field(default_factory=list)
    repairs: list[Repair] = field(default_factory=list)
    remarks: list[Remark] = field(default_factory=list)


def gather_tables(paths: Sequence[Path], policy: Policy, reason: str | None) -> Gathered:
    """Read the tables at *paths*, and lay out one workbook a status.

    With *reason* only its rows are taken.  Raises :exc:`OrderMistaken` for a file that
    cannot be read.
    """
    gathered = Gathered()
    by_status: dict[str, list[FiledRow]] = {}
    names = Counter(path.name for path in paths)
    for path in _each_once(paths):
        name = path.name if names[path.name] == 1 else path.as_posix()
        table = _read(path, name, policy, gathered)
        if table:
            for sheet in table.sheets:
                for row in _rows_taken(sheet, reason, gathered):
                    status = row.given.read.status
                    if status:
                        by_status.setdefault(status, []).append(row)
            _tell_layout(table, gathered)
    for each in policy.statuses.values():
        if rows := by_status.get(each.id):
            _write_status(each, rows, policy, gathered)
    return gathered


def _each_once(paths: Iterable[Path]) -> Iterator[Path]:
    """Yield each file once, whichever of its paths names it."""
    seen: set[Path] = set()
    for path in paths:
        real = path.resolve()
        if real not in seen:
            seen.add(real)
            yield path


def _read(path: Path, name: str, policy: Policy, gathered: Gathered) -> GivenTable | None:
    limit = policy.package_bounds.max_entry_bytes
    try:
        size = path.stat().st_size
        if size > limit:
            gathered.faults.append(too_large("entry-bytes", size, limit, name))
            return None
        return read_table(path.read_bytes(), name, policy)
    except TableUnreadable as unreadable:
        params: dict[str, Any] = {"fault": unreadable.fault, **unreadable.params}
        gathered.faults.append(table_codes.TABLE_UNREADABLE.at(Location(table=name), **params))
    except OSError as error:
        raise OrderMistaken(
            Words(
                f"The table {path} cannot be opened: {error.strerror}.",
                f"表格 {path} 无法打开：{error.strerror}。",
            )
        ) from error
    return None


def _rows_taken(sheet: GivenSheet, reason: str | None, gathered: Gathered) -> Iterator[FiledRow]:
    """Yield the rows to file; tell what is wrong with them and which are left out."""
    left: list[int] = []
    target = table_name(sheet.summary.status) if sheet.summary.status else ""
    for row in filed_rows(sheet):
        read = row.given.read
        if reason and read.request and read.request.reason != reason:
            left.append(row.given.typed.number)
            continue
        errors = [each for each in read.findings if each.severity is Severity.ERROR]
        gathered.faults.extend(errors)
        gathered.repairs.extend(
            Repair(sheet.summary.table, target, "cell-set-right", params)
            for params in cells_set_right(read.findings)
        )
        if read.request:
            gathered.reasons.add(read.request.reason)
        yield row
    if left:
        gathered.remarks.append(Remark(sheet.summary.table, "rows-of-other-reason", {"rows": left}))


def _tell_layout(table: GivenTable, gathered: Gathered) -> None:
    for finding in table.layout:
        if finding.severity is Severity.ERROR:
            gathered.faults.append(finding)
        elif finding.type is table_codes.TABLE_HIDDEN:
            name = table.workbook.name
            gathered.remarks.append(Remark(name, "hidden-taken", dict(finding.params)))
    for sheet in table.sheets:
        doubtful = [row.number for row in sheet.doubtful]
        if doubtful:
            gathered.remarks.append(
                Remark(sheet.summary.table, "lines-passed-over", {"rows": doubtful})
            )


def _write_status(
    status: Status, rows: Sequence[FiledRow], policy: Policy, gathered: Gathered
) -> None:
    ordered = in_order(rows)
    table = status_table(status, rows, policy)
    name = table.name
    gathered.workbooks.append((name, table.content))
    gathered.rows.extend(ordered)
    sources = list(dict.fromkeys(row.given.read.location.table or "" for row in rows))
    gathered.repairs.extend(Repair(source, name, "table-written") for source in sources)
    if ordered != list(rows):
        gathered.repairs.append(Repair("", name, "rows-sorted", {"count": len(rows)}))
    if beyond := headings_beyond(ordered):
        gathered.repairs.append(Repair("", name, "columns-kept", {"headings": beyond}))
    if table.cut:
        gathered.remarks.append(Remark(name, "cells-cut", {"places": list(table.cut)}))
