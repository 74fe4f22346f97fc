"""One decode of a picture into a small grey array; what fails is told by a code.

The array's long side is 500 to 1,000 pixels (an A4 page: 43 to 85 dpi).  libjpeg-turbo
scales while it decodes, so a quarter of the size costs little more than the entropy
decode, which finds the damage, and a quarter still shows whether text was sharp: an
eighth does not (soft and sharp text look alike there), a half costs a seventh more.
"""

from __future__ import annotations

import io
import struct

import numpy as np
import simplejpeg
from numpy.typing import NDArray
from PIL import Image, JpegImagePlugin, PngImagePlugin

from correctionkit.scans import jpeg, png
from correctionkit.scans.jpeg import JpegStructure
from correctionkit.scans.png import PngStructure

Grey = NDArray[np.uint8]

_LONG_SIDE = 500
# Colour progressive pictures have about ten scans; each costs one pass over all of it.
_MAX_SCANS = 100

# What the decoder says, and our code for it; the first part that is met counts.
_JPEG_FAULTS: tuple[tuple[str, str], ...] = (
    ("Premature end of JPEG file", "truncated"),
    ("premature end of data segment", "data-corrupt"),
    ("Corrupt JPEG data", "data-corrupt"),
    ("Huffman code", "data-corrupt"),
)
# What the fast decoder cannot do though the picture may be sound.
_JPEG_UNABLE = (
    "subsampling",
    "Unsupported JPEG data precision",
    "Unsupported JPEG process",
    "Unsupported color conversion",
    "colorspace",
)

# All that Pillow raises on broken pictures.
PICTURE_ERRORS = (
    OSError,
    SyntaxError,
    ValueError,
    IndexError,
    KeyError,
    TypeError,
    AttributeError,
    EOFError,
    OverflowError,
    MemoryError,
    ZeroDivisionError,
    struct.error,
    Image.DecompressionBombError,
)


def reduction(width: int, height: int) -> int:
    """Return by how much to reduce a picture of this size: 1, 2, 4 or 8."""
    long = max(width, height)
    return next((factor for factor in (8, 4, 2) if long >= factor * _LONG_SIDE), 1)


def decode_jpeg(content: bytes, structure: JpegStructure) -> Grey | str:
    """Return the picture as stored, reduced, or the code of what is wrong with it."""
    if not structure.frame or not structure.scans:
        return "no-picture" if structure.picture_end else "truncated"
    if not structure.width or not structure.height:
        return "header-broken"
    if structure.scans > _MAX_SCANS:
        return "structure-broken"
    factor = reduction(structure.width, structure.height)
    try:
        grey: Grey = simplejpeg.decode_jpeg(
            content,
            "GRAY",
            fastdct=True,
            min_height=-(-structure.height // factor),
            min_width=-(-structure.width // factor),
            min_factor=factor,
        )
    except (ValueError, MemoryError, OverflowError) as error:
        return _jpeg_fault(content, structure, str(error))
    return grey[:, :, 0]


def _jpeg_fault(content: bytes, structure: JpegStructure, message: str) -> Grey | str:
    if any(part in message for part in _JPEG_UNABLE):
        return _decode_slowly(content, structure)
    for part, fault in _JPEG_FAULTS:
        if part in message:
            return "truncated" if structure.picture_end is None else fault
    return "truncated" if structure.picture_end is None else "structure-broken"


def _decode_slowly(content: bytes, structure: JpegStructure) -> Grey | str:
    """Decode by Pillow, which takes rare sampling and encodings that turbo's API does not."""
    kept = [
        content[start:end]
        for marker, start, end in structure.segments
        if not (jpeg.APP0 <= marker <= jpeg.APP15 or marker == jpeg.COM) or marker == jpeg.APP14
    ]
    plain = b"".join([b"\xff\xd8", *kept, content[structure.first_scan : structure.picture_end]])
    try:
        with JpegImagePlugin.JpegImageFile(io.BytesIO(plain)) as picture:
            picture.load()
            return _reduced(picture)
    except PICTURE_ERRORS:
        return "truncated" if structure.picture_end is None else "encoding-unsupported"


def decode_png(content: bytes, structure: PngStructure) -> Grey | str:
    """Return the picture as stored, on white, reduced, or the code of what is wrong with it."""
    fault = structure.fault or png.data_fault(content, structure)
    if fault:
        return fault
    view = memoryview(content)
    # Only what makes the picture: texts, profiles and animation cost time and can explode.
    parts = [
        view[start:end]
        for kind, start, end in structure.chunks
        if kind in (b"IHDR", b"PLTE", b"tRNS", b"IDAT", b"IEND")
    ]
    try:
        with PngImagePlugin.PngImageFile(io.BytesIO(b"".join([png.SIGNATURE, *parts]))) as picture:
            picture.load()
            return _reduced(picture)
    except PICTURE_ERRORS:
        return "data-corrupt"


def _reduced(picture: Image.Image) -> Grey:
    grey = to_grey(picture)
    factor = reduction(*grey.size)
    return np.asarray(grey.reduce(factor) if factor > 1 else grey)


def to_grey(picture: Image.Image) -> Image.Image:
    """Convert any mode to 8-bit grey; transparent parts become white paper."""
    if picture.mode.startswith("I"):
        # Sixteen bits; Pillow's own conversion cuts off instead of scaling.
        deep = np.asarray(picture).astype(np.int32) >> 8
        return Image.fromarray(deep.clip(0, 255).astype(np.uint8))
    if "transparency" in picture.info and picture.mode in ("1", "L", "P", "RGB"):
        picture = picture.convert("RGBA")
    if picture.mode in ("LA", "RGBA", "PA", "La", "RGBa"):
        paper = Image.new("L", picture.size, 255)
        paper.paste(picture.convert("L"), mask=picture.getchannel("A"))
        return paper
    return picture if picture.mode == "L" else picture.convert("L")
