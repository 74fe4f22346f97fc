"""Find the same picture among many scans of different owners.

Same bytes and same pixels are looked up; what was saved anew is found by fingerprint.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from correctionkit.scans.facts import ScanFacts
from correctionkit.scans.matching import saved_anew

SAME_BYTES = "same-bytes"
SAME_PIXELS = "same-pixels"
SAVED_ANEW = "saved-anew"


@dataclass(frozen=True, slots=True)
class Candidate:
    """A scan to compare: *key* names it, *owner* is whose evidence it is."""

    key: str
    owner: str
    facts: ScanFacts


@dataclass(frozen=True, slots=True)
class Reuse:
    """One scan that shows what a scan of another owner shows; *how* says how alike."""

    key: str
    other: str
    how: str


def find_reused(candidates: Iterable[Candidate]) -> list[Reuse]:
    """Return every scan that is also another owner's, in the order given.

    *other* is the first scan of another owner that is most alike.
    """
    scans = list(candidates)
    groups: dict[int, list[int]] = {}
    for index, first in enumerate(_first_alike(scans)):
        groups.setdefault(first, []).append(index)
    found: dict[int, Reuse] = {}
    for members in groups.values():
        if len({scans[index].owner for index in members}) > 1:
            found.update(_reuses(scans, members))
    return [found[index] for index in sorted(found)]


def _reuses(scans: Sequence[Candidate], members: Sequence[int]) -> Iterator[tuple[int, Reuse]]:
    """Yield for each member of a group the first most alike of another owner."""
    ways = [
        (how, trait, _two_owners(scans, members, trait))
        for how, trait in (
            (SAME_BYTES, _bytes_of),
            (SAME_PIXELS, _pixels_of),
            (SAVED_ANEW, lambda _: b"any"),
        )
    ]
    for index in members:
        scan = scans[index]
        for how, trait, firsts in ways:
            others = (scans[other] for other in firsts.get(trait(scan.facts), ()))
            other = next((each for each in others if each.owner != scan.owner), None)
            if other:
                yield index, Reuse(scan.key, other.key, how)
                break


def _bytes_of(facts: ScanFacts) -> str:
    return facts.sha256


def _pixels_of(facts: ScanFacts) -> bytes:
    # Two blank pages have equal pixels, and prove nothing.
    return facts.pixels.digest if facts.pixels and not facts.pixels.is_blank else b""


def _is_telling(facts: ScanFacts) -> bool:
    return bool(facts.pixels and facts.pixels.fingerprint and not facts.pixels.is_blank)


def _two_owners(
    scans: Sequence[Candidate],
    members: Sequence[int],
    trait: Callable[[ScanFacts], Hashable],
) -> dict[Hashable, list[int]]:
    """Return for each trait its first scan, and the first after it of another owner."""
    firsts: dict[Hashable, list[int]] = {}
    for index in members:
        value = trait(scans[index].facts)
        known = firsts.setdefault(value, []) if value else []
        if not known or (len(known) == 1 and scans[known[0]].owner != scans[index].owner):
            known.append(index)
    return firsts


def _first_alike(scans: Sequence[Candidate]) -> list[int]:
    """Return for each scan the index of the first scan of its group."""
    firsts = list(range(len(scans)))
    known: dict[Hashable, int] = {}
    fresh = []
    for index, scan in enumerate(scans):
        traits = [trait for trait in (_bytes_of(scan.facts), _pixels_of(scan.facts)) if trait]
        firsts[index] = next((known[trait] for trait in traits if trait in known), index)
        for trait in traits:
            known.setdefault(trait, firsts[index])
        if firsts[index] == index and _is_telling(scan.facts):
            fresh.append(index)
    moved = dict(zip(fresh, saved_anew([scans[index].facts for index in fresh]), strict=True))
    return [fresh[moved[first]] if first in moved else first for first in firsts]
