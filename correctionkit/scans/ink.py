"""What is on a page: how much ink, and how steep its edges are.

Works on the reduced grey picture and in millimetres, so that limits hold at any dpi.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from correctionkit.scans.resolution import MM_PER_INCH

Grey = NDArray[np.uint8]

# A mark is darker or lighter than the paper round it by this much, or by five times
# the noise; the cap is for pages so full that no part of them shows noise alone.
_MIN_CONTRAST = 10.0
_MAX_CONTRAST = 40.0
# Marks are looked for at 43 to 85 dpi, so that dust is as small on a card as on a page.
_MARKS_DPI = 43
_BLOCK_MM = 4.0
# Paper under a shadow varies by half of this; a soft photograph, which has no edges, by more.
_ONE_TONE = 32.0
# Dust is a pixel or three in a block; a stroke crosses it.
_MIN_IN_BLOCK = 5

_EDGE_CONTRAST = 48
_EDGE_REACH_MM = 2.5
_MIN_EDGES = 30
_STEEPEST = 90
# Share of pixels near the most frequent tone, above which a picture is a page.
_PAPER_SHARE = 0.35
_PAPER_TONES = 12

_MARGIN = 0.04
_BAND = 0.12
_BAND_STEP = 24.0


def within_edges(grey: Grey) -> Grey:
    """Cut off the outer margin and the dark or bright bands that the lid leaves along it."""
    tone = int(np.median(grey[::4, ::4]))
    top, bottom = _band(grey[:, ::4], tone), _band(grey[::-1, ::4], tone)
    left, right = _band(grey.T[:, ::4], tone), _band(grey.T[::-1, ::4], tone)
    return grey[top : grey.shape[0] - bottom, left : grey.shape[1] - right]


def _band(grey: Grey, tone: int) -> int:
    """Return how many rows to cut at the start of *grey*."""
    margin, outer = int(len(grey) * _MARGIN), grey[: int(len(grey) * _BAND)]
    if not outer.size:
        return margin
    off = np.flatnonzero(np.abs(np.median(outer, axis=1) - tone) > _BAND_STEP)
    return max(margin, int(off[-1]) + 3 if off.size else 0)


def marks(grey: Grey, dpi: float) -> tuple[float, NDArray[np.bool_], float]:
    """Return the area of ink in mm², which blocks hold any, and the blocks' side in mm.

    Each block is compared with its own median, so tinted paper and shadows are no ink.
    """
    step = max(1, int(dpi / _MARKS_DPI))
    if step > 1 and min(grey.shape) >= step:
        grey, dpi = np.asarray(Image.fromarray(grey).reduce(step)), dpi / step
    side = min(max(4, round(_BLOCK_MM * dpi / MM_PER_INCH)), *grey.shape)
    rows, columns = grey.shape[0] // side, grey.shape[1] // side
    cut = np.ascontiguousarray(grey[: rows * side, : columns * side])
    sample = cut.reshape(rows, side, columns, side)[:, ::2, :, ::2].swapaxes(1, 2)
    sample = sample.reshape(rows, columns, -1)
    middle = sample.shape[2] // 2
    paper = np.partition(sample, middle, axis=2)[:, :, middle]
    # The quietest fifth of blocks shows the noise of scanner and compression.
    noise = float(np.percentile(_distance(sample, paper[:, :, None]).mean(axis=2), 20)) * 1.25
    contrast = min(max(_MIN_CONTRAST, 5 * noise), _MAX_CONTRAST)
    off = _off_paper(cut, paper, side, contrast).reshape(rows, side, -1)
    # Down first, along rows after: the long axis stays innermost, which is many times faster.
    inked = off.sum(axis=1, dtype=np.uint16).reshape(rows, columns, side).sum(axis=2)
    there = inked >= _MIN_IN_BLOCK
    pixels = float(cut.size if paper.std() > _ONE_TONE else inked[there].sum())
    area = pixels * (MM_PER_INCH / dpi) ** 2
    return area, there, side * MM_PER_INCH / dpi


def _off_paper(page: Grey, paper: Grey, side: int, contrast: float) -> NDArray[np.bool_]:
    """Return which pixels are no paper: off their own block, and off the slope to the next.

    A shadow is not off the slope, and white beside a tinted card is not off its own block.
    """
    level = np.repeat(paper, side, axis=1)[:, None, :]
    distance = _distance(page.reshape(len(paper), side, -1), level).reshape(page.shape)
    if max(_largest_step(paper), _largest_step(paper.T)) > contrast:
        slope = Image.fromarray(paper).resize(page.shape[::-1], Image.Resampling.BILINEAR)
        distance = np.minimum(distance, _distance(page, np.asarray(slope)))
    off = distance > contrast
    # At the border there is no next block to slope to.
    edge = max(1, side // 2)
    off[:edge], off[-edge:], off[:, :edge], off[:, -edge:] = False, False, False, False
    return off


def _largest_step(paper: Grey) -> int:
    return int(_distance(paper[1:], paper[:-1]).max(initial=0))


def _distance(one: Grey, other: Grey) -> Grey:
    """Return the absolute difference without leaving eight bits."""
    return np.maximum(one, other) - np.minimum(one, other)


def edge_width(grey: Grey, dpi: float) -> float | None:
    """Return the width in mm of the steepest tenth of edges, None where too few tell.

    An edge's width is its height over its largest step.  Only pages are measured:
    a photograph without paper may be soft by nature.
    """
    if not _has_paper(grey):
        return None
    reach = int(np.clip(round(_EDGE_REACH_MM * dpi / MM_PER_INCH), 4, 24))
    # Every other line tells as much as all of them.
    down, across = _steepness(grey[:, ::2], reach), _steepness(grey.T[:, ::2], reach)
    steepness = np.concatenate([down, across])
    if steepness.size < _MIN_EDGES:
        return None
    return MM_PER_INCH / dpi / float(np.percentile(steepness, _STEEPEST))


def _has_paper(grey: Grey) -> bool:
    tones = np.bincount(grey[::2, ::2].ravel(), minlength=256)
    near = np.convolve(tones, np.ones(2 * _PAPER_TONES + 1, np.int64), "same")
    return float(near.max()) >= _PAPER_SHARE * float(tones.sum())


def _steepness(grey: Grey, reach: int) -> NDArray[np.float64]:
    """Return largest step over range, for each run down of *reach* pixels that holds an edge."""
    rows = grey.shape[0] // reach
    if not rows:
        return np.empty(0)
    runs = np.ascontiguousarray(grey[: rows * reach]).reshape(rows, reach, -1)
    height = runs.max(axis=1) - runs.min(axis=1)
    step = _distance(runs[:, 1:], runs[:, :-1]).max(axis=1)
    edges = height >= _EDGE_CONTRAST
    steepness: NDArray[np.float64] = step[edges] / height[edges].astype(np.float64)
    return steepness
