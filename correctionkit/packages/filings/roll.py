"""The roll: student records from a workbook or CSV file, found by number."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from types import MappingProxyType

import pandas as pd

from correctionkit.packages.tables.csv_text import records
from correctionkit.packages.tables.faults import ENCODING, TableUnreadable
from correctionkit.policy.model import Policy
from correctionkit.policy.rows import Column
from correctionkit.readings import matching_key, read_number, read_text
from correctionkit.requests.model import StudentRecord
from correctionkit.requests.values import read_date

_SEARCHED_ROWS = 40
_OWN = frozenset(
    {"student_number", "certificate_number", "status", "enrolled_on", "graduated_on", "level"}
)


class RollUnreadable(Exception):
    """The roll cannot be used; *fault* says why, as a code, *missing* which headings."""

    def __init__(self, fault: str, missing: Sequence[str] = ()) -> None:
        super().__init__(fault)
        self.fault = fault
        self.missing = tuple(missing)


class Roll:
    """Student records by student number and by certificate number.

    Where a number stands twice the first record holds; *repeated* lists such numbers.
    """

    def __init__(self, frame: pd.DataFrame, key_columns: Sequence[str], policy: Policy) -> None:
        self._frame = frame
        self._fields = frozenset(policy.vocabulary.fields)
        self._places: dict[str, int] = {}
        repeated: dict[str, None] = {}
        for column in key_columns:
            for place, typed in enumerate(frame[column]):
                number = read_number(typed).read
                if number and self._places.setdefault(number, place) != place:
                    repeated[number] = None
        self.repeated = tuple(repeated)

    def __len__(self) -> int:
        return len(self._frame)

    def find(self, number: str) -> StudentRecord | None:
        """Return the record of a number, or None where the roll has none."""
        place = self._places.get(number)
        if place is None:
            return None
        values = {str(column): str(value) for column, value in self._frame.iloc[place].items()}
        return StudentRecord(
            values=MappingProxyType(
                {column: value for column, value in values.items() if column in self._fields}
            ),
            status=values.get("status") or None,
            enrolled_on=_day(values, "enrolled_on"),
            graduated_on=_day(values, "graduated_on"),
            level=read_text(values.get("level", "")).read,
        )


def read_roll(path: Path, policy: Policy) -> Roll:
    """Read the roll by the columns of *policy*, or raise :exc:`RollUnreadable`.

    A column that the file lacks is not compared; a name and one number are needed.
    """
    table = _read_cells(path)
    heading_row, columns = _find_columns(table, policy.roll_columns)
    frame = table.iloc[heading_row + 1 :, list(columns.values())].copy()
    frame.columns = pd.Index(list(columns))
    keys = [column for column in ("student_number", "certificate_number") if column in columns]
    return Roll(frame.reset_index(drop=True), keys, policy)


def _read_cells(path: Path) -> pd.DataFrame:
    """Read the first sheet as text, without headings."""
    try:
        with path.open("rb") as file:
            head = file.read(8)
    except OSError as error:
        raise RollUnreadable("roll-unopened") from error
    try:
        if head.startswith((b"PK\x03\x04", b"\xd0\xcf\x11\xe0")):
            frame = pd.read_excel(
                path, header=None, dtype=str, keep_default_na=False, engine="calamine"
            )
        else:
            frame = _read_csv(path)
    except RollUnreadable:
        raise
    # Readers raise whatever their formats' libraries raise.
    except Exception as error:
        raise RollUnreadable("roll-broken") from error
    return frame.fillna("").astype(str)


def _read_csv(path: Path) -> pd.DataFrame:
    # The bounds of summary tables do not hold: a roll has as many rows as there are students.
    try:
        rows = list(records(path.read_bytes()))
    except TableUnreadable as error:
        fault = "roll-encoding" if error.fault == ENCODING else "roll-broken"
        raise RollUnreadable(fault) from error
    width = max(map(len, rows), default=0)
    return pd.DataFrame([row + [""] * (width - len(row)) for row in rows], dtype=object)


def _find_columns(table: pd.DataFrame, columns: Sequence[Column]) -> tuple[int, Mapping[str, int]]:
    """Find the heading row, and the place of each column in it."""
    known = {matching_key(heading): column.id for column in columns for heading in column.headings}
    best: tuple[int, dict[str, int]] = (0, {})
    for number, row in enumerate(table.head(_SEARCHED_ROWS).itertuples(index=False)):
        found: dict[str, int] = {}
        for place, text in enumerate(row):
            column = known.get(matching_key(str(text)))
            if column:
                found.setdefault(column, place)
        if len(found) > len(best[1]):
            best = (number, found)
    found = best[1]
    if "name" not in found or not {"student_number", "certificate_number"} & found.keys():
        missing = [
            column.headings[0]
            for column in columns
            if column.id in ("student_number", "certificate_number", "name")
            and column.id not in found
        ]
        raise RollUnreadable("roll-columns", missing)
    return best


def _day(values: Mapping[str, str], column: str) -> date | None:
    return read_date(read_text(values.get(column, "")).read)
