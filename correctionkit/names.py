"""Names of people: read, judged, compared character by character.

A name is kept as written.  Any character of GB 18030-2022 may stand in it; what is refused
is what no name can hold, or what would not survive the way to the national register.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum
from types import MappingProxyType
from typing import Any

from correctionkit.characters import (
    STANDARD_PRIVATE_USE,
    Character,
    code_point,
    explain,
    is_compatibility,
    relation,
    unified,
)
from correctionkit.readings import HAN, MIDDLE_DOT, Reading, read_name

MAX_LENGTH = 100
"""In characters (code points).  Names of 50 must fit; more than this is no name."""

_HAN_ONLY = re.compile(f"[{HAN}]+")
_HAN_SIGN = re.compile(f"[{HAN}]")
_BIDI = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
_PLACEHOLDERS = frozenset("?*\u25a0\u25a1\u3013\ufffd\u25cb\u25cf")
_LATIN_MARKS = frozenset(".-'\u2019")
_VARIATION = re.compile("[\u180b-\u180d\ufe00-\ufe0f\U000e0100-\U000e01ef]")
_FANCY = ("<font>", "<super>", "<sub>", "<circle>", "<square>")


@dataclass(frozen=True, slots=True)
class NameFault:
    """One thing that a name cannot have; *params* are plain values for the message."""

    fault: str
    params: MappingProxyType[str, Any]


class Likeness(StrEnum):
    """How alike two names are."""

    IDENTICAL = "identical"
    READ_ALIKE = "read-alike"
    UNIFIED_ALIKE = "unified-alike"
    DIFFERENT = "different"


@dataclass(frozen=True, slots=True)
class CharacterDifference:
    """Where two names differ by one character.

    *position* counts from 1 in the new name; for ``character-missing``, in the old one.
    The side that ``character-missing`` and ``character-added`` lack is None.  ``swapped``
    holds the first of two neighbours that changed places; the other kinds are those of
    :func:`correctionkit.characters.relation`.
    """

    kind: str
    position: int
    old: Character | None
    new: Character | None


def normalise(typed: str) -> Reading:
    """Read a name as typed: see :func:`correctionkit.readings.read_name`."""
    return read_name(typed)


def faults(name: str, *, max_length: int = MAX_LENGTH) -> Iterator[NameFault]:
    """Yield what a normalised name cannot have, each fault once, in order of appearance."""
    if not name:
        yield _fault("name-missing")
        return
    if len(name) > max_length:
        yield _fault("name-too-long", length=len(name), limit=max_length)
    if _HAN_ONLY.fullmatch(name):
        return
    found: dict[str, list[str]] = {}
    for at, sign in enumerate(name):
        fault = _sign_fault(name, at, sign)
        if fault and sign not in found.setdefault(fault, []):
            found[fault].append(sign)
    for fault, signs in found.items():
        expected = [other for sign in signs if (other := unified(sign))]
        yield _fault(
            fault,
            characters=[_shown(sign) for sign in signs],
            **({"expected": expected} if expected else {}),
        )


def kept_characters(name: str) -> tuple[Character, ...]:
    """Return the characters that are kept as they are, and worth telling about.

    Compatibility ideographs, and the six that GB 18030-2022 keeps in private use.
    """
    return tuple(
        explain(sign)
        for sign in dict.fromkeys(name)
        if is_compatibility(sign) or sign in STANDARD_PRIVATE_USE
    )


def compare(one: str, other: str) -> Likeness:
    """Tell how alike two names are."""
    if one == other:
        return Likeness.IDENTICAL
    one_read, other_read = read_name(one).read, read_name(other).read
    if one_read == other_read:
        return Likeness.READ_ALIKE
    if _unify(one_read) == _unify(other_read):
        return Likeness.UNIFIED_ALIKE
    return Likeness.DIFFERENT


def explain_difference(old: str, new: str) -> tuple[CharacterDifference, ...]:
    """Tell character by character how *new* differs from *old*, both as given."""
    return tuple(_differences(old, new))


def _differences(old: str, new: str) -> Iterator[CharacterDifference]:
    if len(old) == len(new):
        yield from _paired(old, new, 0)
        return
    matcher = SequenceMatcher(None, old, new, autojunk=False)
    for tag, start, end, new_start, new_end in matcher.get_opcodes():
        if tag == "equal":
            continue
        paired = min(end - start, new_end - new_start)
        yield from _paired(
            old[start : start + paired], new[new_start : new_start + paired], new_start
        )
        for at in range(start + paired, end):
            yield CharacterDifference("character-missing", at + 1, explain(old[at]), None)
        for at in range(new_start + paired, new_end):
            yield CharacterDifference("character-added", at + 1, None, explain(new[at]))


def _paired(old: str, new: str, start: int) -> Iterator[CharacterDifference]:
    """Compare two stretches of one length; the new one begins at *start* of its name."""
    at = 0
    while at < len(old):
        if old[at] == new[at]:
            at += 1
            continue
        swapped = old[at : at + 2] == new[at : at + 2][::-1] and at + 1 < len(old)
        kind = "swapped" if swapped else relation(old[at], new[at])
        yield CharacterDifference(kind, start + at + 1, explain(old[at]), explain(new[at]))
        at += 2 if swapped else 1


def _unify(name: str) -> str:
    return "".join(unified(sign) or sign for sign in name)


def _fault(fault: str, **params: Any) -> NameFault:
    return NameFault(fault, MappingProxyType(params))


def _shown(sign: str) -> str:
    """Name a character so that it can stand in a message without doing anything there."""
    category = unicodedata.category(sign)
    if category[0] in "CZM":
        return code_point(sign)
    return f"{sign} ({code_point(sign)})"


def _sign_fault(name: str, at: int, sign: str) -> str | None:
    if _HAN_SIGN.match(sign) or sign in STANDARD_PRIVATE_USE:
        return None
    if sign == MIDDLE_DOT:
        between = _is_letter(name[at - 1 : at]) and _is_letter(name[at + 1 : at + 2])
        return None if between else "name-separator"
    if sign == " ":
        return None
    if sign in _LATIN_MARKS:
        before = name[at - 1 : at] if at else ""
        return None if _is_letter(before) and not _HAN_SIGN.match(before) else "name-separator"
    if sign in _PLACEHOLDERS:
        return "name-placeholder"
    if sign in _BIDI:
        return "name-bidi"
    if _VARIATION.match(sign):
        return "name-variation"
    if "\u2e80" <= sign <= "\u2fdf":
        return "name-radical"
    return _category_fault(name, at, sign)


def _category_fault(name: str, at: int, sign: str) -> str | None:
    category = unicodedata.category(sign)
    if category[0] == "L":
        fancy = unicodedata.decomposition(sign).startswith(_FANCY)
        return "name-symbol" if fancy else None
    if category[0] == "M":
        marks = name[max(0, at - 2) : at + 1]
        piled = len(marks) == 3 and all(unicodedata.category(each)[0] == "M" for each in marks)
        return "name-symbol" if at == 0 or piled else None
    if category[0] == "N":
        return "name-digit"
    if category == "Co":
        return "name-private-use"
    if category in {"Cn", "Cs"}:
        return "name-unassigned"
    return "name-control" if category[0] in "CZ" else "name-symbol"


def _is_letter(sign: str) -> bool:
    return bool(sign) and (
        bool(_HAN_SIGN.match(sign))
        or sign in STANDARD_PRIVATE_USE
        or unicodedata.category(sign)[0] in "LM"
    )
