"""What a scanner adds: a tint, grain, and a page that never lies quite the same."""

from __future__ import annotations

import random
from functools import lru_cache

import numpy as np
from PIL import Image, ImageChops

# How far the grain and the sheet itself may move between scans, in pixels.
_SLACK = 512
_SHIFT = 24

# The size of a cloud in the paper, in pixels.
_CELL = 48
# How far below white the paper is, and the most that any of its pixels is.  Ink is lighter
# than that above black, so that subtracting never wraps round.
_TINT = (5, 7, 11)
DEEPEST = 24


def scanned(image: Image.Image, rng: random.Random) -> Image.Image:
    """Return *image* as a flat-bed scanner would see it: sharp, tinted, grainy, a little off."""
    width, height = image.size
    shifted = Image.new("RGB", image.size, (255, 255, 255))
    shifted.paste(image, (rng.randint(-_SHIFT, _SHIFT), rng.randint(-_SHIFT, _SHIFT)))
    x, y = rng.randrange(_SLACK), rng.randrange(_SLACK)
    shade = _shade(width, height).crop((x, y, x + width, y + height))
    return ImageChops.subtract_modulo(shifted, shade)


@lru_cache(maxsize=2)
def _shade(width: int, height: int) -> Image.Image:
    """Make what paper takes from white once, larger than a page: each scan takes a part of it."""
    width, height = width + _SLACK, height + _SLACK
    texture = _speckle(width, height) + _clouds(width, height)
    planes = [np.clip(depth + texture, 0, DEEPEST).astype(np.uint8) for depth in _TINT]
    return Image.fromarray(np.stack(planes, axis=-1))


def _speckle(width: int, height: int) -> np.ndarray[tuple[int, int], np.dtype[np.float32]]:
    """Return noise of each pixel, about two and a half grey levels strong."""
    # The generator of the standard library gives the same bytes in every version.
    rng = random.Random("paper grain")  # noqa: S311 - paper, not secrets
    drawn = np.frombuffer(rng.randbytes(width * height), np.uint8)
    nibbles = (drawn & 15).astype(np.float32) + (drawn >> 4)
    return (nibbles.reshape(height, width) - 15) * np.float32(0.4)


def _clouds(width: int, height: int) -> np.ndarray[tuple[int, int], np.dtype[np.float32]]:
    """Return the slow unevenness of paper, about one grey level either way."""
    rng = random.Random("paper clouds")  # noqa: S311 - paper, not secrets
    across, down = width // _CELL + 2, height // _CELL + 2
    coarse = np.frombuffer(rng.randbytes(across * down), np.uint8).reshape(down, across)
    smooth = Image.fromarray(coarse).resize((width, height), Image.Resampling.BICUBIC)
    return (np.asarray(smooth, np.float32) - 128) * np.float32(1.2 / 128)
