"""What a table file holds: workbook, sheets, rows, cells, as plain values."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum


class CellKind(StrEnum):
    """How a value was typed, as far as the file tells."""

    TEXT = "text"
    NUMBER = "number"
    DATE = "date"
    BOOLEAN = "boolean"
    ERROR = "error"
    FORMULA = "formula"
    EMPTY = "empty"


class TableFormat(StrEnum):
    """What a table file is by its content, whatever its ending says."""

    XLSX = "xlsx"
    XLS = "xls"
    CSV = "csv"


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell.

    *text* is what was typed.  Numbers are shown as the file stores them
    (``1.10105194912310E+17``, ``1335001209114``), dates in ISO form, booleans as
    ``TRUE`` and ``FALSE``, errors as ``#N/A``.  A formula shows its last result, or
    the formula itself where the file keeps none.
    """

    text: str
    kind: CellKind


EMPTY = Cell("", CellKind.EMPTY)
MAX_ROW = 1_048_576
MAX_COLUMN = 16_384
"""How many rows and columns any workbook can have."""
REMEMBERED = 10_000
"""How many cells a reader shares between those of the same value; most tables repeat a few."""


@dataclass(frozen=True, slots=True)
class Row:
    """One row that holds something; *cells* start at column A, without empty ones at the end.

    *number* counts as a spreadsheet does: the first line is 1.
    """

    number: int
    cells: tuple[Cell, ...]
    hidden: bool = False

    def cell(self, column: int) -> Cell:
        """Return the cell of *column* (A is 0); beyond the last one it is empty."""
        return self.cells[column] if column < len(self.cells) else EMPTY

    @property
    def texts(self) -> tuple[str, ...]:
        """The text of each cell."""
        return tuple(cell.text for cell in self.cells)


@dataclass(frozen=True, slots=True, order=True)
class MergedRange:
    """Cells merged into one.  Rows count from 1, columns from 0 (A); ends included."""

    first_row: int
    first_column: int
    last_row: int
    last_column: int

    def __str__(self) -> str:
        first = f"{column_letters(self.first_column)}{self.first_row}"
        return f"{first}:{column_letters(self.last_column)}{self.last_row}"

    def holds(self, row: int, column: int) -> bool:
        """Tell whether the cell lies in the range."""
        return (
            self.first_row <= row <= self.last_row
            and self.first_column <= column <= self.last_column
        )


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet: only rows that hold something, ascending.

    *hidden_rows* and *hidden_columns* count those that hold something.  *oversized* says
    that the file states more rows or columns than a table may have, used or not.
    """

    name: str
    rows: tuple[Row, ...]
    hidden_rows: int = 0
    hidden_columns: int = 0
    merged: tuple[MergedRange, ...] = ()
    hidden: bool = False
    oversized: bool = False

    def __iter__(self) -> Iterator[Row]:
        return iter(self.rows)

    @property
    def width(self) -> int:
        """How many columns are used, counted from A."""
        return max((len(row.cells) for row in self.rows), default=0)


@dataclass(frozen=True, slots=True)
class Workbook:
    """A table file as read.  Hidden sheets are among *sheets*, flagged."""

    name: str
    format: TableFormat
    sheets: tuple[Sheet, ...]

    @property
    def visible_sheets(self) -> tuple[Sheet, ...]:
        """The sheets that a person sees on opening the file."""
        return tuple(sheet for sheet in self.sheets if not sheet.hidden)


def column_letters(column: int) -> str:
    """Name a column as a spreadsheet does: 0 is A, 26 is AA."""
    letters = ""
    column += 1
    while column:
        column, digit = divmod(column - 1, 26)
        letters = chr(ord("A") + digit) + letters
    return letters
