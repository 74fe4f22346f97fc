"""A statement as HTML."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources

from django.template import Context, Engine

from statements.contexts.statement import Statement


@dataclass(frozen=True, slots=True)
class Piece:
    """Which lines of a statement: from ``start`` up to, not with, ``stop``."""

    start: int
    stop: int
    whole: int

    @property
    def first(self) -> bool:
        """Return whether the document opens with this piece."""
        return self.start == 0

    @property
    def last(self) -> bool:
        """Return whether the document ends with this piece."""
        return self.stop == self.whole


def flow(statement: Statement) -> Sequence[object]:
    """Return the lines that a long document is cut between."""
    lines: Sequence[object] = getattr(statement, statement.flow)
    return lines


def to_html(statement: Statement, piece: Piece | None = None) -> str:
    """Fill a statement's template.  Pure: the same statement gives the same text.

    A *piece* marks its lines, so that it can be seen which page each came to stand on.
    """
    lines = flow(statement)
    part = piece or Piece(0, len(lines), len(lines))
    numbered = enumerate(lines[part.start : part.stop], part.start + 1)
    texts = {
        "statement": statement,
        "lines": tuple(numbered),
        "first": part.first,
        "last": part.last,
        "marked": piece is not None,
        "made_at": statement.made_at.isoformat(timespec="seconds"),
    }
    return fill(statement.template, texts)


def fill(template: str, texts: dict[str, object]) -> str:
    """Fill one of the packaged templates; every text is escaped."""
    # Numbers stay plain: without Django settings there is no locale to format them for.
    context = Context(texts, use_l10n=False, use_tz=False)
    return str(_engine().get_template(template).render(context))


@cache
def _engine() -> Engine:
    folder = resources.files("statements") / "templates"
    loader = ("django.template.loaders.filesystem.Loader", [str(folder)])
    return Engine(loaders=[("django.template.loaders.cached.Loader", [loader])], autoescape=True)
