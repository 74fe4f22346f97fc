"""What is on a page: how much ink, and how steep its edges are.

Works on the reduced grey picture and in millimetres, so that limits hold at any dpi.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from correctionkit.scans.resolution import MM_PER_INCH

Grey = NDArray[np.uint8]

# A mark is darker or lighter than the paper round it by this much, or by five times
# the noise; the cap is for pages so full that no part of them shows noise alone.
_MIN_CONTRAST = 10.0
_MAX_CONTRAST = 40.0
_BLOCK_MM = 4.0
# Dust is a pixel or three in a block; a stroke crosses it.
_MIN_IN_BLOCK = 5

_EDGE_CONTRAST = 48
_EDGE_REACH_MM = 2.5
_MIN_EDGES = 60
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


def block_size(dpi: float) -> int:
    """Return the pixels of a block's side."""
    return max(4, round(_BLOCK_MM * dpi / MM_PER_INCH))


def marks(grey: Grey, dpi: float) -> tuple[float, NDArray[np.bool_]]:
    """Return the area of ink in mm², and which blocks of 4 mm hold any.

    Shadows and tinted paper are no ink, as each block is compared with its own median.
    """
    side = min(block_size(dpi), *grey.shape)
    rows, columns = grey.shape[0] // side, grey.shape[1] // side
    cut = np.ascontiguousarray(grey[: rows * side, : columns * side])
    sample = cut.reshape(rows, side, columns, side)[:, ::2, :, ::2].swapaxes(1, 2)
    sample = sample.reshape(rows, columns, -1)
    middle = sample.shape[2] // 2
    paper = np.partition(sample, middle, axis=2)[:, :, middle]
    # The quietest fifth of blocks shows the noise of scanner and compression.
    noise = float(np.percentile(_distance(sample, paper[:, :, None]).mean(axis=2), 20)) * 1.25
    contrast = min(max(_MIN_CONTRAST, 5 * noise), _MAX_CONTRAST)
    ground = np.repeat(paper, side, axis=1)[:, None, :]
    off = _distance(cut.reshape(rows, side, -1), ground) > contrast
    # Down first, along rows after: the long axis stays innermost, which is many times faster.
    inked = off.sum(axis=1, dtype=np.uint16).reshape(rows, columns, side).sum(axis=2)
    there = inked >= _MIN_IN_BLOCK
    area = float(inked[there].sum()) * (MM_PER_INCH / dpi) ** 2
    return area, there


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
    across = np.ascontiguousarray(grey.T)
    steepness = np.concatenate([_steepness(grey, reach), _steepness(across, reach)])
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
