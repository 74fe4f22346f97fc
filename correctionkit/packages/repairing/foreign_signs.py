"""Signs of a camera in files that are converted: the converted picture would lack them."""

from __future__ import annotations

from collections.abc import Iterator

from correctionkit.scans import exif, jpeg, xmp
from correctionkit.scans.metadata import Carried, camera_signs, screenshot_signs

_JPEG_START = b"\xff\xd8\xff"
_HEAD = 1 << 17
_MAX_PICTURES = 100


def signs_within(content: bytes, found: str) -> tuple[str, ...]:
    """Return the codes of what says that *content*, of the format *found*, was no scan."""
    signs: dict[str, None] = {}
    for carried in _carried(content, found):
        signs.update(dict.fromkeys((*camera_signs(carried), *screenshot_signs(carried))))
    return tuple(signs)


def _carried(content: bytes, found: str) -> Iterator[Carried]:
    if found == "TIFF":
        # A TIFF file is laid out as the block that EXIF stores.
        yield Carried(exif=exif.parse(content))
    elif found == "WebP":
        yield _of_webp(content)
    elif found == "PDF":
        yield from _of_pdf(content)


def _of_webp(content: bytes) -> Carried:
    carried = Carried()
    at = 12
    while at + 8 <= len(content):
        kind, size = content[at : at + 4], int.from_bytes(content[at + 4 : at + 8], "little")
        body = content[at + 8 : at + 8 + size]
        if kind == b"EXIF":
            carried.exif = exif.parse(body)
        elif kind == b"XMP ":
            carried.xmp = xmp.parse(body)
        at += 8 + size + size % 2
    return carried


def _of_pdf(content: bytes) -> Iterator[Carried]:
    """Look at the pictures that a PDF holds as JPEG files, as programs of scanners write them."""
    at = content.find(_JPEG_START)
    for _ in range(_MAX_PICTURES):
        if at < 0:
            return
        head = jpeg.read_structure(content[at : at + _HEAD])
        yield Carried(exif=exif.parse(head.exif), xmp=xmp.parse(head.xmp))
        at = content.find(_JPEG_START, at + len(_JPEG_START))
