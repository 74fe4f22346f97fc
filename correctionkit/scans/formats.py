"""What a file is, by its content; names are not believed."""

from __future__ import annotations

import re

from correctionkit.scans.facts import JPEG, PNG

EMPTY = "empty"
UNKNOWN = "unknown"

_LOOK = 1024

# Signatures at the first byte, longest first where one begins another.
_MAGIC: tuple[tuple[bytes, str], ...] = (
    (b"\xff\xd8", JPEG),
    (b"GIF8", "GIF"),
    (b"BM", "BMP"),
    (b"II*\x00", "TIFF"),
    (b"MM\x00*", "TIFF"),
    (b"II+\x00", "TIFF"),
    (b"MM\x00+", "TIFF"),
    (b"PK\x03\x04", "ZIP"),
    (b"PK\x05\x06", "ZIP"),
    (b"Rar!", "RAR"),
    (b"7z\xbc\xaf\x27\x1c", "7z"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "Office"),
    (b"8BPS", "PSD"),
    (b"\x00\x00\x00\x0cjP  \r\n", "JPEG 2000"),
    (b"\xff\x4f\xff\x51", "JPEG 2000"),
    (b"\x00\x00\x01\x00", "ICO"),
    (b"AT&TFORM", "DjVu"),
)

_BRANDS = {
    b"heic": "HEIC",
    b"heix": "HEIC",
    b"hevc": "HEIC",
    b"hevx": "HEIC",
    b"heim": "HEIC",
    b"heis": "HEIC",
    b"mif1": "HEIC",
    b"msf1": "HEIC",
    b"avif": "AVIF",
    b"avis": "AVIF",
}

_SVG = re.compile(rb"<svg[\s>]", re.IGNORECASE)
_HTML = re.compile(rb"<(?:!doctype\s+html|html|head|body|script)[\s>]", re.IGNORECASE)

EXTENSIONS: dict[str, tuple[str, ...]] = {
    JPEG: (".jpg", ".jpeg", ".jpe", ".jfif"),
    PNG: (".png",),
}


def sniff(content: bytes | memoryview) -> str:
    """Name the format of *content* from its first kilobyte."""
    head = bytes(content[:_LOOK])
    if not head:
        return EMPTY
    for magic, name in _MAGIC:
        if head.startswith(magic):
            return name
    # A transfer in text mode breaks bytes round these letters: still a PNG, a damaged one.
    if head[1:4] == b"PNG":
        return PNG
    if head[:4] == b"RIFF" and head[8:12] == b"WEBP":
        return "WebP"
    if head[4:8] == b"ftyp":
        return _BRANDS.get(head[8:12], "video")
    if b"%PDF-" in head:
        return "PDF"
    if _SVG.search(head):
        return "SVG"
    if _HTML.search(head):
        return "HTML"
    return UNKNOWN
