"""The one face that the samples are drawn in."""

from __future__ import annotations

from functools import cache
from importlib import resources
from io import BytesIO

from PIL import ImageFont

_FOLDER = resources.files("correctionkit.samples") / "data"


@cache
def face(pixels: int) -> ImageFont.FreeTypeFont:
    """Return the face at a size in pixels."""
    # The basic engine is in every Pillow, and sets Chinese no worse than the complex one.
    return ImageFont.truetype(BytesIO(_face_bytes()), pixels, layout_engine=ImageFont.Layout.BASIC)


@cache
def advance(sized: ImageFont.FreeTypeFont, character: str) -> float:
    """Return how far one character moves the pen, in pixels; the face has no kerning."""
    return sized.getlength(character)


@cache
def characters() -> frozenset[str]:
    """Return what the face can draw."""
    return frozenset((_FOLDER / "characters.txt").read_text(encoding="utf-8")) - {"\n"}


def require(text: str) -> None:
    """Raise :exc:`ValueError` where the face lacks a character of *text*."""
    if missing := set(text) - characters():
        raise ValueError(f"the sample face lacks {sorted(missing)}")


@cache
def _face_bytes() -> bytes:
    return (_FOLDER / "sample-serif.otf").read_bytes()
