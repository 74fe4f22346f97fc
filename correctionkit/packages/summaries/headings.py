"""Headings of a table: which row they stand in, which column is which."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from correctionkit.packages.tables.cells import Row, Sheet
from correctionkit.policy.rows import Column
from correctionkit.readings import matching_key

_SEARCHED_ROWS = 40
_ADDITION = re.compile(r"[(\[（【].*?[)\]）】]|[*:：＊]")


@dataclass(frozen=True, slots=True)
class Headings:
    """The heading row of a sheet.

    *at* gives the place of each column by its id (A is 0), *typed* its heading as typed.
    """

    row: Row
    at: Mapping[str, int]
    typed: Mapping[str, str]
    missing: tuple[str, ...]
    doubled: tuple[str, ...]


def find_headings(sheet: Sheet, columns: Sequence[Column]) -> Headings | None:
    """Find the row of a sheet that holds the most headings, the first of equals.

    Returns None where no row holds at least two.
    """
    known = {_heading_key(heading): column.id for column in columns for heading in column.headings}
    best: Headings | None = None
    for row in sheet.rows[:_SEARCHED_ROWS]:
        found = _read(row, known, columns)
        if len(found.at) >= 2 and (best is None or len(found.at) > len(best.at)):
            best = found
    return best


def _read(row: Row, known: Mapping[str, str], columns: Sequence[Column]) -> Headings:
    at: dict[str, int] = {}
    typed: dict[str, str] = {}
    doubled: list[str] = []
    for place, text in enumerate(row.texts):
        column = known.get(_heading_key(text)) if text else None
        if column is None:
            continue
        if column in at:
            doubled.append(column)
            continue
        at[column] = place
        typed[column] = " ".join(text.split())
    needed = [column for column in columns if column.needed]
    return Headings(
        row,
        at,
        typed,
        tuple(column.headings[0] for column in needed if column.id not in at),
        tuple(column.headings[0] for column in needed if column.id in doubled),
    )


def _heading_key(text: str) -> str:
    """Fold a heading: line breaks, width, marks of needed fields, additions in brackets."""
    return matching_key(_ADDITION.sub("", "".join(text.split())))
