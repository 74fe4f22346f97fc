"""Values of parameters as words: lists, sizes, large numbers, what is not stated."""

from __future__ import annotations

from collections.abc import Sequence

from correctionkit.terms import Language, Words

NONE = Words("none", "无")
OPEN = Words("(open)", "（未定）")


def listed(texts: Sequence[str], language: Language, last: Words | None = None) -> str:
    """Join *texts*; *last* stands before the last one, as in “a, b or c”."""
    if not texts:
        return NONE.in_language(language)
    separator = "、" if language is Language.ZH else ", "
    if last is None or len(texts) == 1:
        return separator.join(texts)
    joint = last.zh if language is Language.ZH else f" {last.en} "
    return f"{separator.join(texts[:-1])}{joint}{texts[-1]}"


def quoted(text: str) -> str:
    """Put *text* in quotation marks, the same in both languages."""
    return f"“{text}”"


def grouped(number: int | float) -> str:
    """Write a large number in groups of three digits; years and rows stay plain."""
    return f"{number:,}" if abs(number) >= 10_000 else str(number)
