"""Values of fields: read from what people write, and compared."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from correctionkit.codes import education, ethnicity, gender
from correctionkit.numbers import identity
from correctionkit.readings import Reading, read_name, read_number, read_text
from correctionkit.terms import ValueType

_DATE = re.compile(
    r"(\d{4})(?:(\d{2})(\d{2})|[-./](\d{1,2})[-./](\d{1,2})|年(\d{1,2})月(\d{1,2})日?)"
    r"(?:[ T]00:00(?::00)?)?",
    re.ASCII,
)


@dataclass(frozen=True, slots=True)
class Value:
    """One value of a field as read.

    *key* is what makes two spellings one value; None where the value is no known word of
    its code set or no date.
    """

    reading: Reading
    key: str | None


def read_value(kind: ValueType, typed: str) -> Value:
    """Read what was typed for a field of *kind*; never fails."""
    if kind is ValueType.NAME:
        name = read_name(typed)
        return Value(name, name.read)
    if kind is ValueType.ID_NUMBER:
        number = read_number(typed)
        return Value(number, identity.compact(typed))
    text = read_text(typed)
    if kind is ValueType.DATE:
        day = read_date(text.read)
        return Value(text, day.isoformat() if day else None)
    return Value(text, _code(kind, text.read))


def read_date(text: str) -> date | None:
    """Read a date as people write it: 2001-01-02, 2001.1.2, 20010102, 2001年1月2日."""
    found = _DATE.fullmatch(text)
    if not found:
        return None
    year, month, day = (int(part) for part in found.groups() if part)
    try:
        return date(year, month, day)
    except ValueError:
        return None


def suggestion(kind: ValueType, text: str) -> str | None:
    """Return the word of the code set that *text* most looks like, if one does."""
    table = _TABLES.get(kind)
    found = table.suggestions(text) if table else ()
    return found[0] if found else None


def _code(kind: ValueType, text: str) -> str | None:
    row = _TABLES[kind].find(text)
    return row.code if row else None


_TABLES = {
    ValueType.GENDER: gender,
    ValueType.ETHNICITY: ethnicity,
    ValueType.EDUCATION: education,
}
