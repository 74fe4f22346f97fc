"""Words of the command itself, in the user's language."""

from __future__ import annotations

from correctionkit.language import preferred_language
from correctionkit.terms import Language, Words


def say(en: str, zh: str) -> str:
    """Return the text in the language that the user reads."""
    return Words(en, zh).in_language(preferred_language())


def language_of(option: str | None) -> Language:
    """Return the language of a ``--lang`` option, or the user's own."""
    return Language(option) if option else preferred_language()
