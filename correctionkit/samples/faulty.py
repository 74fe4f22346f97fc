"""Faults of a scan's file: each function takes good bytes and spoils them in one way."""

from __future__ import annotations

import struct
from collections.abc import Iterator

from PIL import ExifTags, Image
from PIL.TiffImagePlugin import IFDRational

_ZEROED, _DROPPED = 4096, 1024
_SOI = b"\xff\xd8"
_SOS = 0xDA
# Start-of-frame markers of the baseline, extended and progressive kinds.
_FRAMES = (0xC0, 0xC1, 0xC2)
_FLOOD = 65_500


def truncated(data: bytes) -> bytes:
    """Lose the last third."""
    return data[: len(data) * 2 // 3]


def without_end(data: bytes) -> bytes:
    """Lose the last two bytes, a JPEG's end mark."""
    return data[:-2]


def zeroed(data: bytes) -> bytes:
    """Overwrite 4 KB in the middle with zeros, as a bad sector does."""
    middle = len(data) // 2
    return data[:middle] + bytes(_ZEROED) + data[middle + _ZEROED :]


def cut(data: bytes) -> bytes:
    """Drop 1 KB from the middle, as a broken transfer does."""
    middle = len(data) // 2
    return data[:middle] + data[middle + _DROPPED :]


def trailing(data: bytes) -> bytes:
    """Append bytes after the end of the picture."""
    return data + b"sample bytes after the end\n" * 40


def broken_checksum(png: bytes) -> bytes:
    """Change one bit of the checksum of a PNG's first picture data."""
    at = png.index(b"IDAT")
    (length,) = struct.unpack(">I", png[at - 4 : at])
    checksum = at + 4 + length
    return png[:checksum] + bytes([png[checksum] ^ 1]) + png[checksum + 1 :]


def misnamed(name: str) -> str:
    """Give a file name the other picture ending."""
    stem, _, ending = name.rpartition(".")
    return f"{stem}.{'jpg' if ending.lower() == 'png' else 'png'}"


def empty(_data: bytes = b"") -> bytes:
    """Leave nothing."""
    return b""


def heic_like() -> bytes:
    """Return what a phone's HEIC file starts with, and no picture."""
    brands = b"heic" + bytes(4) + b"mif1heic"
    payload = bytes(2048)
    return _box(b"ftyp", brands) + _box(b"meta", bytes(64)) + _box(b"mdat", payload)


def pixel_flood(jpeg: bytes) -> bytes:
    """State 65,500 × 65,500 pixels in a JPEG's header."""
    for marker, start, _ in _segments(jpeg):
        if marker in _FRAMES:
            size = start + 5
            return jpeg[:size] + struct.pack(">HH", _FLOOD, _FLOOD) + jpeg[size + 4 :]
    raise ValueError("no frame in this JPEG")


def photographed(jpeg: bytes) -> bytes:
    """Add what a phone's camera writes: maker, exposure, aperture, ISO, lens, place."""
    exif = Image.Exif()
    exif[ExifTags.Base.Make] = "HUAWEI"
    exif[ExifTags.Base.Model] = "SAMPLE-0000"
    exif.get_ifd(ExifTags.IFD.Exif).update(
        {
            ExifTags.Base.ExposureTime: IFDRational(1, 50),
            ExifTags.Base.FNumber: IFDRational(18, 10),
            ExifTags.Base.ISOSpeedRatings: 200,
            ExifTags.Base.FocalLength: IFDRational(56, 10),
        }
    )
    _add_place(exif)
    return _with_exif(jpeg, exif)


def located(jpeg: bytes) -> bytes:
    """Add a place and no sign of a camera, as some scanning programs do."""
    exif = Image.Exif()
    _add_place(exif)
    return _with_exif(jpeg, exif)


def _add_place(exif: Image.Exif) -> None:
    # 0° N, 0° E: in the sea, where no student lives.
    nought = (IFDRational(0, 1), IFDRational(0, 1), IFDRational(0, 1))
    exif.get_ifd(ExifTags.IFD.GPSInfo).update(
        {
            ExifTags.GPS.GPSLatitudeRef: "N",
            ExifTags.GPS.GPSLatitude: nought,
            ExifTags.GPS.GPSLongitudeRef: "E",
            ExifTags.GPS.GPSLongitude: nought,
        }
    )


def _with_exif(jpeg: bytes, exif: Image.Exif) -> bytes:
    """Put the metadata behind the JFIF header; the picture stays as it is, bit for bit."""
    _, _, after_first = next(_segments(jpeg))
    payload = exif.tobytes()
    segment = b"\xff\xe1" + struct.pack(">H", len(payload) + 2) + payload
    return jpeg[:after_first] + segment + jpeg[after_first:]


def _segments(jpeg: bytes) -> Iterator[tuple[int, int, int]]:
    """Yield marker, start and end of each segment before the picture's data."""
    if not jpeg.startswith(_SOI):
        raise ValueError("not a JPEG")
    at = len(_SOI)
    while jpeg[at] == 0xFF and jpeg[at + 1] != _SOS:
        (length,) = struct.unpack(">H", jpeg[at + 2 : at + 4])
        yield jpeg[at + 1], at, at + 2 + length
        at += 2 + length


def _box(kind: bytes, payload: bytes) -> bytes:
    return struct.pack(">I", len(payload) + 8) + kind + payload
