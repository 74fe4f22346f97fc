"""Whole pictures in memory, for repairs: open, turn upright, put on white, write."""

from __future__ import annotations

import io
from collections.abc import Iterator
from contextlib import contextmanager

import numpy as np
from PIL import Image, JpegImagePlugin, PngImagePlugin

from correctionkit.scans.facts import JPEG, ScanFacts

_TURNS = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}


@contextmanager
def opened(data: bytes, facts: ScanFacts) -> Iterator[Image.Image]:
    """Open a picture that was probed and found sound.

    Not by ``Image.open``, which warns of large pictures: the probe has bounded them.
    """
    plugin = JpegImagePlugin.JpegImageFile if facts.format == JPEG else PngImagePlugin.PngImageFile
    with plugin(io.BytesIO(data)) as picture:
        picture.load()
        yield picture


def upright(picture: Image.Image, orientation: int) -> Image.Image:
    """Return *picture* as EXIF's *orientation* says that it is meant to be seen."""
    turn = _TURNS.get(orientation)
    if turn is None:
        return picture
    turned = picture.transpose(turn)
    turned.info = {key: value for key, value in picture.info.items() if key == "icc_profile"}
    return turned


def on_white(picture: Image.Image) -> Image.Image:
    """Return *picture* as grey or RGB of 8 bits, transparent parts as white paper."""
    if picture.mode.startswith("I") or picture.mode == "F":
        deep = np.asarray(picture).astype(np.float64)
        scale = 257.0 if picture.mode.startswith("I") else 1.0
        return Image.fromarray((deep / scale).clip(0, 255).astype(np.uint8))
    if "transparency" in picture.info and picture.mode in ("1", "L", "P", "RGB"):
        picture = picture.convert("RGBA")
    if picture.mode in ("LA", "RGBA", "PA", "La", "RGBa"):
        paper = Image.new("RGB", picture.size, (255, 255, 255))
        paper.paste(picture.convert("RGB"), mask=picture.convert("RGBA").getchannel("A"))
        return paper
    if picture.mode in ("L", "RGB"):
        return picture
    return picture.convert("L" if picture.mode == "1" else "RGB")


def jpeg_bytes(picture: Image.Image, dpi: int | None, *, quality: int) -> bytes:
    """Encode as JPEG with full colour resolution, which keeps red seals sharp."""
    plain = picture if picture.mode in ("L", "RGB", "CMYK") else on_white(picture)
    out = io.BytesIO()
    stated = {"dpi": (dpi, dpi)} if dpi else {}
    profile = plain.info.get("icc_profile")
    plain.save(out, "JPEG", quality=quality, subsampling=0, icc_profile=profile, **stated)
    return out.getvalue()


def png_bytes(picture: Image.Image, dpi: int | None) -> bytes:
    """Encode as PNG."""
    out = io.BytesIO()
    stated = {"dpi": (dpi, dpi)} if dpi else {}
    picture.save(out, "PNG", **stated)
    return out.getvalue()
