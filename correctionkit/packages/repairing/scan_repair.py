"""One scan repaired: what is safe to do to it, and nothing that would hide a fault.

After each step the result is measured again, and given up where what stands against the
scan came or went: a photograph does not become a scan by losing its metadata.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from threading import Lock
from typing import Any

from correctionkit.findings import NOWHERE
from correctionkit.packages.repairing.foreign_signs import signs_within
from correctionkit.policy.bounds import ScanBounds
from correctionkit.scans.check import check_scan
from correctionkit.scans.clean import clean_copy
from correctionkit.scans.decode import PICTURE_ERRORS
from correctionkit.scans.facts import ScanFacts
from correctionkit.scans.pages import CONVERTIBLE, to_pages
from correctionkit.scans.probe import probe
from correctionkit.scans.recompress import recompress_below

Told = tuple[str, Mapping[str, Any]]

# What no repair may cure, or bring about.
_STAYS = frozenset(
    {
        "scan-damaged",
        "scan-pixels",
        "scan-resolution",
        "scan-photo",
        "scan-screenshot",
        "scan-blank",
        "scan-blurred",
    }
)
# More than this many pages are no evidence that somebody named, and some might be cut off.
_MOST_PAGES = 50
_MIB = 1024**2
# The library that draws PDF pages must not be called by two threads at once.
_DRAWING = Lock()


@dataclass(frozen=True, slots=True)
class Page:
    """One page; *content* is None where it is the file as it was."""

    facts: ScanFacts
    content: bytes | None = None


@dataclass(frozen=True, slots=True)
class ScanRepaired:
    """What became of a scan: its pages, what was done, what could not be done and why.

    Without pages the file stays as it is.
    """

    pages: tuple[Page, ...] = ()
    done: tuple[Told, ...] = ()
    left: tuple[Told, ...] = ()


def repair_scan(content: bytes, bounds: ScanBounds) -> ScanRepaired:
    """Repair one file; never raises, whatever it holds."""
    facts = probe(content, bounds=bounds)
    if facts.format in CONVERTIBLE:
        return _converted(content, facts, bounds)
    page, done, left = _repaired(content, facts, bounds)
    return ScanRepaired((page,), done, left)


def _repaired(
    content: bytes, facts: ScanFacts, bounds: ScanBounds
) -> tuple[Page, tuple[Told, ...], tuple[Told, ...]]:
    """Clean a picture and make it small enough, as far as that is safe."""
    was = Page(facts)
    if not facts.is_picture or facts.fault or facts.oversize or facts.pixels is None:
        return was, (), ()
    done: list[Told] = []
    left: list[Told] = []
    now, current = was, content
    wanted = list(_cleanable(facts))
    if wanted:
        cleaned = _tried(lambda: clean_copy(content, facts), facts, bounds)
        if cleaned and _is_cleaner(facts, cleaned.facts):
            now, current = cleaned, cleaned.content or content
            done += wanted
        else:
            left.append(("scan-not-cleaned", {}))
    if now.facts.size > bounds.max_bytes:
        limits = bounds.max_bytes, bounds.min_dpi
        smaller = _tried(lambda: recompress_below(current, now.facts, *limits), facts, bounds)
        if smaller and smaller.facts.size <= bounds.max_bytes:
            done.append(("recompressed", {"before": _mib(facts), "after": _mib(smaller.facts)}))
            now = smaller
        else:
            left.append(("scan-not-smaller", {}))
    return now, tuple(done), tuple(left)


def _tried(step: Callable[[], bytes | None], before: ScanFacts, bounds: ScanBounds) -> Page | None:
    """Take a step and measure what it gave; None where it failed or hid a fault."""
    try:
        content = step()
    except PICTURE_ERRORS:
        return None
    if content is None:
        return None
    page = _measured(content, bounds)
    return page if _stands_alike(before, page.facts, bounds) else None


def _converted(content: bytes, facts: ScanFacts, bounds: ScanBounds) -> ScanRepaired:
    """Make JPEG or PNG pages of another format; what a camera took stays what it is."""
    found = {"found": "format-" + facts.format.lower()}
    if signs := signs_within(content, facts.format):
        return ScanRepaired(left=(("scan-photo-left", {**found, "signs": list(signs)}),))
    try:
        with _DRAWING:
            made = to_pages(content, bounds.min_dpi, max_pixels=bounds.max_pixels)
    except PICTURE_ERRORS:  # NotConvertible is a ValueError
        made = []
    pages = [_measured(page.data, bounds) for page in made[: _MOST_PAGES + 1]]
    sound = all(page.facts.is_picture and not page.facts.fault for page in pages)
    if not pages or len(pages) > _MOST_PAGES or not sound:
        return ScanRepaired(left=(("scan-not-convertible", found),))
    repaired = [_repaired(page.content or b"", page.facts, bounds) for page in pages]
    return ScanRepaired(
        tuple(
            now if now.content is not None else page
            for page, (now, _, _) in zip(pages, repaired, strict=True)
        ),
        (("converted", found),),
        tuple(dict(told for _, _, left in repaired for told in left).items()),
    )


def _cleanable(facts: ScanFacts) -> Iterator[Told]:
    if facts.trailing:
        yield "trailing-dropped", {"bytes": facts.trailing}
    if facts.private_signs:
        yield "metadata-removed", {"signs": list(facts.private_signs)}
    if facts.orientation != 1:
        yield "turned-upright", {}


def _is_cleaner(before: ScanFacts, after: ScanFacts) -> bool:
    """Tell whether nothing of what was to go is left, so that there is no second time."""
    return not list(_cleanable(after)) and before.upright_size == after.upright_size


def _stands_alike(before: ScanFacts, after: ScanFacts, bounds: ScanBounds) -> bool:
    """Tell whether the same speaks against the picture before and after."""
    return after.is_picture and _standing(before, bounds) == _standing(after, bounds)


def _standing(facts: ScanFacts, bounds: ScanBounds) -> set[str]:
    found = check_scan(facts, bounds, NOWHERE, name="", kind=None, student=None)
    return {finding.code for finding in found} & _STAYS


def _measured(content: bytes, bounds: ScanBounds) -> Page:
    return Page(probe(content, bounds=bounds), content)


def _mib(facts: ScanFacts) -> str:
    return f"{facts.size / _MIB:.1f} MB"
