"""Scans of a whole package, measured and judged in threads, a few at a time."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass

from correctionkit.catalog import scan_codes
from correctionkit.findings import Finding, Location
from correctionkit.packages.reader.entries import Entry, MemberDamaged, MemberTooLarge, MemberUnsafe
from correctionkit.packages.reader.tree import Package
from correctionkit.policy.bounds import ScanBounds
from correctionkit.policy.model import Policy
from correctionkit.policy.vocabulary import EvidenceKind
from correctionkit.scans.check import check_scan
from correctionkit.scans.facts import ScanFacts
from correctionkit.scans.formats import sniff
from correctionkit.scans.probe import probe
from correctionkit.scans.thumbnail import thumbnail

# Beyond this many times the policy's size a scan is told too large and not looked into.
_LOOKED_INTO = 4


@dataclass(frozen=True, slots=True)
class ScanTask:
    """One scan to look at: where it is, whose, and of which kind, if its name says."""

    entry: Entry
    student: str
    kind: EvidenceKind | None
    spared: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class ScanResult:
    """What one scan gave: findings, its measures if it could be read, a small picture."""

    task: ScanTask
    findings: tuple[Finding, ...]
    facts: ScanFacts | None = None
    thumbnail: bytes | None = None


def run_scans(
    package: Package,
    tasks: Iterable[ScanTask],
    policy: Policy,
    *,
    jobs: int,
    thumbnails: bool = False,
) -> Iterator[ScanResult]:
    """Look at every scan, in order; at most a few contents are in memory at once."""
    waiting: deque[Future[ScanResult]] = deque()
    with ThreadPoolExecutor(max_workers=jobs) as pool:
        for task in tasks:
            waiting.append(pool.submit(_look, package, task, policy.scan_bounds, thumbnails))
            if len(waiting) > 2 * jobs:
                yield waiting.popleft().result()
        while waiting:
            yield waiting.popleft().result()


def _look(package: Package, task: ScanTask, bounds: ScanBounds, thumbnails: bool) -> ScanResult:
    entry = task.entry
    if entry.fault:
        return ScanResult(task, ())
    try:
        content = _content(package, entry, bounds)
    except MemberDamaged as damaged:
        finding = scan_codes.SCAN_DAMAGED.at(
            Location(path=entry.path), student=task.student, fault=damaged.fault
        )
        return ScanResult(task, (finding,))
    except (MemberTooLarge, MemberUnsafe) as refused:
        return ScanResult(task, (refused.finding(entry),))
    if content is None:
        facts = ScanFacts(sniff(package.head(entry)), entry.size, "")
        return ScanResult(task, tuple(_judge(task, facts, bounds)))
    facts = probe(content, bounds=bounds)
    picture = thumbnail(content, facts) if thumbnails else None
    return ScanResult(task, tuple(_judge(task, facts, bounds)), facts, picture)


def _content(package: Package, entry: Entry, bounds: ScanBounds) -> bytes | None:
    """Return what is in the file, None where it is too large to be looked into."""
    if entry.size > _LOOKED_INTO * bounds.max_bytes:
        package.verify(entry)
        return None
    return package.read(entry)


def _judge(task: ScanTask, facts: ScanFacts, bounds: ScanBounds) -> Iterator[Finding]:
    kind = task.kind
    return check_scan(
        facts,
        bounds,
        Location(path=task.entry.path),
        name=task.entry.parts[-1],
        kind=kind.id if kind else None,
        student=task.student or None,
        card_kind=bool(kind and kind.card),
        off=task.spared | (kind.spared if kind else frozenset()),
    )
