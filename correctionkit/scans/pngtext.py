"""The texts of a PNG file, unpacked within bounds."""

from __future__ import annotations

import zlib
from collections.abc import Iterable

from correctionkit.scans import letters

# What a tool leaves is a few words, a metadata packet some kilobytes; a packed text can
# claim gigabytes.
_MAX_TEXT = 1 << 18
_MAX_TOTAL = 1 << 21


def read_texts(texts: Iterable[tuple[bytes, bytes]]) -> list[tuple[str, str]]:
    """Return keyword and text of each chunk; what cannot be unpacked is empty."""
    read: list[tuple[str, str]] = []
    room = _MAX_TOTAL
    for kind, body in texts:
        keyword, _, rest = body.partition(b"\x00")
        raw = _text(kind, rest, min(_MAX_TEXT, room))
        room -= len(raw)
        read.append((keyword[:79].decode("latin-1"), letters.decode(raw)))
    return read


def _text(kind: bytes, rest: bytes, room: int) -> bytes:
    if kind == b"tEXt":
        return rest[:room]
    if kind == b"zTXt":
        return _inflate(rest[1:], room)
    packed = rest[:1] == b"\x01"
    parts = rest[2:].split(b"\x00", 2)
    if len(parts) < 3:
        return b""
    return _inflate(parts[2], room) if packed else parts[2][:room]


def _inflate(packed: bytes, room: int) -> bytes:
    if room <= 0:
        return b""
    try:
        return zlib.decompressobj().decompress(packed, room)
    except zlib.error:
        return b""


_RAW_EXIF = ("Raw profile type exif", "Raw profile type APP1")


def raw_exif(texts: Iterable[tuple[str, str]]) -> bytes:
    """Return the EXIF block that ImageMagick hides in a text as hexadecimal digits."""
    for keyword, text in texts:
        if keyword in _RAW_EXIF:
            digits = "".join(text.split()[2:])
            try:
                return bytes.fromhex(digits[: len(digits) // 2 * 2])
            except ValueError:
                return b""
    return b""
