"""Judge a measured scan.  Needs no file: limits are tested on facts alone."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Any

from correctionkit.catalog import scan_codes
from correctionkit.findings import Finding, FindingType, Location
from correctionkit.policy.bounds import ScanBounds
from correctionkit.scans.devices import is_screen_size
from correctionkit.scans.facts import ScanFacts
from correctionkit.scans.formats import EXTENSIONS
from correctionkit.scans.resolution import effective_dpi

# Measured on text of 9 to 24 pt: sharp 0.35–0.52, still readable 0.55–0.70, unreadable
# (a blur of 4 pixels at 200 dpi) from 0.80 mm.
BLURRED_MM = 0.76

_MIB = 1024**2


@dataclass(frozen=True, slots=True)
class Judged:
    """One scan with what it is judged by."""

    facts: ScanFacts
    bounds: ScanBounds
    location: Location
    name: str
    kind: str | None
    student: str | None
    card_kind: bool

    def at(self, code: FindingType, **params: Any) -> Finding:
        """Make a finding about this scan."""
        return code.at(self.location, student=self.student, **params)


def check_scan(
    facts: ScanFacts,
    bounds: ScanBounds,
    location: Location,
    *,
    name: str,
    kind: str | None,
    student: str | None,
    card_kind: bool = False,
    off: frozenset[str] = frozenset(),
) -> Iterator[Finding]:
    """Yield what is wrong with one scan, leaving out the codes in *off*.

    *kind* is how its evidence kind is called to the user; *card_kind* says that an
    identity card with both faces should be on it.
    """
    judged = Judged(facts, bounds, location, name, kind, student, card_kind)
    checks = PICTURE_CHECKS if facts.is_picture else FILE_CHECKS
    for check in checks:
        for finding in check(judged):
            if finding.code not in off:
                yield finding


def check_format(judged: Judged) -> Iterator[Finding]:
    """Only JPEG and PNG are taken."""
    if not judged.facts.is_picture:
        found = "format-" + judged.facts.format.lower().replace(" ", "-")
        yield judged.at(scan_codes.SCAN_FORMAT, found=found)


def check_extension(judged: Judged) -> Iterator[Finding]:
    """The name's ending must fit the content."""
    extension = PurePosixPath(judged.name).suffix.lower()
    allowed = EXTENSIONS[judged.facts.format]
    if extension not in allowed:
        yield judged.at(
            scan_codes.SCAN_EXTENSION,
            format=judged.facts.format,
            extension=extension or "no-extension",
            expected=allowed[0],
        )


def check_size(judged: Judged) -> Iterator[Finding]:
    """The file may not be larger than the policy's bound, which is allowed itself."""
    size, limit = judged.facts.size, judged.bounds.max_bytes
    if size > limit:
        texts = f"{size / _MIB:.1f} MB", f"{limit / _MIB:.1f} MB"
        if texts[0] == texts[1]:
            texts = f"{size:,} B", f"{limit:,} B"
        yield judged.at(scan_codes.SCAN_TOO_LARGE, size=texts[0], limit=texts[1])


def check_pixels(judged: Judged) -> Iterator[Finding]:
    """Width, height and area may not go beyond what is decoded."""
    facts, bounds = judged.facts, judged.bounds
    if max(facts.width, facts.height) > bounds.max_side:
        limit = f"{bounds.max_side:,} × {bounds.max_side:,}"
    elif facts.width * facts.height > bounds.max_pixels:
        limit = f"{bounds.max_pixels / 1_000_000:g} MP"
    else:
        return
    yield judged.at(scan_codes.SCAN_PIXELS, width=facts.width, height=facts.height, limit=limit)


def check_damage(judged: Judged) -> Iterator[Finding]:
    """The picture must be whole."""
    if judged.facts.fault:
        yield judged.at(scan_codes.SCAN_DAMAGED, fault=judged.facts.fault)


def check_trailing(judged: Judged) -> Iterator[Finding]:
    """Nothing should follow the end of the picture."""
    if judged.facts.trailing:
        yield judged.at(scan_codes.SCAN_TRAILING, bytes=judged.facts.trailing)


def check_resolution(judged: Judged) -> Iterator[Finding]:
    """The dpi, stated or implied by the paper, must reach the bound."""
    facts = judged.facts
    if not facts.width or not facts.height:
        return
    dpi, basis = effective_dpi(facts.width, facts.height, facts.dpi)
    if dpi < judged.bounds.min_dpi:
        yield judged.at(
            scan_codes.SCAN_RESOLUTION, dpi=dpi, limit=judged.bounds.min_dpi, basis=basis
        )


def check_photo(judged: Judged) -> Iterator[Finding]:
    """No photographs."""
    if judged.facts.camera_signs:
        yield judged.at(scan_codes.SCAN_PHOTO, signs=list(judged.facts.camera_signs))


def check_screenshot(judged: Judged) -> Iterator[Finding]:
    """No screenshots."""
    facts = judged.facts
    signs = list(facts.screenshot_signs)
    if facts.dpi is None and not facts.scanner and is_screen_size(facts.width, facts.height):
        signs.append("screenshot-size")
    if signs:
        yield judged.at(
            scan_codes.SCAN_SCREENSHOT, signs=signs, width=facts.width, height=facts.height
        )


def check_content(judged: Judged) -> Iterator[Finding]:
    """Something must be on the page, sharp, and both faces of a card."""
    pixels = judged.facts.pixels
    if pixels is None:
        return
    if pixels.is_blank:
        yield judged.at(scan_codes.SCAN_BLANK)
        return
    if pixels.edge_mm is not None and pixels.edge_mm > BLURRED_MM:
        yield judged.at(scan_codes.SCAN_BLURRED)
    if judged.card_kind and pixels.card_faces == 1:
        yield judged.at(scan_codes.SCAN_ONE_SIDE, kind=judged.kind or "")


def check_private(judged: Judged) -> Iterator[Finding]:
    """Tell what is carried unseen."""
    if judged.facts.private_signs:
        yield judged.at(scan_codes.SCAN_PRIVATE, signs=list(judged.facts.private_signs))


Check = Callable[[Judged], Iterator[Finding]]

FILE_CHECKS: tuple[Check, ...] = (check_format,)
PICTURE_CHECKS: tuple[Check, ...] = (
    check_extension,
    check_size,
    check_pixels,
    check_damage,
    check_trailing,
    check_resolution,
    check_photo,
    check_screenshot,
    check_content,
    check_private,
)
