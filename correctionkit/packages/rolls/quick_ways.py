"""Shortcuts for what is in order: each says None where it has the least doubt."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

from correctionkit.codes import areas
from correctionkit.numbers import gb11643
from correctionkit.packages.rolls.columns import IDENTITY, RollColumn

Quick = Callable[[str], str | None]

_RESIDENT_NUMBER = re.compile("[1-8][0-9]{16}[0-9X]", re.ASCII)
_MEN, _WOMEN = "男", "女"


def quick_way(column: RollColumn, met: Mapping[str, str] | None) -> Quick:
    """Return what reads the texts of a column without doubt; *met* is what was read before."""
    if column.key:
        if column.key.pattern.lengths[-1] > column.limit:
            return _never
        matched = re.compile(column.key.pattern.regex, re.ASCII).fullmatch
        return _quick_number(matched, column.key.categories)
    if column.is_name:
        plain = re.compile(f"[\u4e00-\u9fff]{{1,{column.limit}}}").fullmatch
        return lambda text: text if plain(text) else None
    if column.id == IDENTITY:
        resident = _RESIDENT_NUMBER.fullmatch
        return lambda text: text if resident(text) else None
    return _never if met is None else met.get


def is_surely_sound(values: Mapping[str, str], today: str) -> bool:
    """Tell whether the identity number is a resident's, right, and contradicted by nothing.

    *today* is eight digits.
    """
    number = values.get(IDENTITY)
    if not number:
        return True
    if values.get("document_kind", "") not in ("", "1") or not (
        number.isascii() and number[:17].isdecimal() and len(number) == gb11643.LENGTH
    ):
        return False
    born = number[6:14]
    if gb11643.check_character(number) != number[17] or born > today:
        return False
    if gb11643.birth_date(born) is None or not areas.is_known(number[:6]):
        return False
    birth = values.get("birth_date")
    if birth and birth.replace("-", "") != born:
        return False
    said = _MEN if number[16] in "13579" else _WOMEN
    gender = values.get("gender")
    return not gender or gender == said


def _never(_: str) -> str | None:
    return None


def _quick_number(
    matched: Callable[[str], re.Match[str] | None], categories: frozenset[str]
) -> Quick:
    def quick(text: str) -> str | None:
        found = matched(text)
        if found is None or not text.isdigit():
            return None
        if categories and (category := found.groupdict().get("category")):
            return text if category in categories else None
        return text

    return quick
