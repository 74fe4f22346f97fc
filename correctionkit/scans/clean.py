"""Make a clean copy of a scan: upright, nothing hidden in it, nothing behind its end."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterator

from correctionkit.scans import jpeg, png, raster
from correctionkit.scans.facts import JPEG, ScanFacts

# What changes how a PNG looks or how large it prints; all else goes.
_KEPT_CHUNKS = frozenset(b"IHDR PLTE tRNS IDAT IEND pHYs iCCP sRGB gAMA cHRM sBIT bKGD".split())
_ICC = b"ICC_PROFILE\x00"
_QUALITY = 95


def clean_copy(data: bytes, facts: ScanFacts) -> bytes:
    """Return *data* upright, without metadata and trailing bytes, its dpi and colours kept.

    The pixels are not touched where the picture stands upright already; else it is encoded
    anew at quality 95.  Raises ValueError where *facts* tell of no sound JPEG or PNG.
    """
    if not facts.is_picture or facts.fault or facts.oversize:
        raise ValueError("only a sound JPEG or PNG can be cleaned")
    plain = _plain_jpeg(data, facts) if facts.format == JPEG else _plain_png(data, facts)
    if facts.orientation == 1:
        return plain
    with raster.opened(plain, facts) as picture:
        upright = raster.upright(picture, facts.orientation)
        if facts.format == JPEG:
            return raster.jpeg_bytes(upright, facts.dpi, quality=_QUALITY)
        return raster.png_bytes(upright, facts.dpi)


def _plain_jpeg(data: bytes, facts: ScanFacts) -> bytes:
    found = jpeg.read_structure(data)
    stated = found.jfif is not None and found.jfif[0] in (1, 2)
    adobe = any(_is_adobe(data, *segment) for segment in found.segments)
    parts = [b"\xff\xd8"]
    if not stated and facts.dpi:
        # A JFIF header would change how Adobe's colours are read.
        parts.append(_exif_density(facts.dpi) if adobe else _jfif_density(facts.dpi))
    for segment in found.segments:
        marker, start, end = segment
        if marker == jpeg.APP0 and stated and data[start:end].find(b"JFIF\x00") in (4, 5):
            parts.append(_without_thumbnail(data[start:end]))
        elif _keeps(data, segment):
            parts.append(data[start:end])
    at = found.first_scan
    for marker, start, end in found.between:
        if jpeg.APP0 <= marker <= jpeg.APP15 or marker == jpeg.COM:
            parts.append(data[at:start])
            at = end
    parts.append(data[at : found.picture_end])
    return b"".join(parts)


def _keeps(data: bytes, segment: tuple[int, int, int]) -> bool:
    marker, start, end = segment
    if marker == jpeg.APP2:
        return _ICC in data[start : start + 20]
    if jpeg.APP0 <= marker <= jpeg.APP15:
        return _is_adobe(data, marker, start, end)
    return marker != jpeg.COM


def _is_adobe(data: bytes, marker: int, start: int, end: int) -> bool:
    return marker == jpeg.APP14 and b"Adobe" in data[start : min(end, start + 12)]


def _without_thumbnail(segment: bytes) -> bytes:
    body = segment[segment.find(b"JFIF\x00") :][:12]
    return b"\xff\xe0\x00\x10" + body + b"\x00\x00"


def _jfif_density(dpi: int) -> bytes:
    return b"\xff\xe0\x00\x10JFIF\x00\x01\x01\x01" + struct.pack(">HH", dpi, dpi) + b"\x00\x00"


def _exif_density(dpi: int) -> bytes:
    """Return an EXIF segment that states the resolution and nothing else."""
    entries = struct.pack(">HHII", 0x011A, 5, 1, 50) + struct.pack(">HHII", 0x011B, 5, 1, 58)
    entries += struct.pack(">HHIHH", 0x0128, 3, 1, 2, 0)
    tiff = b"MM\x00*" + struct.pack(">IH", 8, 3) + entries + struct.pack(">I", 0)
    body = b"Exif\x00\x00" + tiff + struct.pack(">IIII", dpi, 1, dpi, 1)
    return b"\xff\xe1" + struct.pack(">H", len(body) + 2) + body


def _plain_png(data: bytes, facts: ScanFacts) -> bytes:
    found = png.read_structure(data)
    return b"".join([png.SIGNATURE, *_kept_chunks(data, found, facts.dpi)])


def _kept_chunks(data: bytes, found: png.PngStructure, dpi: int | None) -> Iterator[bytes]:
    for kind, start, end in found.chunks:
        if kind in _KEPT_CHUNKS:
            yield data[start:end]
        if kind == b"IHDR" and dpi and b"pHYs" not in found.kinds:
            per_metre = round(dpi / 0.0254)
            body = b"pHYs" + struct.pack(">IIB", per_metre, per_metre, 1)
            yield struct.pack(">I", 9) + body + struct.pack(">I", zlib.crc32(body))
