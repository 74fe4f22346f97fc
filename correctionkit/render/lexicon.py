"""The words of all coded parameters, in one look-up."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from types import MappingProxyType

from correctionkit.catalog.words import (
    folders,
    imports,
    names,
    numbers,
    packages,
    readings,
    repairs,
    requests,
    scans,
    tables,
)
from correctionkit.terms import Words

AREAS: tuple[Mapping[str, Words], ...] = (
    readings.WORDS,
    names.WORDS,
    numbers.WORDS,
    packages.WORDS,
    tables.WORDS,
    scans.WORDS,
    folders.WORDS,
    requests.WORDS,
    repairs.WORDS,
    imports.WORDS,
)


@cache
def all_words() -> Mapping[str, Words]:
    """Return the words of every area by code; no code stands in two areas."""
    words: dict[str, Words] = {}
    for area in AREAS:
        words.update(area)
    return MappingProxyType(words)
