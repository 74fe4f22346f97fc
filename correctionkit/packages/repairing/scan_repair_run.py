"""Scans of a whole package repaired in threads, a few at a time."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator, Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any

from correctionkit.packages.reader.entries import MemberDamaged, MemberTooLarge, MemberUnsafe
from correctionkit.packages.reader.tree import Package
from correctionkit.packages.repairing.file_plans import FilePlan
from correctionkit.packages.repairing.kept_entries import KeptEntry
from correctionkit.packages.repairing.repairs import RepairRefused
from correctionkit.packages.repairing.scan_repair import ScanRepaired, repair_scan
from correctionkit.packages.writer.staging import Staging
from correctionkit.packages.writer.zip_writing import Content
from correctionkit.policy.bounds import ScanBounds
from correctionkit.scans.facts import ScanFacts

# Beyond this many times the policy's size a scan is not opened.
_LOOKED_INTO = 8


@dataclass(frozen=True, slots=True)
class StoredPage:
    """One page or file as it goes into the copy; *facts* are None for what is no scan."""

    content: Content
    facts: ScanFacts | None


@dataclass(frozen=True, slots=True)
class RepairedFile:
    """A file after repair.

    *pages* is empty where it cannot be read, which *fault* says.  *done* and *left* are
    codes with their parameters.
    """

    plan: FilePlan
    pages: tuple[StoredPage, ...]
    done: tuple[tuple[str, Mapping[str, Any]], ...] = ()
    left: tuple[tuple[str, Mapping[str, Any]], ...] = ()
    fault: str | None = None


def repair_files(
    package: Package, plans: Iterable[FilePlan], bounds: ScanBounds, staging: Staging, *, jobs: int
) -> Iterator[RepairedFile]:
    """Repair files in order; what changed is staged.

    Raises :exc:`~correctionkit.packages.repairing.repairs.RepairRefused` for what is never taken.
    """
    waiting: deque[tuple[FilePlan, Future[ScanRepaired | str]]] = deque()
    with ThreadPoolExecutor(max_workers=jobs) as pool:
        try:
            for plan in plans:
                waiting.append((plan, pool.submit(_repaired, package, plan, bounds)))
                if len(waiting) > 2 * jobs:
                    yield _stored(package, *waiting.popleft(), staging)
            while waiting:
                yield _stored(package, *waiting.popleft(), staging)
        finally:
            for _, future in waiting:
                future.cancel()


def _repaired(package: Package, plan: FilePlan, bounds: ScanBounds) -> ScanRepaired | str:
    """Return what became of the file, or the code of why it cannot be read."""
    try:
        if plan.is_scan and plan.entry.size <= _LOOKED_INTO * bounds.max_bytes:
            return repair_scan(package.read(plan.entry), bounds)
        package.verify(plan.entry)
        if plan.is_scan:
            return ScanRepaired(left=(("scan-far-too-large", {}),))
    except MemberDamaged as damaged:
        return damaged.fault
    except (MemberTooLarge, MemberUnsafe) as refused:
        raise RepairRefused([refused.finding(plan.entry)]) from refused
    return ScanRepaired()


def _stored(
    package: Package, plan: FilePlan, future: Future[ScanRepaired | str], staging: Staging
) -> RepairedFile:
    result = future.result()
    if isinstance(result, str):
        return RepairedFile(plan, (), fault=result)
    kept = KeptEntry(package, plan.entry)
    pages = tuple(
        StoredPage(kept if page.content is None else staging.keep(page.content), page.facts)
        for page in result.pages
    )
    return RepairedFile(plan, pages or (StoredPage(kept, None),), result.done, result.left)
