"""Two sides of a card that came as two files, joined on one page."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from correctionkit.findings import NOWHERE
from correctionkit.packages.filings.evidence_names import EvidenceStems, Side
from correctionkit.packages.repairing.scan_repair_run import RepairedFile, StoredPage
from correctionkit.packages.writer.staging import Staging
from correctionkit.packages.writer.zip_writing import content_blocks
from correctionkit.policy.bounds import ScanBounds
from correctionkit.policy.vocabulary import EvidenceKind
from correctionkit.scans.check import check_scan
from correctionkit.scans.decode import PICTURE_ERRORS
from correctionkit.scans.facts import JPEG, ScanFacts
from correctionkit.scans.formats import EXTENSIONS
from correctionkit.scans.joining import join_card_sides
from correctionkit.scans.probe import probe
from correctionkit.terms import Severity


@dataclass(frozen=True, slots=True)
class JoinedCard:
    """A page that two files gave together."""

    front: RepairedFile
    back: RepairedFile
    page: StoredPage
    stem: str
    extension: str


def join_cards(
    files: Sequence[RepairedFile],
    kinds: Mapping[str, EvidenceKind],
    stems: EvidenceStems,
    bounds: ScanBounds,
    staging: Staging,
) -> Iterator[JoinedCard]:
    """Join the cards of one student of which there is exactly one front and one back.

    Only sides without an error of their own are joined, and only where the page has none
    either: on a joined page nobody would see any more that one side was a photograph.
    """
    for kind in kinds.values():
        if not kind.card:
            continue
        of_kind = [
            (file, stems.read(file.plan.stem).side)
            for file in files
            if not file.plan.below and stems.read(file.plan.stem).kind == kind.id
        ]
        sides = [side for _, side in of_kind]
        if sorted(map(str, sides)) != sorted([Side.FRONT, Side.BACK]):
            continue
        front, back = (next(file for file, side in of_kind if side is each) for each in Side)
        if not (_is_sound(front, bounds) and _is_sound(back, bounds)):
            continue
        content = _joined(front, back)
        facts = probe(content, bounds=bounds)
        if facts.is_picture and not _faults(facts, bounds):
            page = StoredPage(staging.keep(content), facts)
            ending = EXTENSIONS[facts.format][0].removeprefix(".")
            yield JoinedCard(front, back, page, kind.label.zh, ending)


def _is_sound(file: RepairedFile, bounds: ScanBounds) -> bool:
    if len(file.pages) != 1:
        return False
    facts = file.pages[0].facts
    return facts is not None and facts.is_picture and not _faults(facts, bounds)


def _faults(facts: ScanFacts, bounds: ScanBounds) -> list[str]:
    """Return the codes of errors; the name is not judged here."""
    name = f"x{EXTENSIONS.get(facts.format, EXTENSIONS[JPEG])[0]}"
    found = check_scan(facts, bounds, NOWHERE, name=name, kind=None, student=None)
    return [finding.code for finding in found if finding.severity is Severity.ERROR]


def _joined(front: RepairedFile, back: RepairedFile) -> bytes:
    try:
        return join_card_sides(_measured(front), _measured(back))
    except PICTURE_ERRORS:
        return b""


def _measured(file: RepairedFile) -> tuple[bytes, ScanFacts]:
    page = file.pages[0]
    if page.facts is None:
        raise ValueError("only scans have sides")
    return b"".join(content_blocks(page.content)), page.facts
