"""Gathers the cells of one sheet, within bounds, and passes rows on where somebody waits."""

from __future__ import annotations

from collections.abc import Sequence

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
from correctionkit.packages.tables.outlet import Outlet
from correctionkit.policy.bounds import TableBounds

MAX_CELLS = 2_000_000
MAX_RANGES = 100_000
"""Merged ranges, and ranges that one formula fills, each."""
HELD_CELLS = 60_000
"""What is kept before the first row leaves: sheets up to this size may be in any order."""
BATCH_ROWS = 500


class SheetBuilder:
    """One sheet in the making.  Rows count from 1, columns from 0.

    With an *outlet* rows leave in batches while others still come, so that memory does
    not grow with the sheet: once it has had *held* cells, rows must ascend.
    """

    def __init__(
        self,
        name: str,
        bounds: TableBounds,
        *,
        hidden: bool = False,
        outlet: Outlet | None = None,
        held: int = HELD_CELLS,
    ) -> None:
        self.name = name
        self._bounds = bounds
        self._outlet = outlet
        self._rows_left = bounds.max_rows
        self._passed_to = 0
        self._hidden = hidden
        # Rows are packed as they end; one that is taken up again stays loose.
        self._rows: dict[int, tuple[Cell, ...] | dict[int, Cell]] = {}
        self._number = 0
        self._row: dict[int, Cell] = {}
        self._cells_left = MAX_CELLS
        self._hold = held
        self._hidden_rows: set[int] = set()
        self._hidden_rows_passed = 0
        self._hidden_columns: set[int] = set()
        self._columns_held: set[int] = set()
        self._full_width = 0
        self._merged: list[MergedRange] = []
        self._filled: list[MergedRange] = []
        self._filling_left = MAX_CELLS
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

    def add_row(self, number: int, cells: Sequence[Cell]) -> None:
        """Put a whole row from column A on, as :meth:`add` would its cells one by one."""
        row = _trimmed(cells)
        limit = self._bounds.max_cell_characters
        if (
            number == self._number
            or number in self._rows
            or len(row) > self._bounds.max_columns
            or max([len(cell.text) for cell in row], default=0) > limit
        ):
            for column, cell in enumerate(row):
                if cell is not EMPTY:
                    self.add(number, column, cell)
        elif row:
            self._turn_to(number)
            self._store(number, row, sum([cell is not EMPTY for cell in row]))
            self._number = 0

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
        if area.first_row <= self._passed_to:
            raise TableUnreadable(BROKEN)
        self._filled.append(area)
        if len(self._filled) > MAX_RANGES:
            raise self._too_large()

    def finish(self) -> Sheet:
        """Return the sheet; what went to the outlet is not in it."""
        self._pack()
        rows = self._ready_rows()
        if self._outlet is not None:
            self._outlet.rows(rows)
            rows = []
        sheet = Sheet(
            self.name,
            tuple(rows),
            hidden_rows=self._hidden_rows_passed,
            hidden_columns=len(
                self._hidden_columns & self._columns_held.union(range(self._full_width))
            ),
            merged=tuple(sorted(self._merged)),
            hidden=self._hidden,
            oversized=self._oversized,
        )
        if self._outlet is not None:
            self._outlet.end(sheet)
        return sheet

    def _turn_to(self, number: int) -> None:
        self._pack()
        if number < 1:
            raise TableUnreadable(BROKEN)
        row = self._rows.get(number)
        if row is None:
            if self._rows_left <= 0:
                raise self._too_large()
            if number <= self._passed_to:
                raise TableUnreadable(BROKEN)
            self._row = {}
        elif isinstance(row, dict):
            self._row = row
        else:
            self._row = {column: cell for column, cell in enumerate(row) if cell is not EMPTY}
            self._cells_left += len(self._row)
            self._rows[number] = self._row
        self._number = number

    def _pack(self) -> None:
        if self._row and self._number not in self._rows:
            self._store(self._number, _packed(self._row), len(self._row))

    def _store(self, number: int, row: tuple[Cell, ...], cells: int) -> None:
        self._cells_left -= cells
        if self._cells_left < 0:
            raise self._too_large()
        self._rows[number] = row
        self._rows_left -= 1
        if self._outlet is None:
            return
        self._hold -= cells
        if self._hold <= 0 and (not self._passed_to or len(self._rows) >= BATCH_ROWS):
            self._outlet.rows(self._ready_rows())

    def _ready_rows(self) -> list[Row]:
        cells = {number: _packed(self._rows[number]) for number in sorted(self._rows)}
        self._rows.clear()
        if self._filled:
            self._turn_to_formulas(cells)
        for row in cells.values():
            held = [column for column, cell in enumerate(row) if cell is not EMPTY]
            if len(held) < len(row):
                self._columns_held.update(held)
            elif len(row) > self._full_width:
                self._full_width = len(row)
        hidden = self._hidden_rows & cells.keys()
        self._hidden_rows_passed += len(hidden)
        if cells:
            self._passed_to = next(reversed(cells))
        self._filled = [area for area in self._filled if area.last_row > self._passed_to]
        return [Row(number, row, number in hidden) for number, row in cells.items()]

    def _turn_to_formulas(self, cells: dict[int, tuple[Cell, ...]]) -> None:
        for area in self._filled:
            span: range | list[int] = range(area.first_row, area.last_row + 1)
            if len(span) > len(cells):
                span = [number for number in cells if area.first_row <= number <= area.last_row]
            self._filling_left -= len(span) + 1
            for number in span:
                row = cells.get(number, ())
                columns = range(area.first_column, min(area.last_column + 1, len(row)))
                self._filling_left -= len(row) if columns else 0
                if self._filling_left < 0:
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


def _trimmed(cells: Sequence[Cell]) -> tuple[Cell, ...]:
    end = len(cells)
    while end and cells[end - 1] is EMPTY:
        end -= 1
    return tuple(cells if end == len(cells) else cells[:end])
