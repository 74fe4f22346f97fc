"""The summary tables of a made-up package, with what is wrong in their cells."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO

from correctionkit.packages.summaries.summary_writing import table_name
from correctionkit.packages.tables.cells import column_letters
from correctionkit.packages.tables.lay_out import SheetSpec
from correctionkit.packages.tables.writing import write_workbook
from correctionkit.policy.model import Policy
from correctionkit.policy.rows import Column
from correctionkit.samples.drafts import PackageDraft, RowDraft, StudentDraft, statuses_in
from correctionkit.samples.faulty_workbooks import Spoil, spoiled
from correctionkit.samples.marks import FOOT

HEADING_ROW = 2
"""A title stands above the headings, nothing stands between them and the requests."""

_GAP = " " * 12


@dataclass(frozen=True, slots=True)
class TableDraft:
    """One table, laid out: every row in its place.  *broken* is the row that breaks the order."""

    name: str
    status: str
    columns: tuple[Column, ...]
    rows: tuple[RowDraft, ...]
    broken: RowDraft | None

    def number_of(self, row: RowDraft) -> int:
        """Return the number of a row, as a spreadsheet shows it."""
        return self.rows.index(row) + HEADING_ROW + 1


def lay_out(package: PackageDraft) -> Iterator[TableDraft]:
    """Sort the rows into tables, one a status, as the package wants them."""
    policy = package.policy
    for status in statuses_in(policy, package.students):
        students = sorted(
            (each for each in package.students if each.rows and each.filing.status == status),
            key=lambda student: student.number,
        )
        broken = _swapped(students) if package.swapped == status else None
        columns = tuple(column for column in policy.columns_of(status) if not column.optional)
        if package.doubled and package.doubled[0] == status:
            columns += tuple(each for each in columns if each.id == package.doubled[1])
        yield TableDraft(
            table_name(policy.statuses[status]),
            status,
            columns,
            tuple(row for student in students for row in student.rows),
            broken,
        )


def workbook(table: TableDraft, policy: Policy) -> bytes:
    """Write one table."""
    status = policy.statuses[table.status]
    target = BytesIO()
    spec = SheetSpec(
        name=status.title,
        header=[column.headings[0] for column in table.columns],
        rows=[
            [_text(column, row, number) for column in table.columns]
            for number, row in enumerate(table.rows, 1)
        ],
        title=f"{policy.heading.institution.zh}{status.title}",
        notes=(
            f"注：按{policy.heading_of(table.status, 'number')}升序填写，每行一项。",
            FOOT,
            f"学籍主管处长签字：样例签名{_GAP}经手人签字：样例签名{_GAP}（样本，不盖公章）",
        ),
    )
    write_workbook(target, [spec])
    cells, hidden = dict(_spoils(table)), [table.number_of(row) for row in table.rows if row.hidden]
    return spoiled(target.getvalue(), cells, hidden) if cells or hidden else target.getvalue()


def _text(column: Column, row: RowDraft, number: int) -> str:
    return str(number) if column.id == "serial" else row.cells.get(column.id, "")


def _spoils(table: TableDraft) -> Iterator[tuple[str, Spoil]]:
    places = [column.id for column in table.columns]
    for row in table.rows:
        for column, how in row.typed.items():
            place = f"{column_letters(places.index(column))}{table.number_of(row)}"
            yield place, (how, row.cells[column])


def _swapped(students: list[StudentDraft]) -> RowDraft:
    """Put two neighbours in the middle into each other's place; return what now comes too late."""
    middle = len(students) // 2
    students[middle - 1 : middle + 1] = students[middle - 1 : middle + 1][::-1]
    return students[middle].rows[0]
