"""The chunks of a PNG file (ISO/IEC 15948), checked one by one, without its pixels."""

from __future__ import annotations

import struct
import zlib
from dataclasses import dataclass, field

SIGNATURE = b"\x89PNG\r\n\x1a\n"
_MAX_LENGTH = (1 << 31) - 1
# Text is a line or a page; a file of thousands of texts is made to cost time.
_MAX_CHUNKS = 200_000
_MAX_TEXTS = 200
_KEPT = 1 << 20

_DEPTHS = {0: (1, 2, 4, 8, 16), 2: (8, 16), 3: (1, 2, 4, 8), 4: (8, 16), 6: (8, 16)}
CHANNELS = {0: 1, 2: 3, 3: 1, 4: 2, 6: 4}
PALETTE = 3


@dataclass(slots=True)
class PngStructure:
    """Where the parts of one PNG file stand.

    *chunks* lists type, start and end of all, length and checksum included; *fault* is
    the code of the first thing that is wrong.  *end* is the offset after the end chunk.
    """

    width: int = 0
    height: int = 0
    bits: int = 0
    colour_type: int = 0
    interlaced: bool = False
    density: tuple[int, int, int] | None = None
    exif: bytes = b""
    texts: list[tuple[bytes, bytes]] = field(default_factory=list)
    controls: int = 0
    chunks: list[tuple[bytes, int, int]] = field(default_factory=list)
    kinds: set[bytes] = field(default_factory=set)
    fault: str | None = None
    end: int | None = None

    @property
    def frames(self) -> int:
        """Frames that are there, whatever the animation's header claims."""
        return max(1, self.controls)

    @property
    def row_sizes(self) -> list[tuple[int, int]]:
        """Bytes of a filtered row and number of rows, one pair a pass."""
        bits = self.bits * CHANNELS[self.colour_type]
        if not self.interlaced:
            return [(1 + (self.width * bits + 7) // 8, self.height)]
        passes = []
        for x, y, dx, dy in _ADAM7:
            columns, rows = -(-(self.width - x) // dx), -(-(self.height - y) // dy)
            if columns > 0 and rows > 0:
                passes.append((1 + (columns * bits + 7) // 8, rows))
        return passes


_ADAM7 = (
    (0, 0, 8, 8),
    (4, 0, 8, 8),
    (0, 4, 4, 8),
    (2, 0, 4, 4),
    (0, 2, 2, 4),
    (1, 0, 2, 2),
    (0, 1, 1, 2),
)


def read_structure(content: bytes) -> PngStructure:
    """Read and check the chunks of *content*; goes on after a fault where it can."""
    found = PngStructure()
    if not content.startswith(SIGNATURE):
        found.fault = "png-signature"
        return found
    view = memoryview(content)
    at = len(SIGNATURE)
    for _ in range(_MAX_CHUNKS):
        if at + 12 > len(content):
            _blame(found, "truncated")
            return found
        (length,) = struct.unpack_from(">I", content, at)
        kind, end = content[at + 4 : at + 8], at + 12 + length
        if length > _MAX_LENGTH or not kind.isalpha():
            _blame(found, "structure-broken")
            return found
        if end > len(content):
            _blame(found, "truncated")
            return found
        if zlib.crc32(view[at + 4 : end - 4]) != struct.unpack_from(">I", content, end - 4)[0]:
            _blame(found, "checksum-wrong")
        _blame(found, _order_fault(found, kind, length))
        _note(found, kind, view[at + 8 : end - 4])
        found.chunks.append((kind, at, end))
        found.kinds.add(kind)
        at = end
        if kind == b"IEND":
            _blame(found, _missing_fault(found))
            found.end = at
            return found
    _blame(found, "structure-broken")
    return found


def _blame(found: PngStructure, fault: str | None) -> None:
    found.fault = found.fault or fault


def _order_fault(found: PngStructure, kind: bytes, length: int) -> str | None:
    """Return what is wrong with a chunk of this kind at this place."""
    if not found.chunks:
        return None if kind == b"IHDR" and length == 13 else "header-broken"
    if kind == b"IHDR":
        return "chunk-order"
    if kind == b"IDAT":
        apart = b"IDAT" in found.kinds and found.chunks[-1][0] != b"IDAT"
        return "chunk-order" if apart else None
    if kind == b"PLTE":
        return _palette_fault(found, length)
    if kind == b"IEND":
        return "structure-broken" if length else None
    # A capital first letter means that no reader may pass over it.
    return "structure-broken" if kind[:1].isupper() else None


def _palette_fault(found: PngStructure, length: int) -> str | None:
    if found.kinds & {b"PLTE", b"IDAT"}:
        return "chunk-order"
    if found.colour_type in (0, 4) or not length or length % 3 or length > 768:
        return "palette-broken"
    if found.colour_type == PALETTE and length // 3 > 1 << found.bits:
        return "palette-broken"
    return None


def _missing_fault(found: PngStructure) -> str | None:
    if b"IDAT" not in found.kinds:
        return "no-picture"
    if found.colour_type == PALETTE and b"PLTE" not in found.kinds:
        return "palette-broken"
    return None


def _note(found: PngStructure, kind: bytes, body: memoryview) -> None:
    if kind == b"IHDR" and len(body) == 13 and not found.width:
        width, height, bits, colour, method, filters, lace = struct.unpack(">IIBBBBB", body)
        found.width, found.height, found.bits, found.colour_type = width, height, bits, colour
        found.interlaced = lace == 1
        if (
            not 0 < width <= _MAX_LENGTH
            or not 0 < height <= _MAX_LENGTH
            or bits not in _DEPTHS.get(colour, ())
            or method
            or filters
            or lace > 1
        ):
            _blame(found, "header-broken")
    elif kind == b"pHYs" and len(body) == 9 and not found.density:
        found.density = struct.unpack(">IIB", body)
    elif kind == b"eXIf" and not found.exif and len(body) < _KEPT:
        found.exif = bytes(body)
    elif kind in (b"tEXt", b"zTXt", b"iTXt") and len(found.texts) < _MAX_TEXTS:
        found.texts.append((kind, bytes(body[:_KEPT])))
    elif kind == b"fcTL" and b"acTL" in found.kinds:
        found.controls += 1


def data_fault(content: bytes, found: PngStructure) -> str | None:
    """Inflate the picture data without keeping it; return what is wrong with its length."""
    wanted = sum(size * rows for size, rows in found.row_sizes)
    view, inflater, length = memoryview(content), zlib.decompressobj(), 0
    for kind, start, end in found.chunks:
        if kind != b"IDAT":
            continue
        packed: bytes | memoryview = view[start + 8 : end - 4]
        while packed and not inflater.eof:
            try:
                length += len(inflater.decompress(packed, 1 << 18))
            except zlib.error:
                return "data-corrupt"
            if length > wanted:
                return "data-too-long"
            packed = inflater.unconsumed_tail
    return "data-too-short" if length < wanted else None
