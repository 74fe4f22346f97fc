"""What one sheet may hold altogether."""

from __future__ import annotations

import pytest

from correctionkit.packages.tables import sheet_builder
from correctionkit.packages.tables.cells import Cell, CellKind, MergedRange
from correctionkit.packages.tables.faults import TableUnreadable
from correctionkit.packages.tables.sheet_builder import SheetBuilder
from correctionkit.policy.bounds import TableBounds

A = Cell("a", CellKind.TEXT)
BOUNDS = TableBounds(max_rows=10, max_columns=10, max_cell_characters=10)


@pytest.fixture
def builder():
    builder = SheetBuilder("s", BOUNDS)
    for row in (1, 2, 9):
        builder.add(row, 0, A)
        builder.add(row, 2, A)
    return builder


def kinds(sheet):
    return [[cell.kind.value[0] for cell in row.cells] for row in sheet]


@pytest.mark.parametrize(
    ("area", "expected"),
    [
        (MergedRange(1, 0, 1, 0), ["fet", "tet", "tet"]),
        (MergedRange(1, 1, 1_000_000, 9), ["tef", "tef", "tef"]),
        (MergedRange(2, 0, 3, 9), ["tet", "fef", "tet"]),
        (MergedRange(3, 0, 8, 9), ["tet", "tet", "tet"]),
        (MergedRange(1, 3, 9, 9), ["tet", "tet", "tet"]),
    ],
)
def test_what_a_formula_fills_turns_to_formula(builder, area, expected):
    builder.fill(area)

    assert kinds(builder.finish()) == [list(row) for row in expected]


def test_too_many_cells_are_refused(builder, monkeypatch):
    builder = SheetBuilder("s", BOUNDS)
    builder._cells_left = 2
    builder.add(1, 0, A)
    builder.add(1, 1, A)
    builder.add(2, 0, A)

    with pytest.raises(TableUnreadable, match="dimensions"):
        builder.finish()


def test_too_many_ranges_are_refused(builder, monkeypatch):
    monkeypatch.setattr(sheet_builder, "MAX_RANGES", 1)
    area = MergedRange(1, 0, 1, 0)
    builder.merge(area)
    builder.fill(area)

    with pytest.raises(TableUnreadable, match="dimensions"):
        builder.merge(area)
    with pytest.raises(TableUnreadable, match="dimensions"):
        builder.fill(area)


def test_formulas_that_fill_the_sheet_over_and_over_are_refused(builder):
    builder._filling_left = 5
    builder.fill(MergedRange(1, 0, 9, 9))

    with pytest.raises(TableUnreadable, match="dimensions"):
        builder.finish()


def test_a_row_taken_up_again_keeps_its_bounds(builder):
    builder.add(1, 1, A)

    with pytest.raises(TableUnreadable, match="broken"):
        builder.add(1, 2, A)
    with pytest.raises(TableUnreadable, match="broken"):
        builder.add(0, 0, A)
