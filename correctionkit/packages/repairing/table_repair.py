"""A summary table repaired: rows in order, cells as they were read; nothing else is touched.

A table that needs neither keeps its bytes.  A table with formulas, with numbers typed as
numbers, with merged cells, or with something hidden beside the requests is left to a person:
written anew as text it would look sound.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from correctionkit.catalog import table_codes
from correctionkit.packages.building.given_tables import GivenRow, GivenSheet, GivenTable
from correctionkit.packages.filings.evidence_names import split_extension
from correctionkit.packages.repairing.repairs import Remark, Repair
from correctionkit.packages.summaries.summary_status import tell_status
from correctionkit.packages.summaries.summary_writing import cells_set_right, workbook_bytes
from correctionkit.packages.tables.cells import CellKind, Row, Sheet
from correctionkit.packages.tables.lay_out import SheetSpec
from correctionkit.policy.model import Policy

_LEFT_ALONE = frozenset(
    {
        table_codes.CELL_FORMULA.code,
        table_codes.CELL_NOT_TEXT.code,
        table_codes.TABLE_UNREADABLE.code,
        table_codes.TABLE_COLUMNS.code,
    }
)
_GAP = " " * 4


@dataclass(frozen=True, slots=True)
class TableRepaired:
    """A table after repair; *content* is None where it stays as it is."""

    name: str
    content: bytes | None
    repairs: tuple[Repair, ...]
    remarks: tuple[Remark, ...]


def repair_table(table: GivenTable, policy: Policy) -> TableRepaired:
    """Write a table anew where its rows or cells need it and nothing speaks against it."""
    name = table.workbook.name
    cells = [each for row in table.rows for each in cells_set_right(row.findings)]
    orders = [_in_order(sheet.rows) for sheet in table.sheets]
    disordered = [
        sheet for sheet, rows in zip(table.sheets, orders, strict=True) if rows != list(sheet.rows)
    ]
    if not cells and not disordered:
        return TableRepaired(name, None, (), ())
    if why := _left_alone(table):
        return TableRepaired(name, None, (), (Remark(name, why),))
    given = {
        sheet.sheet.name: (sheet, rows) for sheet, rows in zip(table.sheets, orders, strict=True)
    }
    specs = [
        _sheet_anew(*given[sheet.name], policy) if sheet.name in given else _plain(sheet)
        for sheet in table.workbook.sheets
        if sheet.rows
    ]
    content, changed = workbook_bytes(specs)
    if changed:
        return TableRepaired(name, None, (), (Remark(name, "table-left-odd"),))
    after = f"{split_extension(name)[0]}.xlsx"
    repairs = [Repair(name, after, "table-written")]
    repairs += [Repair(name, after, "cell-set-right", params) for params in cells]
    repairs += [
        Repair(name, after, "rows-sorted", {"count": len(each.rows)}) for each in disordered
    ]
    repairs += _shown(table, name, after)
    return TableRepaired(after, content, tuple(repairs), ())


def _in_order(rows: Sequence[GivenRow]) -> list[GivenRow]:
    """Sort by number as text; a row without number stays behind the one before it."""
    keys: list[str] = []
    for row in rows:
        keys.append(row.read.number or (keys[-1] if keys else ""))
    order = sorted(range(len(rows)), key=lambda at: keys[at])
    return [rows[at] for at in order]


def _left_alone(table: GivenTable) -> str | None:
    """Say as a code why a table must not be written anew."""
    found = [*table.layout, *(finding for row in table.rows for finding in row.findings)]
    if any(finding.code in _LEFT_ALONE for finding in found):
        return "table-left-wrong"
    given = {sheet.sheet.name: sheet for sheet in table.sheets}
    sheets = table.workbook.sheets
    if any(_holds_formulas(sheet, given.get(sheet.name)) for sheet in sheets):
        return "table-left-formulas"
    # What is hidden on sheets of requests is a finding, and told when it is shown.
    if any(
        sheet.rows and (sheet.hidden or sheet.hidden_rows or sheet.hidden_columns)
        for sheet in sheets
        if sheet.name not in given
    ):
        return "table-left-hidden"
    return None


def _holds_formulas(sheet: Sheet, given: GivenSheet | None) -> bool:
    """Tell whether formulas stand anywhere but in the serial numbers of requests."""
    serial = given.summary.headings.at.get("serial") if given else None
    requests = {row.typed.number for row in given.rows} if given else set()
    return any(
        # Serial numbers are counted anew anyway.
        cell.kind is CellKind.FORMULA and not (place == serial and row.number in requests)
        for row in sheet.rows
        for place, cell in enumerate(row.cells)
    )


def _sheet_anew(given: GivenSheet, rows: Sequence[GivenRow], policy: Policy) -> SheetSpec:
    headings = given.summary.headings
    serial = headings.at.get("serial")
    moved = rows != list(given.rows)
    width = max(len(row.cells) for row in (headings.row, *(row.typed for row in rows)))
    lines = []
    for number, row in enumerate(rows, 1):
        line = [row.typed.cell(place).text for place in range(width)]
        for column, text in row.read.as_read.items():
            line[headings.at[column]] = text
        if serial is not None and (moved or row.typed.cell(serial).kind is CellKind.FORMULA):
            line[serial] = str(number)
        lines.append(line)
    title, above = _title(given, policy)
    return SheetSpec(
        name=given.sheet.name,
        header=[*headings.row.texts, *[""] * (width - len(headings.row.cells))],
        rows=lines,
        title=title,
        notes=[*above, *(_joined(row) for row in given.passed_over)],
    )


def _title(given: GivenSheet, policy: Policy) -> tuple[str, list[str]]:
    """Return the line that tells the status, else the first one, and the other lines above."""
    lines = [row for row in given.above if any(text.strip() for text in row.texts)]
    if not lines:
        return "", []
    told = next((row for row in lines if tell_status(policy, "", "", [row])), lines[0])
    return _joined(told), [_joined(row) for row in lines if row is not told]


def _plain(sheet: Sheet) -> SheetSpec:
    """Keep a sheet without requests as text."""
    first, *rest = sheet.rows
    return SheetSpec(name=sheet.name, header=first.texts, rows=[row.texts for row in rest])


def _joined(row: Row) -> str:
    return _GAP.join(text.strip() for text in row.texts if text.strip())


def _shown(table: GivenTable, name: str, after: str) -> Iterator[Repair]:
    for finding in table.layout:
        if finding.type is table_codes.TABLE_HIDDEN:
            yield Repair(name, after, "hidden-shown", dict(finding.params))
