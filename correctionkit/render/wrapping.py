"""Text broken into lines of a terminal, where a Han character takes two columns."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache

# A word, a space, or one wide character with what must not begin a line after it.
_CLOSING = "，。；：！？、）》”’」】〕·…,.;:!?)]"
_OPENING = "（《“‘「【〔(["
_MARKS = re.escape(_OPENING + _CLOSING)
_PIECE = re.compile(
    rf"[{re.escape(_OPENING)}]*(?:[\u2e80-\U0003ffff]|[^\s\u2e80-\U0003ffff{_MARKS}]+)"
    rf"[{re.escape(_CLOSING)}]*|[{_MARKS}]+|\s+"
)


def columns(text: str) -> int:
    """Count the columns that *text* takes; what may take two is counted as two."""
    if text.isascii():
        return len(text)
    return sum(_columns(sign) for sign in text)


def wrapped(text: str, width: int) -> list[str]:
    """Break *text* into lines of at most *width* columns, 4 at the least.

    Lines break at spaces and beside Han characters; closing marks stay with what is before
    them.  What is longer than a line is cut.
    """
    width = max(width, 4)
    if columns(text) <= width:
        return [text.rstrip()]
    lines = [""]
    used = 0
    for piece in _pieces(text, width):
        takes = columns(piece)
        if used + takes > width and used:
            lines[-1] = lines[-1].rstrip()
            lines.append("")
            used = 0
            piece = piece.lstrip()
            takes = columns(piece)
        lines[-1] += piece
        used += takes
    lines[-1] = lines[-1].rstrip()
    return lines


def _pieces(text: str, width: int) -> Iterator[str]:
    for found in _PIECE.finditer(text):
        piece = found[0]
        while columns(piece) > width:
            head = _head(piece, width)
            yield head
            piece = piece[len(head) :]
        if piece:
            yield piece


def _head(piece: str, width: int) -> str:
    used = 0
    for at, sign in enumerate(piece):
        used += _columns(sign)
        if used > width:
            return piece[:at]
    return piece


@lru_cache(maxsize=8192)
def _columns(sign: str) -> int:
    if unicodedata.combining(sign) or unicodedata.category(sign) in {"Mn", "Me"}:
        return 0
    return 2 if unicodedata.east_asian_width(sign) in {"W", "F", "A"} else 1
