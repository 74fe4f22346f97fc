"""Where the rows of a sheet go while the sheet is still being read."""

from __future__ import annotations

from typing import Protocol

from correctionkit.packages.tables.cells import Row, Sheet


class Outlet(Protocol):
    """Takes sheets one after the other: begun, rows in batches, ended.

    *taken* counts the rows of all sheets.
    """

    taken: int

    def begin(self, name: str, *, hidden: bool) -> None:
        """Take note of the next sheet."""

    def rows(self, rows: list[Row]) -> None:
        """Take rows that hold something, ascending."""

    def end(self, sheet: Sheet) -> None:
        """Take what is known at the end; *sheet* has no rows any more."""
