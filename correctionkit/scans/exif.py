"""Read EXIF within bounds: nothing in it is trusted, nothing in it can raise."""

from __future__ import annotations

import math
import struct
from dataclasses import dataclass, field
from typing import Literal

from correctionkit.scans import letters

# Real ones have some sixty entries; values longer than this carry no sign that we look for.
_MAX_ENTRIES = 400
_MAX_VALUE = 4096

_SIZES = {1: 1, 2: 1, 3: 2, 4: 4, 5: 8, 6: 1, 7: 1, 8: 2, 9: 4, 10: 8, 11: 4, 12: 8}

Value = str | bytes | float

MAKE, MODEL, SOFTWARE = 0x010F, 0x0110, 0x0131
DESCRIPTION, ARTIST, COPYRIGHT = 0x010E, 0x013B, 0x8298
ORIENTATION, X_RESOLUTION, Y_RESOLUTION, RESOLUTION_UNIT = 0x0112, 0x011A, 0x011B, 0x0128
MAKER_NOTE, USER_COMMENT = 0x927C, 0x9286
_EXIF_IFD, _GPS_IFD = 0x8769, 0x8825


@dataclass(frozen=True, slots=True)
class Exif:
    """The entries of the main picture, of how it was taken, and of where."""

    main: dict[int, Value] = field(default_factory=dict)
    shot: dict[int, Value] = field(default_factory=dict)
    place: dict[int, Value] = field(default_factory=dict)
    thumbnail: bool = False

    def text(self, tag: int) -> str:
        """Return the text under *tag*, empty where there is none."""
        value = self.main.get(tag, self.shot.get(tag, ""))
        return value.strip() if isinstance(value, str) else ""

    def number(self, tag: int) -> float:
        """Return the number under *tag*, 0 where there is none."""
        value = self.main.get(tag, self.shot.get(tag, 0.0))
        return value if isinstance(value, int | float) else 0.0


NONE = Exif()


def parse(block: bytes) -> Exif:
    """Read a TIFF structure as EXIF stores it, with or without its ``Exif`` prefix."""
    if block.startswith(b"Exif\x00"):
        block = block[6:]
    order: Literal["<", ">"]
    if block[:2] == b"II":
        order = "<"
    elif block[:2] == b"MM":
        order = ">"
    else:
        return NONE
    if len(block) < 8:
        return NONE
    main, after = _directory(block, struct.unpack(order + "I", block[4:8])[0], order)
    shot = _linked(block, main.get(_EXIF_IFD), order)
    place = _linked(block, main.get(_GPS_IFD), order)
    second = _directory(block, after, order)[0] if after else {}
    return Exif(main, shot, place, bool(second.keys() & {0x0201, 0x0111}))


def _linked(block: bytes, offset: Value | None, order: str) -> dict[int, Value]:
    return _directory(block, int(offset), order)[0] if isinstance(offset, int | float) else {}


def _directory(block: bytes, offset: int, order: str) -> tuple[dict[int, Value], int]:
    """Return the entries at *offset* and the offset of the next directory, or 0."""
    if not 8 <= offset <= len(block) - 2:
        return {}, 0
    (count,) = struct.unpack_from(order + "H", block, offset)
    entries: dict[int, Value] = {}
    start = offset + 2
    for at in range(start, start + 12 * min(count, _MAX_ENTRIES), 12):
        if at + 12 > len(block):
            return entries, 0
        tag, kind, length = struct.unpack_from(order + "HHI", block, at)
        value = _value(block, at + 8, kind, length, order)
        if value is not None:
            entries.setdefault(tag, value)
    end = start + 12 * count
    if end + 4 > len(block):
        return entries, 0
    return entries, struct.unpack_from(order + "I", block, end)[0]


def _value(block: bytes, at: int, kind: int, count: int, order: str) -> Value | None:
    size = _SIZES.get(kind, 0) * count
    if not size:
        return None
    if size > 4:
        (at,) = struct.unpack_from(order + "I", block, at)
        if at + size > len(block):
            return None
    raw = block[at : at + min(size, _MAX_VALUE)]
    if kind == 2:
        return letters.decode(raw.split(b"\x00", 1)[0])
    if kind in (1, 6, 7):
        return raw
    return _first_number(raw, kind, order)


def _first_number(raw: bytes, kind: int, order: str) -> float:
    """Return the first of possibly many numbers that is finite and not 0."""
    if kind in (5, 10):
        pairs = struct.iter_unpack(order + ("II" if kind == 5 else "ii"), raw[: len(raw) // 8 * 8])
        return next((top / bottom for top, bottom in pairs if top and bottom), 0.0)
    letter = {3: "H", 4: "I", 8: "h", 9: "i", 11: "f", 12: "d"}[kind]
    whole = raw[: len(raw) // _SIZES[kind] * _SIZES[kind]]
    numbers = (number for (number,) in struct.iter_unpack(order + letter, whole))
    return next((number for number in numbers if number and math.isfinite(number)), 0.0)
