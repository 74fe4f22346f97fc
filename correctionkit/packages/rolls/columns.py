"""What the columns of a roll hold: a number, a name, a word of a list, a day, or plain text."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import ModuleType

from correctionkit.codes import document_kinds, education, ethnicity, gender
from correctionkit.policy.model import Policy
from correctionkit.policy.rows import StudentKey
from correctionkit.readings import Reading, matching_key, read_name, read_number, read_text
from correctionkit.requests.values import read_date
from correctionkit.terms import ValueType

# What no database keeps, no line shows, or would turn a line's direction round.
UNKEPT = re.compile(
    "[\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff\ufffe\uffff]"
)
IDENTITY = "id_number"
_DAYS = frozenset({"birth_date", "enrolled_on", "graduated_on"})
_CODE_SETS: Mapping[ValueType, ModuleType] = {
    ValueType.GENDER: gender,
    ValueType.ETHNICITY: ethnicity,
    ValueType.EDUCATION: education,
}


@dataclass(frozen=True, slots=True)
class RollColumn:
    """How one column is read.

    *as_text* says that a spreadsheet's number loses digits there, *limit* how many characters
    are kept.  *word* returns what is kept for a text and None for one that no list has,
    *nearest* the word that it looks like.
    """

    id: str
    read: Callable[[str], Reading]
    limit: int
    as_text: bool = False
    key: StudentKey | None = None
    is_name: bool = False
    is_day: bool = False
    word: Callable[[str], str | None] | None = None
    nearest: Callable[[str], str | None] | None = None
    coded: bool = False
    """What is kept is a code, and nobody reads it in place of the word."""


def columns_of(
    policy: Policy, statuses: Mapping[str, str], limits: Mapping[str, int]
) -> dict[str, RollColumn]:
    """Return the roll's columns by id.

    *statuses* are further words for statuses than the policy's, *limits* the most characters.
    """
    return {
        column.id: _column(column.id, policy, statuses, limits.get(column.id, 200))
        for column in policy.roll_columns
    }


def _column(id_: str, policy: Policy, statuses: Mapping[str, str], limit: int) -> RollColumn:
    if key := policy.numbers.get(id_):
        return RollColumn(id_, read_number, limit, as_text=True, key=key)
    if id_ == "status":
        words = _status_words(policy, statuses)
        return RollColumn(
            id_, read_text, limit, word=lambda text: words.get(matching_key(text)), coded=True
        )
    if id_ == "document_kind":
        return RollColumn(id_, read_text, limit, word=_kind_code, nearest=_nearest_kind, coded=True)
    field = policy.vocabulary.fields.get(id_)
    kind = field.value if field else None
    if kind is ValueType.NAME:
        most = min(limit, policy.name_characters)
        return RollColumn(id_, read_name, most, as_text=True, is_name=True)
    if kind is ValueType.ID_NUMBER:
        return RollColumn(id_, read_number, limit, as_text=True)
    if kind is ValueType.DATE or id_ in _DAYS:
        return RollColumn(id_, read_text, limit, is_day=True, word=_day)
    if kind and kind in _CODE_SETS:
        codes = _CODE_SETS[kind]
        keep_spelling = kind is ValueType.EDUCATION
        return RollColumn(
            id_,
            read_text,
            limit,
            word=lambda text: _label(codes, text, keep_spelling=keep_spelling),
            nearest=lambda text: next(iter(codes.suggestions(text)), None),
        )
    return RollColumn(id_, read_text, limit)


def _status_words(policy: Policy, more: Mapping[str, str]) -> dict[str, str]:
    words = {matching_key(word): status for word, status in more.items()}
    for status in policy.statuses.values():
        words.update((matching_key(spelling), status.id) for spelling in status.spellings())
    return words


def _label(codes: ModuleType, text: str, *, keep_spelling: bool) -> str | None:
    row = codes.find(text)
    if row is None:
        return None
    # Two words of one level of education may tell completed from broken off.
    spelt = keep_spelling and matching_key(text) != matching_key(row.code)
    return text if spelt else str(row.zh)


def _kind_code(text: str) -> str | None:
    row = document_kinds.find(text)
    return row.code if row else None


def _nearest_kind(text: str) -> str | None:
    return next(iter(document_kinds.suggestions(text)), None)


def _day(text: str) -> str | None:
    day = read_date(text)
    return day.isoformat() if day else None
