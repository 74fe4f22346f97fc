"""Words of the command itself, in the user's language."""

from __future__ import annotations

from collections.abc import Sequence

from correctionkit.language import preferred_language
from correctionkit.terms import Language, Words

_chosen: Language | None = None


def choose(arguments: Sequence[str]) -> None:
    """Speak the language that ``--lang`` names, if it names one, from here on."""
    global _chosen
    _chosen = None
    for word, following in zip(arguments, (*arguments[1:], ""), strict=False):
        named = following if word == "--lang" else word.removeprefix("--lang=")
        if word.startswith("--lang") and named in {each.value for each in Language}:
            _chosen = Language(named)


def say(en: str, zh: str) -> str:
    """Return the text in the language that the user reads."""
    return Words(en, zh).in_language(_chosen or preferred_language())


def language_of(option: str | None) -> Language:
    """Return the language of a ``--lang`` option, or the user's own."""
    return Language(option) if option else preferred_language()
