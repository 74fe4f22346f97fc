"""Summary tables written as the policy wants them: its headings, its order, all cells text."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from io import BytesIO
from typing import Any, Protocol, TypeVar

from correctionkit.catalog import table_codes
from correctionkit.findings import Finding
from correctionkit.packages.building.given_tables import GivenRow, GivenSheet
from correctionkit.packages.tables.lay_out import SheetSpec
from correctionkit.packages.tables.writing import write_workbook
from correctionkit.policy.model import Policy
from correctionkit.policy.rows import Column, Status
from correctionkit.readings import read_text

_GAP = " " * 12
_SIGNED_BY_CLERK = "经手人"


class TableRow(Protocol):
    """One line of a summary table, whatever it comes from.

    *cells* are by column id, *beyond* by the headings of columns that no policy knows.
    """

    @property
    def number(self) -> str: ...  # noqa: D102 - the number that identifies the student
    @property
    def cells(self) -> Mapping[str, str]: ...  # noqa: D102 - said by the class
    @property
    def beyond(self) -> Mapping[str, str]: ...  # noqa: D102 - said by the class


_Row = TypeVar("_Row", bound=TableRow)


@dataclass(frozen=True, slots=True)
class FiledRow:
    """One request that stood in a table, on its way into a package."""

    given: GivenRow
    cells: Mapping[str, str]
    beyond: Mapping[str, str]

    @property
    def number(self) -> str:
        """The number that identifies the student."""
        return self.given.read.number


def filed_rows(sheet: GivenSheet) -> Iterator[FiledRow]:
    """Yield the requests of a sheet: cells as read, what nobody judges as typed."""
    beyond = sheet.beyond
    for row in sheet.rows:
        at = sheet.summary.headings.at
        cells = {column: row.typed.cell(place).text for column, place in at.items()}
        cells |= row.read.as_read
        if "change_date" in cells:
            cells["change_date"] = read_text(cells["change_date"]).read
        kept = {heading: row.typed.cell(place).text for place, heading in beyond.items()}
        yield FiledRow(row, cells, kept)


def in_order(rows: Iterable[_Row]) -> list[_Row]:
    """Sort by number as text; rows of one number stay in the order met."""
    return sorted(rows, key=lambda row: row.number)


def table_name(status: Status) -> str:
    """Name the workbook of a status."""
    return f"{status.table}{status.title}.xlsx"


def official_table(status: Status, rows: Sequence[TableRow], policy: Policy) -> SheetSpec:
    """Lay out the summary table of *status*; columns that nobody asks for come last."""
    columns = [
        column
        for column in policy.columns_of(status.id)
        if not column.optional or any(row.cells.get(column.id, "").strip() for row in rows)
    ]
    beyond = headings_beyond(rows)
    lines = [
        (
            *(_cell(column, row, number) for column in columns),
            *(row.beyond.get(heading, "") for heading in beyond),
        )
        for number, row in enumerate(rows, 1)
    ]
    return SheetSpec(
        name=status.title,
        header=(*(column.headings[0] for column in columns), *beyond),
        rows=lines,
        title=f"{policy.heading.institution.zh}{status.title}",
        notes=_notes(status, policy),
    )


def headings_beyond(rows: Iterable[TableRow]) -> list[str]:
    """Return the headings that the policy does not know and that something stands under."""
    return list(
        dict.fromkeys(heading for row in rows for heading, text in row.beyond.items() if text)
    )


def cells_set_right(findings: Iterable[Finding]) -> Iterator[dict[str, Any]]:
    """Yield what tells of each cell that was typed otherwise than it was read."""
    for finding in findings:
        if finding.type is table_codes.CELL_NORMALISED:
            yield {**finding.params, "row": finding.location.row or 0}


def workbook_bytes(sheets: Sequence[SheetSpec]) -> tuple[bytes, tuple[str, ...]]:
    """Write a workbook; returns its bytes and the cells that it cannot hold as they are."""
    target = BytesIO()
    changed = write_workbook(target, sheets)
    return target.getvalue(), changed


def _cell(column: Column, row: TableRow, number: int) -> str:
    return str(number) if column.id == "serial" else row.cells.get(column.id, "")


def _notes(status: Status, policy: Policy) -> tuple[str, ...]:
    """Return the notes and the line of signatures that offices expect below the table."""
    heading = policy.heading_of(status.id, "number")
    fields = "、".join(_fields_taken(status, policy))
    reasons = "、".join(term.label.zh for term in policy.vocabulary.reasons.values())
    paper = next((kind for kind in policy.reports if kind.id == "tables"), None)
    signers = paper.signed_by.zh.split("、") if paper else [_SIGNED_BY_CLERK]
    seal = paper.seal.zh if paper else "公章"
    return (
        f"注：（1）更正内容：{fields}；每行一项。（2）更正原因：{reasons}。（3）按{heading}升序填写。",
        "",
        _GAP.join((*(f"{signer}签字：" for signer in signers), f"（{seal}）", "填表日期：")),
    )


def _fields_taken(status: Status, policy: Policy) -> Iterator[str]:
    """Yield what the fields are called that the policy takes for *status*."""
    scopes = [row.scope for row in policy.acceptances]
    scopes = [scope for scope in scopes if not scope.statuses or status.judged_as in scope.statuses]
    for field in policy.vocabulary.fields.values():
        if any(not scope.fields or field.id in scope.fields for scope in scopes):
            yield field.label.zh
