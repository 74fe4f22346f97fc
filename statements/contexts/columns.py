"""How wide the columns of a table are."""

from __future__ import annotations

from collections.abc import Sequence
from unicodedata import east_asian_width

NARROWEST, WIDEST = 3.0, 14.0


def shares(titles: Sequence[str], rows: Sequence[Sequence[str]]) -> tuple[float, ...]:
    """Return each column's part of the table's width, in percent.

    By the text that nine of ten cells don't exceed, and a third of the longest: one long
    remark neither squeezes the others nor stands in a column of single characters.
    """
    wanted = [
        min(WIDEST, max(NARROWEST, em_width(title), _usual([row[place] for row in rows])))
        for place, title in enumerate(titles)
    ]
    return tuple(round(100 * width / sum(wanted), 2) for width in wanted)


def em_width(text: str) -> float:
    """Return the width of *text* in em: one a Chinese character, half a Latin one."""
    return sum(1.0 if east_asian_width(character) in "WFA" else 0.55 for character in text)


def _usual(cells: Sequence[str]) -> float:
    widths = sorted(map(em_width, cells))
    return max(widths[(len(widths) - 1) * 9 // 10], widths[-1] / 3) if widths else 0.0
