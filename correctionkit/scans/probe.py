"""Measure a scan: one read, one decode."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from pathlib import Path

from correctionkit.policy.bounds import ScanBounds
from correctionkit.scans import (
    cards,
    decode,
    exif,
    formats,
    ink,
    jpeg,
    letters,
    metadata,
    png,
    pngtext,
    resolution,
    xmp,
)
from correctionkit.scans.decode import Grey
from correctionkit.scans.facts import JPEG, PNG, PixelFacts, ScanFacts
from correctionkit.scans.fingerprint import fingerprint
from correctionkit.scans.metadata import Carried

# A file so far over the bound is only hashed and named: nothing would be done with more.
_READ_LIMIT = 8
_PIECE = 1 << 20


def probe_path(path: Path, *, bounds: ScanBounds) -> ScanFacts:
    """Measure the file at *path*; raises OSError where it cannot be read."""
    if path.stat().st_size <= _READ_LIMIT * bounds.max_bytes:
        return probe(path.read_bytes(), bounds=bounds)
    digest, size = hashlib.sha256(), 0
    with path.open("rb") as file:
        head = file.read(_PIECE)
        piece = head
        while piece:
            digest.update(piece)
            size += len(piece)
            piece = file.read(_PIECE)
    return ScanFacts(formats.sniff(head), size, digest.hexdigest())


def probe(data: bytes | memoryview, *, bounds: ScanBounds) -> ScanFacts:
    """Measure *data*, the content of one file; never raises, whatever it holds."""
    content = bytes(data)
    facts = ScanFacts(
        format=formats.sniff(content),
        size=len(content),
        sha256=hashlib.sha256(content).hexdigest(),
    )
    if facts.format == JPEG:
        return _probe_jpeg(content, facts, bounds)
    if facts.format == PNG:
        return _probe_png(content, facts, bounds)
    return facts


def _probe_jpeg(content: bytes, facts: ScanFacts, bounds: ScanBounds) -> ScanFacts:
    found = jpeg.read_structure(content)
    carried = Carried(
        exif=exif.parse(found.exif),
        xmp=xmp.parse(found.xmp),
        texts=[("comment", letters.decode(each)) for each in found.comments],
        captions=found.captions,
        further_frames=found.pictures > 1,
    )
    densities = resolution.stated_densities(found.jfif, _exif_density(carried), None)
    facts = replace(
        _with_metadata(facts, carried),
        width=found.width,
        height=found.height,
        colour={1: "grey", 3: "colour", 4: "cmyk"}.get(found.components, ""),
        bits=found.bits,
        frames=found.pictures,
        dpi=resolution.credible_dpi(found.width, found.height, densities),
        trailing=len(content) - found.end if found.end else 0,
        oversize=_oversize(found.width, found.height, bounds),
    )
    return facts if facts.oversize else _with_pixels(facts, decode.decode_jpeg(content, found))


def _probe_png(content: bytes, facts: ScanFacts, bounds: ScanBounds) -> ScanFacts:
    found = png.read_structure(content)
    texts = pngtext.read_texts(found.texts)
    packets = [text for keyword, text in texts if keyword == xmp.PNG_KEYWORD]
    carried = Carried(
        exif=exif.parse(found.exif or pngtext.raw_exif(texts)),
        xmp=xmp.parse("".join(packets).encode()),
        texts=texts,
        further_frames=found.frames > 1,
    )
    densities = resolution.stated_densities(None, _exif_density(carried), found.density)
    facts = replace(
        _with_metadata(facts, carried),
        width=found.width,
        height=found.height,
        colour={0: "grey", 3: "palette", 4: "grey"}.get(found.colour_type, "colour"),
        bits=found.bits,
        frames=found.frames,
        dpi=resolution.credible_dpi(found.width, found.height, densities),
        trailing=len(content) - found.end if found.end else 0,
        oversize=_oversize(found.width, found.height, bounds),
    )
    return facts if facts.oversize else _with_pixels(facts, decode.decode_png(content, found))


def _exif_density(carried: Carried) -> tuple[float, float, int]:
    entries = carried.exif
    unit = int(entries.number(exif.RESOLUTION_UNIT)) or 2
    return entries.number(exif.X_RESOLUTION), entries.number(exif.Y_RESOLUTION), unit


def _oversize(width: int, height: int, bounds: ScanBounds) -> bool:
    return width * height > bounds.max_pixels or max(width, height) > bounds.max_side


def _with_metadata(facts: ScanFacts, carried: Carried) -> ScanFacts:
    orientation = int(carried.exif.number(exif.ORIENTATION))
    return replace(
        facts,
        orientation=orientation if 1 <= orientation <= 8 else 1,
        camera_signs=metadata.camera_signs(carried),
        screenshot_signs=metadata.screenshot_signs(carried),
        private_signs=metadata.private_signs(carried),
        scanner=metadata.scanner_named(carried),
        software=carried.software[:60],
    )


def _with_pixels(facts: ScanFacts, decoded: Grey | str) -> ScanFacts:
    if isinstance(decoded, str):
        return replace(facts, fault=decoded)
    return replace(facts, pixels=_measure(decoded, facts))


def _measure(grey: Grey, facts: ScanFacts) -> PixelFacts:
    size, factor = (facts.width, facts.height), decode.reduction(facts.width, facts.height)
    dpi = max(1.0, resolution.likely_dpi(*size, facts.dpi) / factor)
    inner = ink.within_edges(grey)
    area, inked, block_mm = ink.marks(inner, dpi)
    lone = cards.lone_card(*size, facts.dpi)
    return PixelFacts(
        digest=hashlib.blake2b(b"%d %d " % size + grey.tobytes(), digest_size=16).digest(),
        fingerprint=fingerprint(grey, (size[0] / factor, size[1] / factor), facts.orientation),
        marks_mm2=area,
        edge_mm=ink.edge_width(inner, dpi),
        card_faces=1 if lone else cards.count_faces(inked, block_mm),
    )
