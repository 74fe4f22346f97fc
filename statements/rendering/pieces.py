"""A document of any length in pieces of a few pages, each with its own bounded memory.

WeasyPrint holds a whole document's boxes at once, some 7 MB a page.  So a long one is laid out
a batch of lines at a time; of a batch, the pages that are sure to be full are kept, and the
next batch begins with the first line that is not on them.  The result breaks where one long
document would.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from weasyprint.document import Document

from statements.contexts.case_file import CaseFile
from statements.contexts.statement import Statement
from statements.faults import Unprintable
from statements.rendering.engine import lay_out, write
from statements.rendering.glyphs import require_bounds, require_glyphs, texts
from statements.rendering.markup import Piece, flow, to_html
from statements.rendering.qr import pictures_of

MOST_PAGES = 20
# About twelve pages of ordinary lines; lines with much text count for several.
BATCH_WEIGHT = 240
CHARACTERS_A_LINE = 160

Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Part:
    """A rendered piece; ``numbered`` if its pages say which of how many they are."""

    pdf: bytes
    numbered: bool
    # What readers list it as, if it is more than a piece.
    bookmark: str = ""


def parts(
    statement: Statement, progress: Progress | None = None, *, alone: bool = True
) -> Iterator[Part]:
    """Render *statement*, a piece at a time.

    *progress* is told how many lines of how many are done.  What is not *alone* leaves its
    pages to be numbered with those of others.  Raises :exc:`MissingGlyph`, and
    :exc:`Unprintable` for a line longer than a whole piece.
    """
    require_bounds(statement)
    lines = flow(statement)
    originals = statement.attachments if isinstance(statement, CaseFile) else ()
    pictures = pictures_of(statement)
    start = 0
    while True:
        piece = Piece(start, _batch_end(lines, start), len(lines))
        if piece.first and piece.last:
            markup = to_html(statement)
            require_glyphs(statement, markup)
            document = lay_out(markup, pictures, unnumbered=not alone)
            if len(document.pages) <= MOST_PAGES:
                yield Part(write(document, statement.variant, statement, originals), alone)
                break
        markup = to_html(statement, piece)
        require_glyphs(statement, markup)
        document = lay_out(markup, pictures, unnumbered=True, later=not piece.first)
        kept, following = _cut(document, piece)
        attached = originals if piece.first else ()
        part = document.copy(document.pages[:kept])
        yield Part(write(part, statement.variant, statement, attached), numbered=False)
        if progress:
            progress(following, len(lines))
        if kept == len(document.pages) and piece.last:
            return
        start = following
    if progress:
        progress(len(lines), len(lines))


def _cut(document: Document, piece: Piece) -> tuple[int, int]:
    """Return how many pages to keep, and which line the next piece begins with."""
    pages = len(document.pages)
    if piece.last and pages <= MOST_PAGES:
        return pages, piece.stop
    on_page = [_lines_on(page.anchors) for page in document.pages]
    # The last page of a batch is not full, and a line begun on the page before is not cut.
    for kept in range(min(MOST_PAGES, pages - 1), 0, -1):
        if on_page[kept] and not on_page[kept] & on_page[kept - 1]:
            following = min(on_page[kept]) - 1
            # Pages without a line of the piece, such as a heading's, bring it no further.
            if following > piece.start:
                return kept, following
    raise Unprintable(f"line {piece.start + 1} is too long to print")


def _lines_on(anchors: dict[str, object]) -> set[int]:
    return {int(name.removeprefix("line-")) for name in anchors if name.startswith("line-")}


def _batch_end(lines: object, start: int) -> int:
    assert isinstance(lines, tuple)  # noqa: S101 - contexts hold tuples
    weight, end = 0, start
    while end < len(lines) and weight < BATCH_WEIGHT:
        weight += 1 + sum(len(text) for _, text in texts(lines[end])) // CHARACTERS_A_LINE
        end += 1
    return end
