"""Summary tables: the rows that are requests, cell by cell as the policy's columns."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from correctionkit.catalog import table_codes, value_codes
from correctionkit.findings import Finding, Location
from correctionkit.packages.summaries.headings import Headings, find_headings
from correctionkit.packages.summaries.summary_status import tell_status
from correctionkit.packages.tables.cells import Cell, Row, Sheet, Workbook
from correctionkit.policy.model import Policy
from correctionkit.policy.rows import Column, Status
from correctionkit.readings import matching_key

_DIGITS = re.compile(r"(?:\d.*){4}")
# Lines below a table: notes, signatures, dates.
_LINE_WORDS = re.compile(
    "签字|签名|签章|盖章|公章|经手人|经办人|负责人|填表|注[:：]|说明[:：]|合计|日期"
)


@dataclass(frozen=True, slots=True)
class SummaryRow:
    """One request as typed: its cells by column id, and where it stands."""

    location: Location
    cells: Mapping[str, Cell]


@dataclass(frozen=True, slots=True)
class SummarySheet:
    """One sheet of requests.

    *status* is None where nothing tells it; *whole* says that no needed column is missing.
    """

    table: str
    sheet: str
    status: Status | None
    headings: Headings
    rows: tuple[SummaryRow, ...]

    @property
    def has_numbers(self) -> bool:
        """Whether the column that identifies students is there."""
        return "number" in self.headings.at


@dataclass(frozen=True, slots=True)
class Summary:
    """What a workbook says as a summary table, with the findings about its layout.

    *readable* is False where rows may have been missed.
    """

    sheets: tuple[SummarySheet, ...]
    findings: tuple[Finding, ...]
    readable: bool


def read_summary(workbook: Workbook, policy: Policy) -> Summary:
    """Read the summary tables of a workbook by the columns of *policy*.

    Sheets without headings are passed over where another sheet has them.
    """
    findings: list[Finding] = []
    sheets: list[SummarySheet] = []
    for sheet in workbook.sheets:
        read = _read_sheet(workbook.name, sheet, policy)
        if read:
            sheets.append(read)
            if sheet.hidden or sheet.hidden_rows or sheet.hidden_columns:
                findings.append(_hidden(workbook.name, sheet))
    if not sheets:
        findings.append(_no_headings(workbook, policy))
        return Summary((), tuple(findings), readable=False)
    readable = True
    named = len(sheets) > 1
    for each in sheets:
        here = Location(
            table=each.table, row=each.headings.row.number, sheet=each.sheet if named else None
        )
        if each.headings.missing or each.headings.doubled:
            findings.append(
                table_codes.TABLE_COLUMNS.at(
                    here, missing=list(each.headings.missing), doubled=list(each.headings.doubled)
                )
            )
        merged = _merged_data(workbook, each)
        if merged:
            readable = False
            findings.append(
                table_codes.TABLE_UNREADABLE.at(
                    replace(here, row=None), fault="merged-cells", ranges=merged
                )
            )
        if each.status is None and each.rows:
            findings.append(
                value_codes.VALUE_UNKNOWN.at(
                    here, column="学籍状态", value=each.sheet, fault="status-untold"
                )
            )
    if not named:
        return Summary(tuple(sheets), tuple(findings), readable)
    return Summary(tuple(_with_sheet_names(sheets)), tuple(findings), readable)


def _read_sheet(table: str, sheet: Sheet, policy: Policy) -> SummarySheet | None:
    guesses: list[SummarySheet] = []
    for status in policy.statuses.values():
        headings = find_headings(sheet, policy.columns_of(status.id))
        if headings is None:
            continue
        above = [row for row in sheet.rows if row.number < headings.row.number]
        told = tell_status(policy, table, sheet.name, above)
        if told is status or told is None:
            guesses.append(
                SummarySheet(
                    table,
                    sheet.name,
                    told,
                    headings,
                    tuple(_requests(table, sheet, headings, policy.columns_of(status.id))),
                )
            )
    # Where nothing tells the status, the headings of one fit best.
    return max(guesses, key=lambda guess: len(guess.headings.at), default=None)


def is_note(row: Row) -> bool:
    """Tell whether a line says that it is a note, a signature, a date or a sum."""
    return any(_LINE_WORDS.search(text) for text in row.texts)


def _requests(
    table: str, sheet: Sheet, headings: Headings, columns: Sequence[Column]
) -> Iterator[SummaryRow]:
    for row in sheet.rows:
        if row.number <= headings.row.number or row.texts == headings.row.texts:
            continue
        cells = {column: row.cell(place) for column, place in headings.at.items()}
        if _is_request(row, cells):
            yield SummaryRow(Location(table=table, row=row.number), cells)


def _is_request(row: Row, cells: Mapping[str, Cell]) -> bool:
    """Tell a request from a note, a signature line and an empty row of a form."""
    filled = {column for column, cell in cells.items() if cell.text.strip()} - {"serial"}
    if not filled:
        return False
    number = cells.get("number")
    if number and _DIGITS.search(matching_key(number.text)) and len(filled) > 1:
        return not _LINE_WORDS.search(number.text)
    core = filled & {"number", "name", "field", "new", "reason"}
    return len(core) >= 3 and not is_note(row)


def _merged_data(workbook: Workbook, summary: SummarySheet) -> list[str]:
    sheet = next(each for each in workbook.sheets if each.name == summary.sheet)
    rows = [row.location.row or 0 for row in summary.rows]
    return [
        str(span)
        for span in sheet.merged
        if any(span.first_row <= number <= span.last_row for number in rows)
    ]


def _hidden(table: str, sheet: Sheet) -> Finding:
    return table_codes.TABLE_HIDDEN.at(
        Location(table=table),
        sheet=sheet.name,
        fault="sheet-hidden" if sheet.hidden else "parts-hidden",
        rows=sheet.hidden_rows,
        columns=sheet.hidden_columns,
    )


def _no_headings(workbook: Workbook, policy: Policy) -> Finding:
    status = next(
        (
            found
            for sheet in workbook.sheets
            if (found := tell_status(policy, workbook.name, sheet.name, sheet.rows[:3]))
        ),
        next(iter(policy.statuses.values())),
    )
    missing = [column.headings[0] for column in policy.columns_of(status.id) if column.needed]
    return table_codes.TABLE_COLUMNS.at(Location(table=workbook.name), missing=missing, doubled=[])


def _with_sheet_names(sheets: Sequence[SummarySheet]) -> Iterator[SummarySheet]:
    for each in sheets:
        yield replace(
            each,
            rows=tuple(
                replace(row, location=replace(row.location, sheet=each.sheet)) for row in each.rows
            ),
        )
