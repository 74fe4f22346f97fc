"""How wide the columns of a table are."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import fields
from unicodedata import east_asian_width

# The widths between the margins, in em of the 9 pt that tables are set in.
ROOM = {"upright": 52.2, "wide": 84.7, "coded": 84.7}
# What a cell's padding takes.
PADDING = 0.8
# Beyond this a text is read in lines; up to the other it stands on one if that can be had.
WIDEST, SHORT = 20.0, 4.0
# In the middle of the column: what is a word rather than a sentence, and any bare number.
WORD, NUMBER = 8.0, 14.0
_unbroken = re.compile(r"[!-~]+")


def shares(titles: Sequence[str], rows: Sequence[Sequence[str]], room: float) -> tuple[float, ...]:
    """Return each column's part of a table of *room* em, in percent.

    By the text that nine of ten cells don't exceed, and a third of the longest, so that one
    long remark squeezes no other column; what room is left goes to the longest.  Where room is
    short, numbers, Latin words and names of four characters are still not broken.
    """
    least, usual, most = [], [], []
    for place, title in enumerate(titles):
        cells = {row[place] for row in rows}
        head, widths = em_width(title), sorted(em_width(row[place]) for row in rows) or [0.0]
        ordinary = max(head, widths[-(-len(widths) * 9 // 10) - 1], widths[-1] / 3)
        runs = (em_width(run) for text in cells for run in _unbroken.findall(text))
        least.append(max(min(ordinary, SHORT), min(NUMBER, max(runs, default=0.0))) + PADDING)
        usual.append(max(least[-1], min(WIDEST, ordinary) + PADDING))
        most.append(max(usual[-1], min(WIDEST, widths[-1]) + PADDING))
    short = sum(usual) > room
    widths = _between(least, usual, room) if short else _between(usual, most, room)
    return tuple(round(100 * width / sum(widths), 2) for width in widths)


def shares_of_lines(
    titles: Sequence[str], lines: Sequence[object], room: float
) -> tuple[float, ...]:
    """Return the columns' parts of a table whose rows are the fields of *lines*.

    One title more than there are fields is that of a number before each line.
    """
    rows = []
    for place, line in enumerate(lines, 1):
        cells = tuple(getattr(line, field.name) for field in fields(line))  # type: ignore[arg-type]
        rows.append(cells if len(cells) == len(titles) else (str(place), *cells))
    return shares(titles, rows, room)


def stands_in_the_middle(cells: Sequence[str]) -> bool:
    """Tell whether a column is set in the middle: one of words and numbers."""
    return all(em_width(text) <= (NUMBER if text.isascii() else WORD) for text in set(cells))


def em_width(text: str) -> float:
    """Return about the width of *text* in em: one a Chinese character, half a digit."""
    return sum(map(_width, text))


def _width(character: str) -> float:
    if "0" <= character <= "9":
        return 0.56
    if "A" <= character <= "Z":
        return 0.7
    return 1.0 if east_asian_width(character) in "WFA" else 0.55


def _between(least: list[float], most: list[float], room: float) -> list[float]:
    """Return the widths that fill *room* from the *least* up to the *most*."""
    left, more = room - sum(least), sum(most) - sum(least)
    part = min(1.0, max(0.0, left / more)) if more else 0.0
    return [low + part * (high - low) for low, high in zip(least, most, strict=True)]
