"""What was read of the pages that came back: measures, in plain values."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from statements.sheet_code import PageCode, SheetCode

# A stroke of a pen is half a millimetre wide: this is one of 12 mm.  Of a stamp that is hardly
# inked, a twentieth of the ring.
LEAST_INK_MM2 = 6.0
LEAST_RED_MM2 = 15.0


@dataclass(frozen=True, slots=True)
class Turn:
    """How a page lies in its picture: clockwise quarters, and clockwise degrees beyond them."""

    quarters: int
    degrees: float


@dataclass(frozen=True, slots=True)
class FoundCode:
    """A sheet's code in a picture.

    *corners* are in pixels of the picture, clockwise from the one that is upper left on paper.
    """

    code: PageCode
    corners: tuple[tuple[float, float], ...]
    turn: Turn


@dataclass(frozen=True, slots=True)
class BoxMarks:
    """What was put into a box by hand, in square millimetres.

    *red* is looked for around the box too, as seals are stamped over edges; None where the
    picture has no colours.
    """

    ink: float
    red: float | None

    @property
    def is_written_in(self) -> bool:
        """Return whether there are strokes of a pen."""
        return self.ink >= LEAST_INK_MM2

    @property
    def is_sealed(self) -> bool | None:
        """Return whether there is a red seal, None where that cannot be told."""
        return None if self.red is None else self.red >= LEAST_RED_MM2


@dataclass(frozen=True, slots=True)
class PageReading:
    """One picture: the sheet codes on it, and the boxes if they were found, left to right."""

    found: tuple[FoundCode, ...]
    boxes: tuple[BoxMarks, ...] = ()

    @property
    def code(self) -> PageCode | None:
        """Return its code, None for a picture of no page or of pages of several sheets."""
        codes = {each.code for each in self.found}
        return codes.pop() if len(codes) == 1 else None


@dataclass(frozen=True, slots=True)
class Returned:
    """All pictures that came at once; *positions* of pictures count from 1."""

    pages: tuple[PageReading, ...]

    @property
    def sheets(self) -> tuple[SheetCode, ...]:
        """Return the different sheets, in the order in which they came."""
        codes = (found.code.sheet for page in self.pages for found in page.found)
        return tuple(dict.fromkeys(codes))

    @property
    def sheet(self) -> SheetCode | None:
        """Return the sheet that all codes are of, None where there is none or another."""
        return self.sheets[0] if len(self.sheets) == 1 else None

    @property
    def unread(self) -> tuple[int, ...]:
        """Return the positions of pictures without a code."""
        return tuple(at for at, page in enumerate(self.pages, 1) if not page.found)

    @property
    def numbered(self) -> int:
        """Return how many pages the prints say that the sheet has, 0 where none says so."""
        return max((found.code.pages for page in self.pages for found in page.found), default=0)

    @property
    def missing(self) -> tuple[int, ...]:
        """Return the numbers of the sheet's pages of which no picture came."""
        came = self._came()
        return tuple(page for page in range(1, self.numbered + 1) if page not in came)

    @property
    def doubled(self) -> tuple[int, ...]:
        """Return the numbers of the sheet's pages of which several pictures came."""
        return tuple(sorted(page for page, times in self._came().items() if times > 1))

    @property
    def boxes(self) -> tuple[BoxMarks, ...]:
        """Return the boxes of the last page on which they were found."""
        return next((page.boxes for page in reversed(self.pages) if page.boxes), ())

    def positions(self, sheet: SheetCode) -> tuple[int, ...]:
        """Return which pictures show a page of *sheet*."""
        return tuple(
            at
            for at, page in enumerate(self.pages, 1)
            if any(found.code.sheet == sheet for found in page.found)
        )

    def _came(self) -> Counter[int]:
        codes = (found.code for page in self.pages for found in page.found)
        return Counter(code.page for code in codes if code.pages)
