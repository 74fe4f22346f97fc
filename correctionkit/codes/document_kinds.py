"""Kinds of identity documents in the school roll."""

from __future__ import annotations

from functools import cache

from correctionkit.codes.table import CodeRow, CodeTable, load_table
from correctionkit.terms import Language


@cache
def table() -> CodeTable:
    """Return the code set."""
    return load_table("document_kinds.tsv")


def find(text: str) -> CodeRow | None:
    """Return the row that *text* names by code, name or alias, or None."""
    return table().find(text)


def label(code: str, language: Language) -> str:
    """Return the name of *code* in *language*; the code itself where it has none."""
    return table().label(code, language)


def suggestions(text: str) -> tuple[str, ...]:
    """Return the names that come close to *text*."""
    return table().suggestions(text)
