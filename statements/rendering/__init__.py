"""Statements as HTML and PDF: the door to everything behind it.

WeasyPrint and pikepdf take most of a second to import, so they are imported by the first
document, not by whoever might print one.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence

from statements.contexts.evidence_cover import EvidenceCover, ScanPage
from statements.contexts.statement import Statement
from statements.faults import MissingGlyph, RenderingFault, TooLarge, UnfitPicture, Unprintable
from statements.rendering.markup import to_html

Progress = Callable[[int, int], None]

__all__ = [
    "render_pdf",
    "render_bundle",
    "render_many",
    "render_joined",
    "to_html",
    "MissingGlyph",
    "RenderingFault",
    "TooLarge",
    "UnfitPicture",
    "Unprintable",
]


def render_pdf(statement: Statement, progress: Progress | None = None) -> bytes:
    """Return *statement* as a PDF; the same statement gives the same bytes.

    *progress* is called with the lines done and the lines in all.  Raises
    :exc:`Unprintable`, of which :exc:`MissingGlyph` is one.
    """
    from statements.rendering import documents  # noqa: PLC0415 - slow import

    return documents.render(statement, progress)


def render_bundle(
    cover: EvidenceCover, scans: Sequence[ScanPage], progress: Progress | None = None
) -> bytes:
    """Return *cover* and *scans* as one PDF.

    The scans are asked for one at a time, each once.  *progress* is called with the scans done
    and the scans in all.  Raises :exc:`Unprintable`, of which :exc:`UnfitPicture` and
    :exc:`TooLarge` are two.
    """
    from statements.rendering import documents  # noqa: PLC0415 - slow import

    return documents.bundle(cover, scans, progress)


def render_many(
    statements: Iterable[Statement],
    *,
    processes: int | None = None,
    progress: Callable[[int], None] | None = None,
) -> Iterator[bytes]:
    """Yield the PDFs of *statements* in their order, rendered by worker processes.

    *progress* is called with the documents done.  Raises :exc:`Unprintable`.
    """
    from statements.rendering import many  # noqa: PLC0415 - slow import

    return many.render_many(statements, processes=processes, progress=progress)


def render_joined(
    statements: Iterable[Statement],
    title: str,
    *,
    processes: int | None = None,
    progress: Callable[[int], None] | None = None,
) -> bytes:
    """Return one PDF with all *statements*, rendered by worker processes.

    Raises :exc:`Unprintable`, and :exc:`ValueError` for no statements.
    """
    from statements.rendering import many  # noqa: PLC0415 - slow import

    return many.render_joined(statements, title, processes=processes, progress=progress)
