"""Ruled forms: a form is rows of cells, and a cell is a printed word or a blank to fill."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from correctionkit.samples.page import Page

Cell = tuple[float, str]


@dataclass(frozen=True, slots=True)
class Row:
    """One line of a form: its height and its cells, each a width in mm and a text.

    A text with ``{…}`` is a blank: it names the value that is written there.
    """

    height: float
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Form:
    """A ruled form on a sheet."""

    left: float
    top: float
    rows: tuple[Row, ...]
    size: float = 11

    def rule(self, page: Page) -> None:
        """Draw the lines and the printed words."""
        for x, y, width, height, text in self._cells():
            page.box(x, y, width, height, rim=0.12)
            if "{" not in text:
                page.text(x + width / 2, y + height / 2, text, size=self.size, anchor="mm")

    def fill(self, page: Page, values: Mapping[str, str]) -> None:
        """Write the values into the blanks."""
        for x, y, width, height, text in self._cells():
            if "{" in text:
                self._write(page, x, y, width, height, text.format_map(values))

    def _write(
        self, page: Page, x: float, y: float, width: float, height: float, text: str
    ) -> None:
        if height > _TALL:
            page.paragraph(x + 4, y + 8, width - 8, text, size=self.size + 1, leading=7)
        else:
            size = self.size + _WRITTEN_LARGER
            page.text(x + width / 2, y + height / 2, text, size=size, anchor="mm", bold=True)

    def _cells(self) -> list[tuple[float, float, float, float, str]]:
        placed, y = [], self.top
        for row in self.rows:
            x = self.left
            for width, text in row.cells:
                placed.append((x, y, width, row.height, text))
                x += width
            y += row.height
        return placed


# What is filled in stands out from what is printed.
_WRITTEN_LARGER = 2

# From this height on, in mm, a blank holds a paragraph.
_TALL = 25
