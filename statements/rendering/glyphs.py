"""Refuses what cannot be printed before it is tried: a box for a character, hours for a line."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields, is_dataclass

from statements.contexts.case_file import MOST_ATTACHED, CaseFile
from statements.contexts.statement import Statement
from statements.faults import MissingGlyph, TooLarge, Unprintable
from statements.rendering.faces import first_missing

# The tallest row there is: fifteen pages in a narrow column, in a second.  The time grows with
# the square of the text.
LONGEST_TEXT = 3_000


def require_bounds(statement: Statement) -> None:
    """Raise :exc:`Unprintable` for what takes too long to lay out or too much room to write."""
    originals = statement.attachments if isinstance(statement, CaseFile) else ()
    if sum(len(each.content) for each in originals) > MOST_ATTACHED:
        raise TooLarge(f"attachments take more than {MOST_ATTACHED} bytes")
    for whose, text in texts(statement):
        if len(text) > LONGEST_TEXT:
            of = f" of {whose}" if whose else ""
            raise Unprintable(f"a text{of} has more than {LONGEST_TEXT} characters")


def require_glyphs(statement: Statement, markup: str) -> None:
    """Raise :exc:`MissingGlyph` for the first character of *markup* that no face has.

    The markup is what is printed, so it is what is looked at; *statement* tells whose text it is.
    """
    # A set first: ten thousand characters of a sheet are a few hundred different ones.
    if first_missing(set(markup)) is None:
        return
    for whose, text in texts(statement):
        if (missing := first_missing(text)) is not None:
            raise MissingGlyph(missing, whose)
    raise MissingGlyph(first_missing(markup) or "\N{REPLACEMENT CHARACTER}")


def texts(part: object, whose: str = "") -> Iterator[tuple[str, str]]:
    """Yield every text of a context with the name of the student that it belongs to."""
    if isinstance(part, str):
        yield whose, part
    elif isinstance(part, tuple):
        for each in part:
            yield from texts(each, whose)
    elif is_dataclass(part):
        whose = getattr(part, "whose", whose)
        for field in fields(part):
            yield from texts(getattr(part, field.name), whose)
