"""Measures what was put into a box by hand: strokes of a pen, a red seal."""

from __future__ import annotations

import numpy as np
from PIL import Image, ImageFilter

from statements.returned.frame import Corners
from statements.returned.readings import BoxMarks
from statements.returned.upright import PIXELS_A_MM

# The ruled frame, and the printed label at the top.
_EDGE_MM = 1.6
_LABEL_MM = 7.2
# How far a seal reaches out of its box.
_AROUND_MM = 12.0
# How much darker than its paper ink is, and how much redder: shares of the paper's light.
_INK = 0.28
_RED = 0.16
# Where a hundredth of a page differs between channels by more, it was scanned in colour.
_COLOURED = 6


def has_colours(page: Image.Image) -> bool:
    """Return whether a page was taken in colour; a grey one may come as RGB."""
    if page.mode == "L":
        return False
    pixels = np.asarray(page.reduce(2), dtype=np.int16)
    spread = pixels.max(axis=2) - pixels.min(axis=2)
    return float((spread > _COLOURED).mean()) > 0.002


def marks_in(page: Image.Image, box: Corners, *, coloured: bool) -> BoxMarks:
    """Return the marks in one box of a page laid straight."""
    inner = _cut_out(page, box, (-_EDGE_MM, -_LABEL_MM, -_EDGE_MM, -_EDGE_MM))
    outer = _cut_out(page, box, (_AROUND_MM,) * 4) if coloured else None
    return BoxMarks(
        ink=_ink(inner),
        red=None if outer is None else _square_mm(_redness(outer) > _RED),
    )


def _ink(box: Image.Image) -> float:
    """Return the area of dark strokes that are not a seal's."""
    # A grain of dust or noise is smaller than any stroke.
    calm = box.filter(ImageFilter.MedianFilter(3))
    grey = calm.convert("L")
    paper = grey.filter(ImageFilter.MaxFilter(5)).filter(ImageFilter.BoxBlur(4 * PIXELS_A_MM))
    light = np.asarray(grey, np.float32) / np.maximum(np.asarray(paper, np.float32), 1)
    dark = light < 1 - _INK
    if calm.mode == "RGB":
        dark &= _redness(calm) <= _RED
    return _square_mm(dark)


def _redness(part: Image.Image) -> np.ndarray[tuple[int, int], np.dtype[np.float32]]:
    """Return by how much of the paper's light red outshines green and blue.

    Against the paper's own colour: lamps make paper yellow.
    """
    smooth = np.asarray(part.filter(ImageFilter.BoxBlur(1)), np.float32)
    paper = np.maximum(np.percentile(smooth, 80, axis=(0, 1)), 1)
    red, green, blue = np.moveaxis(smooth / paper, 2, 0)
    outshines: np.ndarray[tuple[int, int], np.dtype[np.float32]] = red - np.maximum(green, blue)
    return outshines


def _square_mm(mask: np.ndarray[tuple[int, int], np.dtype[np.bool_]]) -> float:
    return round(float(mask.sum()) / PIXELS_A_MM**2, 1)


def _cut_out(
    page: Image.Image, box: Corners, more: tuple[float, float, float, float]
) -> Image.Image:
    """Return a box with *more* millimetres at its left, top, right and bottom, laid flat."""
    (x0, y0), (x1, y1), (x2, y2), (x3, y3) = (
        box.upper_left,
        box.lower_left,
        box.lower_right,
        box.upper_right,
    )
    width, height = (x2 + x3 - x0 - x1) / 2, (y1 + y2 - y0 - y3) / 2
    left, top, right, bottom = (each * PIXELS_A_MM for each in more)

    def at(across: float, down: float) -> tuple[float, float]:
        upper = x0 + (x3 - x0) * across, y0 + (y3 - y0) * across
        lower = x1 + (x2 - x1) * across, y1 + (y2 - y1) * across
        return upper[0] + (lower[0] - upper[0]) * down, upper[1] + (lower[1] - upper[1]) * down

    west, north = -left / width, -top / height
    east, south = 1 + right / width, 1 + bottom / height
    corners = (*at(west, north), *at(west, south), *at(east, south), *at(east, north))
    size = max(8, round(width + left + right)), max(8, round(height + top + bottom))
    fill = 255 if page.mode == "L" else (255, 255, 255)
    return page.transform(
        size, Image.Transform.QUAD, corners, Image.Resampling.BILINEAR, fillcolor=fill
    )
