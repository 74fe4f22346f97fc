"""The marker structure of a JPEG file (ISO/IEC 10918-1, annex B), without its pixels."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from correctionkit.scans import mpf

SOI, EOI, SOS, COM = 0xD8, 0xD9, 0xDA, 0xFE
APP0, APP1, APP2, APP13, APP14, APP15 = 0xE0, 0xE1, 0xE2, 0xED, 0xEE, 0xEF
_FRAMES = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}

_XMP = b"http://ns.adobe.com/xap/1.0/\x00"
_XMP_MORE = b"http://ns.adobe.com/xmp/extension/\x00"
_MAX_XMP = 1 << 20

# A large colour profile takes some fifty segments; a file of thousands is made to cost time.
_MAX_SEGMENTS = 5_000
_FILL = re.compile(rb"\xff+")


@dataclass(slots=True)
class JpegStructure:
    """Where the parts of one JPEG file stand.

    *segments* lists marker, start and end of all before the first scan, *between* those
    after it that are no scan.  *picture_end* is the offset after the end marker, None
    where that is missing; *end* the one after the further pictures of a multi-picture
    file.
    """

    width: int = 0
    height: int = 0
    components: int = 0
    bits: int = 0
    frame: int = 0
    scans: int = 0
    jfif: tuple[int, int, int] | None = None
    exif: bytes = b""
    xmp: bytes = b""
    comments: list[bytes] = field(default_factory=list)
    captions: bool = False
    pictures: int = 1
    segments: list[tuple[int, int, int]] = field(default_factory=list)
    between: list[tuple[int, int, int]] = field(default_factory=list)
    first_scan: int = 0
    picture_end: int | None = None
    end: int | None = None


def read_structure(content: bytes) -> JpegStructure:
    """Read the markers of *content*; stops quietly where they stop making sense."""
    found = _walk(content)
    found.end = found.picture_end
    for _ in range(found.pictures - 1):
        if found.end is None:
            break
        start = content.find(b"\xff\xd8\xff", found.end)
        # They follow at once, or after the padding that some makers put between.
        if start < 0 or content[found.end : start].strip(b"\x00"):
            break
        further = _walk(content[start:]).picture_end
        if further is None:
            break
        found.end = start + further
    return found


def _walk(content: bytes) -> JpegStructure:
    found = JpegStructure()
    coded = _CodedData(content)
    at = 2
    for _ in range(_MAX_SEGMENTS):
        fill = _FILL.search(content, at)
        if not fill or fill.end() >= len(content):
            return found
        start, at = fill.start(), fill.end() + 1
        marker = content[at - 1]
        if marker == EOI:
            found.picture_end = at
            return found
        if marker in (0x00, 0x01, SOI) or 0xD0 <= marker <= 0xD7:
            continue
        length = int.from_bytes(content[at : at + 2], "big")
        if length < 2 or at + length > len(content):
            return found
        _note(found, marker, content[at + 2 : at + length])
        at += length
        if marker == SOS:
            found.scans += 1
            found.first_scan = found.first_scan or start
            at = coded.next_marker(at)
        else:
            (found.between if found.scans else found.segments).append((marker, start, at))
    return found


class _CodedData:
    """Finds the next marker in coded picture data, where most 0xFF bytes are not one."""

    def __init__(self, content: bytes) -> None:
        self._content = content
        self._markers: NDArray[np.intp] | None = None

    def next_marker(self, at: int) -> int:
        if self._markers is None:
            octets = np.frombuffer(self._content, np.uint8)
            marks = np.flatnonzero(octets[:-1] == 0xFF)
            follow = octets[marks + 1]
            restart = (follow >= 0xD0) & (follow <= 0xD7)
            self._markers = marks[(follow != 0) & (follow != 0xFF) & ~restart]
        index = int(np.searchsorted(self._markers, at))
        return int(self._markers[index]) if index < len(self._markers) else len(self._content)


def _note(found: JpegStructure, marker: int, body: bytes) -> None:
    if marker in _FRAMES and not found.frame and len(body) >= 6:
        found.frame, found.bits = marker, body[0]
        found.height = int.from_bytes(body[1:3], "big")
        found.width = int.from_bytes(body[3:5], "big")
        found.components = body[5]
    elif marker == APP0 and body.startswith(b"JFIF\x00") and len(body) >= 12 and not found.jfif:
        x, y = int.from_bytes(body[8:10], "big"), int.from_bytes(body[10:12], "big")
        found.jfif = (body[7], x, y)
    elif marker == APP1 and body.startswith(b"Exif\x00") and not found.exif:
        found.exif = body
    elif marker == APP1 and body.startswith((_XMP, _XMP_MORE)) and len(found.xmp) < _MAX_XMP:
        found.xmp += body
    elif marker == APP2 and body.startswith(b"MPF\x00"):
        found.pictures = max(found.pictures, mpf.count(body[4:]))
    elif marker == APP13 and body.startswith(b"Photoshop 3.0\x00") and b"8BIM\x04\x04" in body:
        found.captions = True
    elif marker == COM and body.strip(b"\x00 \r\n"):
        found.comments.append(body)
