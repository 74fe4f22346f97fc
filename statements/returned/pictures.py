"""Pictures of pages in a form that can be measured."""

from __future__ import annotations

from io import BytesIO
from math import ceil, sqrt

from PIL import Image

# A4 at 300 dpi, and some more: a code's squares are six pixels wide then.
MOST_PIXELS = 9_500_000


def opened(picture: bytes | Image.Image) -> tuple[Image.Image, int]:
    """Return *picture* as grey or RGB, and how many of its pixels became one, a side."""
    if isinstance(picture, bytes):
        with Image.open(BytesIO(picture), formats=("JPEG", "PNG")) as file:
            file.load()
            return _plain(file)
    return _plain(picture)


def _plain(picture: Image.Image) -> tuple[Image.Image, int]:
    shrink = ceil(sqrt(picture.width * picture.height / MOST_PIXELS))
    plain = picture if picture.mode in ("L", "RGB") else _on_white(picture)
    return (plain.reduce(shrink) if shrink > 1 else plain), shrink


def _on_white(picture: Image.Image) -> Image.Image:
    if picture.mode in ("1", "I", "I;16", "F"):
        return picture.convert("L")
    if not picture.has_transparency_data:
        return picture.convert("RGB")
    paper = Image.new("RGB", picture.size, "white")
    layered = picture.convert("RGBA")
    paper.paste(layered, mask=layered)
    return paper
