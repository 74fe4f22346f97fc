"""Whole documents: pieces joined, pages numbered."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from statements.contexts.evidence_cover import EvidenceCover, ScanPage
from statements.contexts.statement import Statement
from statements.rendering.folios import number_pages
from statements.rendering.merging import Merger
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
            yield Part(scan_part(cover, scan), numbered=False)
            if progress:
                progress(done, len(scans))

    return _joined(all_parts(), cover)


def _joined(several: Iterator[Part], statement: Statement) -> bytes:
    first = next(several)
    if first.numbered:
        return first.pdf
    with Merger(first.pdf) as merger:
        for part in several:
            merger.add(part.pdf)
        number_pages(merger.pdf, statement)
        return merger.written()
