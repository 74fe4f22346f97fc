"""Gathers the cells of one sheet, in any order, within bounds."""

from __future__ import annotations

from correctionkit.packages.tables.cells import (
    EMPTY,
    Cell,
    CellKind,
    MergedRange,
    Row,
    Sheet,
    column_letters,
)
from correctionkit.packages.tables.faults import (
    BROKEN,
    CELL_TOO_LONG,
    DIMENSIONS,
    TableUnreadable,
)
from correctionkit.policy.bounds import TableBounds

MAX_CELLS = 2_000_000
MAX_RANGES = 100_000
"""Merged ranges, and ranges that one formula fills, each."""


class SheetBuilder:
    """One sheet in the making.  Rows count from 1, columns from 0."""

    def __init__(self, name: str, bounds: TableBounds, *, hidden: bool = False) -> None:
        self.name = name
        self._bounds = bounds
        self._hidden = hidden
        # Rows are packed as they end; one that is taken up again stays loose.
        self._rows: dict[int, tuple[Cell, ...] | dict[int, Cell]] = {}
        self._number = 0
        self._row: dict[int, Cell] = {}
        self._cells_left = MAX_CELLS
        self._hidden_rows: set[int] = set()
        self._hidden_columns: set[int] = set()
        self._merged: list[MergedRange] = []
        self._filled: list[MergedRange] = []
        self._oversized = False

    def add(self, number: int, column: int, cell: Cell) -> None:
        """Put *cell* in its place.  Raises :exc:`TableUnreadable` beyond the bounds."""
        if number != self._number:
            self._turn_to(number)
        # Two values for one cell: programs differ in which one they show.
        if column in self._row:
            raise TableUnreadable(BROKEN)
        if column >= self._bounds.max_columns:
            raise self._too_large()
        if len(cell.text) > self._bounds.max_cell_characters:
            raise TableUnreadable(
                CELL_TOO_LONG,
                sheet=self.name,
                cell=f"{column_letters(column)}{number}",
                limit=self._bounds.max_cell_characters,
            )
        self._row[column] = cell

    def hide_row(self, number: int) -> None:
        """Note that a row is hidden; it counts if it holds something."""
        self._hidden_rows.add(number)

    def hide_columns(self, first: int, last: int) -> None:
        """Note that columns are hidden, both ends included; they count as rows do."""
        end = min(last + 1, self._bounds.max_columns)
        self._hidden_columns.update(range(max(first, 0), end))

    def merge(self, merged: MergedRange) -> None:
        """Note a merged range."""
        self._merged.append(merged)
        if len(self._merged) > MAX_RANGES:
            raise self._too_large()

    def state(self, area: MergedRange) -> None:
        """Note the area that the file states the sheet to have."""
        rows, columns = area.last_row, area.last_column + 1
        self._oversized = rows > self._bounds.max_rows or columns > self._bounds.max_columns

    def fill(self, area: MergedRange) -> None:
        """Note that one formula fills all of *area*, so that no value in it was typed."""
        self._filled.append(area)
        if len(self._filled) > MAX_RANGES:
            raise self._too_large()

    def finish(self) -> Sheet:
        """Return the sheet."""
        self._pack()
        cells = {number: _packed(self._rows[number]) for number in sorted(self._rows)}
        self._turn_to_formulas(cells)
        hidden = {
            column
            for column in self._hidden_columns
            if any(column < len(row) and row[column] is not EMPTY for row in cells.values())
        }
        return Sheet(
            self.name,
            tuple(Row(number, row, number in self._hidden_rows) for number, row in cells.items()),
            hidden_rows=len(self._hidden_rows & cells.keys()),
            hidden_columns=len(hidden),
            merged=tuple(sorted(self._merged)),
            hidden=self._hidden,
            oversized=self._oversized,
        )

    def _turn_to(self, number: int) -> None:
        self._pack()
        if number < 1:
            raise TableUnreadable(BROKEN)
        row = self._rows.get(number)
        if row is None:
            if len(self._rows) >= self._bounds.max_rows:
                raise self._too_large()
            self._row = {}
        elif isinstance(row, dict):
            self._row = row
        else:
            self._row = {column: cell for column, cell in enumerate(row) if cell is not EMPTY}
            self._cells_left += len(self._row)
            self._rows[number] = self._row
        self._number = number

    def _pack(self) -> None:
        if self._number not in self._rows and self._row:
            self._cells_left -= len(self._row)
            if self._cells_left < 0:
                raise self._too_large()
            self._rows[self._number] = _packed(self._row)

    def _turn_to_formulas(self, cells: dict[int, tuple[Cell, ...]]) -> None:
        left = MAX_CELLS
        for area in self._filled:
            span: range | list[int] = range(area.first_row, area.last_row + 1)
            if len(span) > len(cells):
                span = [number for number in cells if area.first_row <= number <= area.last_row]
            left -= len(span) + 1
            for number in span:
                row = cells.get(number, ())
                columns = range(area.first_column, min(area.last_column + 1, len(row)))
                left -= len(row) if columns else 0
                if left < 0:
                    raise self._too_large()
                cells_of = dict(enumerate(row))
                for column in columns:
                    if row[column] is not EMPTY:
                        cells_of[column] = Cell(row[column].text, CellKind.FORMULA)
                if columns:
                    cells[number] = tuple(cells_of.values())

    def _too_large(self) -> TableUnreadable:
        return TableUnreadable(
            DIMENSIONS,
            sheet=self.name,
            rows=self._bounds.max_rows,
            columns=self._bounds.max_columns,
        )


def _packed(row: tuple[Cell, ...] | dict[int, Cell]) -> tuple[Cell, ...]:
    if isinstance(row, tuple):
        return row
    return tuple(row.get(column, EMPTY) for column in range(max(row) + 1))
