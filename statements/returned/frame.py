"""Finds the row of boxes on a page laid straight, by its ruled lines.

Nothing is known of where it stands but that two long lines lie as far apart as boxes are high,
and upright lines between them divide it into equal parts.  Lines may run askew, as on paper
that was photographed from aside, but hardly bent.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageFilter

from statements.returned.upright import BORDER_MM, PAGE_MM, PIXELS_A_MM

Mask = NDArray[np.bool_]

# The table of boxes on paper, and how far a measure taken from the code may be off.
_LEFT_MM, _WIDTH_MM, _HEIGHT_MM = 14.0, 269.0, 35.0
_OFF = 0.12
_MOST_BOXES = 8
_FEWEST_BOXES = 3
_UNEVEN_MM = 3.0
_ONE_LINE_MM = 3.0
# What is darker than this share of the paper around it is printed or written.
_DARK = 0.85
_STRIPS = 32
_BANDS = 8
_SKEW = 0.035


@dataclass(frozen=True, slots=True)
class Corners:
    """The corners of a box in pixels of the straight page."""

    upper_left: tuple[float, float]
    lower_left: tuple[float, float]
    lower_right: tuple[float, float]
    upper_right: tuple[float, float]


@dataclass(frozen=True, slots=True)
class _Line:
    """A line across the page: where it is at the page's middle, and how much it falls a pixel."""

    at: float
    fall: float
    strength: int

    def y(self, x: float, middle: float) -> float:
        return self.at + self.fall * (x - middle)


@dataclass(frozen=True, slots=True)
class _Upright:
    """An upright line between two lines: where it meets the upper and the lower one."""

    upper: float
    lower: float

    @property
    def middle(self) -> float:
        return (self.upper + self.lower) / 2


def find_boxes(page: Image.Image) -> tuple[Corners, ...]:
    """Return the boxes of a grey page laid straight, left to right; none if it has no row."""
    dark = _dark(page)
    middle = dark.shape[1] / 2
    lines = _lines(dark)
    for upper, lower in _pairs(lines):
        uprights = _divided(_uprights(dark, upper, lower))
        if uprights:
            return tuple(
                _corners(left, right, upper, lower, middle) for left, right in pairwise(uprights)
            )
    return ()


def _pairs(lines: list[_Line]) -> Iterator[tuple[_Line, _Line]]:
    """Yield lines as far apart as boxes are high with none between them, from below.

    The row stands below everything else that is ruled.
    """
    for place, lower in reversed(list(enumerate(lines))):
        for upper in reversed(lines[:place]):
            apart = (lower.at - upper.at) / PIXELS_A_MM
            if apart > _HEIGHT_MM * (1 + 2 * _OFF):
                break
            if apart > _HEIGHT_MM * (1 - 2 * _OFF):
                yield upper, lower
            # A line of some width may count as two; what is further apart are rows.
            if apart > _ONE_LINE_MM:
                break


def _dark(page: Image.Image) -> Mask:
    around = page.filter(ImageFilter.BoxBlur(4 * PIXELS_A_MM))
    grey = np.asarray(page, dtype=np.int32) * 100
    dark: Mask = grey < np.asarray(around, dtype=np.int32) * round(_DARK * 100)
    return dark


