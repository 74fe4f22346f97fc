"""Findings as JSON: what a check said, as facts; words come when it is shown."""

import json
from datetime import date

from correctionkit import catalog
from correctionkit.findings import Location
from correctionkit.terms import Words

_PLACES = Location.__slots__
_WORDS, _DAY = "$words", "$date"


class CodeUnknown(LookupError):
    """A stored finding has a code that these rules don't know."""


def to_json(findings):
    """Return findings as text.

    Raises TypeError for a parameter that is no text, number, truth, day, words or list of these.
    """
    return json.dumps([_plain(each) for each in findings], ensure_ascii=False)


def from_json(text):
    """Return the findings of a text; raises CodeUnknown."""
    return tuple(_finding(each) for each in json.loads(text))


def _plain(finding):
    where = {name: getattr(finding.location, name) for name in _PLACES}
    row = {
        "code": finding.code,
        "location": {name: value for name, value in where.items() if value is not None},
        "student": finding.student,
        "field": finding.field,
        "clause": _value(finding.clause),
        "params": {name: _value(value) for name, value in finding.params.items()},
    }
    return {name: value for name, value in row.items() if value not in (None, {})}


def _finding(row):
    kind = catalog.BY_CODE.get(row["code"])
    if kind is None:
        raise CodeUnknown(row["code"])
    params = {name: _read(value) for name, value in row.get("params", {}).items()}
    return kind.at(
        Location(**row.get("location", {})),
        student=row.get("student"),
        field=row.get("field"),
        clause=_read(row.get("clause")),
        **params,
    )


def _value(value):
    if value is None or isinstance(value, (bool, int, float)):
        return value
    if isinstance(value, str):
        # Halves of characters, as names of files may hold, are none that a database takes.
        return value.encode("utf-8", "replace").decode()
    if isinstance(value, Words):
        return {_WORDS: [value.en, value.zh]}
    if isinstance(value, date):
        return {_DAY: value.isoformat()}
    if isinstance(value, (set, frozenset)):
        return [_value(each) for each in sorted(value)]
    if isinstance(value, (list, tuple)):
        return [_value(each) for each in value]
    raise TypeError(f"{type(value).__name__} is no plain value of a finding")


def _read(value):
    if isinstance(value, list):
        return [_read(each) for each in value]
    if isinstance(value, dict) and _WORDS in value:
        return Words(*value[_WORDS])
    if isinstance(value, dict) and _DAY in value:
        return date.fromisoformat(value[_DAY])
    return value
