"""Faults of scanning: each function takes a good picture and returns a badly made file of it."""

from __future__ import annotations

import random
from io import BytesIO

import numpy as np
from PIL import Image, ImageFilter

from correctionkit.samples import paper
from correctionkit.samples.drawing import DPI, encode_jpeg

_COARSE_DPI = 100
_FINE_DPI = 400
_SCREEN = (1920, 1080)
_DESKTOP = (58, 94, 140)
_BLUR_MM = 0.8
_GRAIN_LEVELS = 28


def low_resolution(image: Image.Image) -> bytes:
    """Scan at 100 dpi."""
    small = image.resize((image.width * _COARSE_DPI // DPI, image.height * _COARSE_DPI // DPI))
    return encode_jpeg(small, dpi=_COARSE_DPI)


def oversized(image: Image.Image) -> bytes:
    """Scan at 400 dpi with all the grain and no compression to speak of: over 10 MB for A4."""
    scale = _FINE_DPI // DPI
    fine = np.array(
        image.resize((image.width * scale, image.height * scale), Image.Resampling.BICUBIC)
    )
    rng = random.Random("fine grain")  # noqa: S311 - paper, not secrets
    grain = np.frombuffer(rng.randbytes(fine.size), np.uint8).reshape(fine.shape) % _GRAIN_LEVELS
    # Dark stays dark: nothing wraps below black.
    grainy = Image.fromarray(fine - np.minimum(fine, grain))
    return encode_jpeg(grainy, dpi=_FINE_DPI, quality=99)


def blurred(image: Image.Image) -> bytes:
    """Scan with the page off the glass."""
    return encode_jpeg(image.filter(ImageFilter.GaussianBlur(_BLUR_MM * DPI / 25.4)))


def blank(image: Image.Image, *, seed: int) -> bytes:
    """Scan the empty back of a sheet as large as *image*."""
    sheet = Image.new("RGB", image.size, (255, 255, 255))
    return encode_jpeg(paper.scanned(sheet, random.Random(f"blank/{seed}")))  # noqa: S311 - paper


def screenshot(image: Image.Image) -> bytes:
    """Show the scan on a screen and save the screen: a PNG that states no resolution."""
    screen = Image.new("RGB", _SCREEN, _DESKTOP)
    shown = image.copy()
    shown.thumbnail((_SCREEN[0], _SCREEN[1] - 80))
    screen.paste(shown, ((_SCREEN[0] - shown.width) // 2, 40))
    kept = BytesIO()
    screen.save(kept, "PNG")
    return kept.getvalue()


def resaved(image: Image.Image, *, quality: int = 70, percent: int = 90) -> bytes:
    """Save the same scan again, smaller and rougher, as copies passed on are."""
    size = (image.width * percent // 100, image.height * percent // 100)
    return encode_jpeg(image.resize(size), dpi=DPI, quality=quality)


def as_tiff(image: Image.Image) -> bytes:
    """Save the scan as a TIFF, for a name that says JPG."""
    kept = BytesIO()
    image.save(kept, "TIFF", compression="jpeg", dpi=(DPI, DPI))
    return kept.getvalue()


def as_pdf(image: Image.Image) -> bytes:
    """Save the scan as a PDF, for a name that says JPG."""
    kept = BytesIO()
    # The moment of making would make each file another one.
    image.save(kept, "PDF", resolution=float(DPI), creationDate=None, modDate=None)
    return kept.getvalue()
