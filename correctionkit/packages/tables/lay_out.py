"""How a table looks: what a caller may ask for, and widths measured from content."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from correctionkit.terms import Severity

MAX_SHEET_NAME = 31
MIN_WIDTH = 6
MAX_WIDTH = 40
_MARGIN = 2
_NOT_IN_SHEET_NAMES = re.compile(r"[\[\]:*?/\\\x00-\x1f\ud800-\udfff\ufffe\uffff]")


@dataclass(frozen=True, slots=True)
class Mark:
    """What stands out about a row or cell: a fill by severity, a comment, or both."""

    severity: Severity | None = None
    comment: str = ""


@dataclass(frozen=True, slots=True)
class SheetSpec:
    """One table on one sheet, all of it text.

    *title* stands above the header, *notes* below the table, one line each, for counts
    and signatures.  *marks* are by row of *rows* and column, both from 0; None as the
    column marks the whole row, its comment goes to the first cell.  Columns are as wide as
    *widths*, in digits, or as their content needs.
    """

    name: str
    header: Sequence[str]
    rows: Sequence[Sequence[str]]
    title: str = ""
    notes: Sequence[str] = ()
    marks: Mapping[tuple[int, int | None], Mark] = field(default_factory=dict)
    widths: Sequence[int] | None = None


def column_widths(header: Sequence[str], rows: Iterable[Sequence[str]]) -> list[int]:
    """Return a width for each column, in digits; a Han character takes two."""
    widths = [shown_width(text) for text in header]
    for row in rows:
        widths.extend([0] * (len(row) - len(widths)))
        for column, text in enumerate(row):
            # Nothing can widen a column that is as wide as it may be.
            if widths[column] < MAX_WIDTH:
                widths[column] = max(widths[column], shown_width(text))
    return [max(MIN_WIDTH, min(width + _MARGIN, MAX_WIDTH)) for width in widths]


def shown_width(text: str) -> int:
    """Return the width of the longest line, in digits, as far as columns grow."""
    if text.isascii() and text.isprintable():
        return len(text)
    return max((_line_width(line) for line in text.splitlines()), default=0)


def lines_wanted(row: Sequence[str], widths: Sequence[int]) -> int:
    """Return how many lines a row takes whose cells are wrapped at their column's width."""
    return max(
        (
            sum(-(-_whole_width(line) // width) or 1 for line in text.splitlines())
            for text, width in zip(row, widths, strict=False)
            # A sign takes two digits at most.
            if 2 * len(text) > width or "\n" in text
        ),
        default=1,
    )


def _whole_width(line: str) -> int:
    return sum(2 if unicodedata.east_asian_width(sign) in "WF" else 1 for sign in line)


def _line_width(line: str) -> int:
    return sum(2 if unicodedata.east_asian_width(sign) in "WF" else 1 for sign in line[:MAX_WIDTH])


def sheet_names(wanted: Iterable[str]) -> list[str]:
    """Return names that spreadsheets accept: no forbidden signs, short, each once."""
    taken: set[str] = {"history"}
    names: list[str] = []
    for text in wanted:
        stem = _NOT_IN_SHEET_NAMES.sub("_", text).strip("' ") or "Sheet"
        name, number = _cut(stem, MAX_SHEET_NAME), 1
        while name.lower() in taken:
            number += 1
            name = f"{_cut(stem, MAX_SHEET_NAME - len(str(number)) - 1)}_{number}"
        taken.add(name.lower())
        names.append(name)
    return names


def _cut(text: str, units: int) -> str:
    # Spreadsheets count UTF-16 units, and an apostrophe may not end a name.
    kept = text.encode("utf-16-le")[: units * 2].decode("utf-16-le", "ignore")
    return kept.rstrip("' ") or "_"