def _lines(dark: Mask) -> list[_Line]:
    """Return the lines across most of the page, from above."""
    height, width = dark.shape
    thick = dark.copy()
    thick[1:] |= dark[:-1]
    thick[:-1] |= dark[1:]
    ruled = _runs(thick, 8 * PIXELS_A_MM)
    strips = np.stack(
        [strip.mean(axis=1) > 0.5 for strip in np.array_split(ruled, _STRIPS, axis=1)]
    )
    strips[:, 1:] |= strips[:, :-1].copy()
    across = (np.arange(_STRIPS) + 0.5) * width / _STRIPS - width / 2
    falls = np.linspace(-_SKEW, _SKEW, 71)
    counts = np.stack([_moved(strips, np.rint(fall * across)).sum(axis=0) for fall in falls])
    strength = counts.max(axis=0)
    least = 0.8 * _STRIPS * _WIDTH_MM / (PAGE_MM[0] + 2 * BORDER_MM)
    found: list[_Line] = []
    reach = 2 * PIXELS_A_MM
    for y in range(height):
        near = strength[max(0, y - reach) : y + reach + 1]
        if strength[y] >= least and strength[y] == near.max() and not _close(found, y, reach):
            same = np.flatnonzero(counts[:, y] == strength[y])
            fall = float(falls[same[len(same) // 2]])
            found.append(_Line(float(y), fall, int(strength[y])))
    return found


def _close(found: list[_Line], y: int, reach: int) -> bool:
    return bool(found) and y - found[-1].at <= reach


def _runs(mask: Mask, length: int) -> Mask:
    """Return where a row of *mask* is set for nine tenths of *length* around."""
    sums = np.cumsum(mask, axis=1, dtype=np.int32)
    runs = np.zeros_like(mask)
    half = length // 2
    runs[:, half : half + mask.shape[1] - length] = sums[:, length:] - sums[:, :-length] >= (
        0.9 * length
    )
    return runs


def _moved(rows: Mask, by: NDArray[Any]) -> Mask:
    """Return each row shifted back by its own number of places."""
    return np.stack([np.roll(row, -int(shift)) for row, shift in zip(rows, by, strict=True)])


def _uprights(dark: Mask, upper: _Line, lower: _Line) -> list[_Upright]:
    """Return the upright lines between two lines, from the left."""
    height, width = dark.shape
    thick = dark.copy()
    thick[:, 1:] |= dark[:, :-1]
    thick[:, :-1] |= dark[:, 1:]
    columns = np.arange(width)
    tops = upper.at + upper.fall * (columns - width / 2)
    bottoms = lower.at + lower.fall * (columns - width / 2)
    shares = (np.arange(_BANDS * 12) + 0.5) / (_BANDS * 12)
    rows = np.rint(tops + shares[:, None] * (bottoms - tops)).astype(np.int64)
    between = thick[rows.clip(0, height - 1), columns]
    bands = between.reshape(_BANDS, 12, width).mean(axis=1) >= 0.8
    down = (np.arange(_BANDS) + 0.5) / _BANDS - 0.5
    leans = np.arange(-10, 11)
    counts = np.stack([_moved(bands, np.rint(lean * down)).sum(axis=0) for lean in leans])
    strength, steepest = counts.max(axis=0), counts.argmax(axis=0)
    found: list[_Upright] = []
    reach = 2 * PIXELS_A_MM
    for x in np.flatnonzero(strength >= _BANDS - 1):
        near = np.flatnonzero(strength[x : x + reach] == strength[x : x + reach].max()) + x
        if found and near[0] - found[-1].middle <= reach:
            continue
        at = float(near[len(near) // 2])
        lean = float(leans[steepest[int(at)]])
        found.append(_Upright(at - lean / 2, at + lean / 2))
    return found


def _divided(uprights: list[_Upright]) -> list[_Upright]:
    """Return those of *uprights* that divide the row's width into most equal parts."""
    best: list[_Upright] = []
    left = (_LEFT_MM + BORDER_MM) * PIXELS_A_MM
    width = _WIDTH_MM * PIXELS_A_MM
    for first in uprights:
        for last in uprights:
            wide = last.middle - first.middle
            if abs(wide - width) > _OFF * width or abs(first.middle - left) > _OFF * width:
                continue
            for parts in range(_MOST_BOXES, max(len(best), _FEWEST_BOXES) - 1, -1):
                wanted = [first.middle + wide * k / parts for k in range(parts + 1)]
                even = [_nearest(uprights, x) for x in wanted]
                off = max(abs(each.middle - x) for each, x in zip(even, wanted, strict=True))
                if off <= _UNEVEN_MM * PIXELS_A_MM:
                    best = even
                    break
    return best


def _nearest(uprights: list[_Upright], x: float) -> _Upright:
    return min(uprights, key=lambda each: abs(each.middle - x))


def _corners(left: _Upright, right: _Upright, upper: _Line, lower: _Line, middle: float) -> Corners:
    return Corners(
        (left.upper, upper.y(left.upper, middle)),
        (left.lower, lower.y(left.lower, middle)),
        (right.lower, lower.y(right.lower, middle)),
        (right.upper, upper.y(right.upper, middle)),
    )
