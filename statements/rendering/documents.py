"""Whole documents: pieces joined, pages numbered."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from statements.contexts.evidence_cover import EvidenceCover, ScanPage
from statements.contexts.request_sheet import RequestSheet
from statements.contexts.statement import Statement
from statements.rendering.folios import number_pages
from statements.rendering.merging import Merger
from statements.rendering.outline import write_outline
from statements.rendering.page_codes import code_pages
from statements.rendering.pieces import Part, Progress, parts
from statements.rendering.scans import scan_part


def render(statement: Statement, progress: Progress | None = None) -> bytes:
    """Return *statement* as one PDF."""
    return _joined(parts(statement, progress), statement)


def bundle(
    cover: EvidenceCover, scans: Sequence[ScanPage], progress: Progress | None = None
) -> bytes:
    """Return *cover* and *scans* as one PDF, its pages numbered through."""

    def all_parts() -> Iterator[Part]:
        yield from parts(cover, alone=not scans)
        for done, scan in enumerate(scans, 1):
            called = f"{scan.kind}　{scan.page}"
            yield Part(scan_part(cover, scan), numbered=False, bookmark=called)
            if progress:
                progress(done, len(scans))

    return _joined(all_parts(), cover)


def _joined(several: Iterator[Part], statement: Statement) -> bytes:
    first = next(several)
    if first.numbered and not isinstance(statement, RequestSheet):
        return first.pdf
    with Merger(first.pdf, statement.bookmark) as merger:
        for part in several:
            merger.add(part.pdf, part.bookmark)
        if len(merger.bookmarks) > 1:
            write_outline(merger.pdf, merger.bookmarks)
        if not first.numbered:
            number_pages(merger.pdf, statement)
        if isinstance(statement, RequestSheet):
            code_pages(merger.pdf, statement.code)
        return merger.written()
