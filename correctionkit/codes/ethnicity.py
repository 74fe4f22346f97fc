"""Ethnicity, GB/T 3304: the 56 nationalities, with or without 族."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from correctionkit.codes.table import CodeRow, CodeTable, load_table
from correctionkit.terms import Language

_ENDING = "族"


@cache
def table() -> CodeTable:
    """Return the code set."""
    return load_table("ethnicity.tsv", more_words=_short_forms)


def find(text: str) -> CodeRow | None:
    """Return the row that *text* names by code, name, letters or alias, or None."""
    return table().find(text)


def label(code: str, language: Language) -> str:
    """Return the name of *code* in *language*; the code itself where it has none."""
    return table().label(code, language)


def suggestions(text: str) -> tuple[str, ...]:
    """Return the names that come close to *text*; the ending 族 does not count."""
    return table().suggestions(text.strip().removesuffix(_ENDING))


def _short_forms(row: CodeRow) -> Iterator[str]:
    # A code that went through a spreadsheet comes without its leading zero.
    yield row.code.lstrip("0")
    if row.zh.endswith(_ENDING):
        yield row.zh.removesuffix(_ENDING)
