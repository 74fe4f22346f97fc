"""Match fingerprints, tens of thousands of them, without comparing every pair of cells.

Each scan is compared with the first of every group only, and copies join that group: a
picture used a thousand times costs no more than one used twice, and memory grows with the
number of scans (some 8 kB each while it runs).  Two filters stand before the comparison of
all cells: the ink of large blocks, by one matrix product for many scans at a time, and the
few cells that best tell near twins apart in the scans at hand.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from correctionkit.scans import fingerprint
from correctionkit.scans.facts import ScanFacts
from correctionkit.scans.fingerprint import CELLS, COLUMNS, ROWS, STEP

# Measured on drawn cards, forms and pages, each saved anew in 15 ways (quality 10 to 95,
# PNG, grey, CMYK, 50 to 200 %, turned): at most 1 of 5,040 cells moves by two steps.  Two
# cards on A4 paper differ in 37 or more, two forms with other words in six fields in 23,
# with three names of three characters each in 5.
_STEPS = 2
_SPARE = 3

_PROPORTION_SLACK = 0.02
_BLOCK = 6
_BLOCK_LEVELS = 2.5
_TELLING_CELLS = 128
_SAMPLE = 256
_CHUNK = 512

Cells = NDArray[np.uint8]
Coarse = NDArray[np.float32]


def saved_anew(facts: Sequence[ScanFacts]) -> list[int]:
    """Return for each scan the index of the first scan that shows the same, else its own.

    All *facts* must have a fingerprint.  Copies turned by right angles are found too.
    """
    firsts: list[int] = []
    pool = _Pool(facts)
    for start in range(0, len(facts), _CHUNK):
        firsts += pool.join(range(start, min(start + _CHUNK, len(facts))))
    return firsts


class _Pool:
    """The first scan of each group so far, in arrays that a whole chunk is held against."""

    def __init__(self, facts: Sequence[ScanFacts]) -> None:
        self._facts = facts
        self._telling = _telling_cells(facts)
        self._size = 0
        self._index = np.empty(len(facts), np.int64)
        self._cells = np.empty((len(facts), CELLS), np.uint8)
        self._told = np.empty((len(facts), len(self._telling)), np.uint8)
        self._coarse = np.empty((len(facts), CELLS // _BLOCK**2), np.float32)
        self._shape = np.empty(len(facts), np.float32)

    def join(self, rows: range) -> list[int]:
        """Return the first of its group for each row; those without one found a group."""
        cells = np.stack([_cells(self._facts[row]) for row in rows])
        coarse = _ink_of_blocks(cells)
        shape = np.array([_proportion(self._facts[row]) for row in rows], np.float32)
        before = self._size
        # Upright, and upside down: what was turned by a right angle is portrait already.
        looks = [(cells, coarse), (cells[:, ::-1], coarse[:, ::-1])]
        near = [self._near(blocks, shape, before) for _, blocks in looks]
        among = [_near(blocks, coarse, shape, shape) for _, blocks in looks]
        founders = np.full(len(rows), -1)
        firsts = []
        for at, row in enumerate(rows):
            match = None
            for (look, _), old, new in zip(looks, near, among, strict=True):
                fresh = founders[np.flatnonzero(new[at, :at])]
                places = np.concatenate([np.flatnonzero(old[at]), fresh[fresh >= 0]])
                match = self._match(look[at], places)
                if match is not None:
                    break
            if match is None:
                founders[at] = self._add(row, cells[at], coarse[at], shape[at])
            firsts.append(row if match is None else match)
        return firsts

    def _add(self, row: int, cells: Cells, coarse: Coarse, shape: np.float32) -> int:
        place = self._size
        self._index[place], self._cells[place], self._coarse[place] = row, cells, coarse
        self._told[place] = cells[self._telling]
        self._shape[place] = shape
        self._size += 1
        return place

    def _near(self, coarse: Coarse, shape: Coarse, size: int) -> NDArray[np.bool_]:
        return _near(coarse, self._coarse[:size], shape, self._shape[:size])

    def _match(self, cells: Cells, places: NDArray[np.int64]) -> int | None:
        """Return the first at *places* whose cells agree with *cells*."""
        told = _moved(self._told[places], cells[self._telling])
        for place in places[told <= _SPARE]:
            if _moved(self._cells[place], cells) <= _SPARE:
                return int(self._index[place])
        return None


def _cells(facts: ScanFacts) -> Cells:
    """Return the cells as unsigned numbers, which compare faster."""
    packed = facts.pixels.fingerprint if facts.pixels else b""
    return fingerprint.unpack(packed).view(np.uint8) ^ np.uint8(0x80)


def _moved(one: Cells, other: Cells) -> NDArray[np.int64]:
    """Return how many cells lie further apart than saving anew moves them."""
    apart = np.maximum(one, other) - np.minimum(one, other)
    moved: NDArray[np.int64] = np.count_nonzero(apart >= _STEPS, axis=-1)
    return moved


def _ink_of_blocks(cells: Cells) -> Coarse:
    off = np.maximum(cells, 0x80) - np.minimum(cells, 0x80)
    tiles = off.reshape(-1, ROWS // _BLOCK, _BLOCK, COLUMNS // _BLOCK, _BLOCK)
    coarse: Coarse = tiles.mean(axis=(2, 4), dtype=np.float32) * np.float32(STEP)
    return coarse.reshape(len(cells), -1)


def _near(one: Coarse, other: Coarse, one_shape: Coarse, other_shape: Coarse) -> NDArray[np.bool_]:
    """Return which pairs have alike blocks and proportions."""
    squares = (one**2).sum(axis=1)[:, None] + (other**2).sum(axis=1)[None, :]
    distance = squares - 2 * (one @ other.T)
    alike = distance <= one.shape[1] * _BLOCK_LEVELS**2
    shapes = np.abs(one_shape[:, None] / other_shape[None, :] - 1) <= _PROPORTION_SLACK
    return np.asarray(alike & shapes)


def _proportion(facts: ScanFacts) -> float:
    return max(facts.width, facts.height) / max(1, min(facts.width, facts.height))


def _telling_cells(facts: Sequence[ScanFacts]) -> NDArray[np.int64]:
    """Return the cells in which scans of one lay-out differ most, learnt from a sample."""
    step = max(1, len(facts) // _SAMPLE)
    sample = facts[::step][:_SAMPLE]
    if len(sample) < 2:
        return np.arange(_TELLING_CELLS)
    cells = np.stack([_cells(each) for each in sample])
    coarse = _ink_of_blocks(cells)
    distance = ((coarse[:, None, :] - coarse[None, :, :]) ** 2).sum(axis=2)
    np.fill_diagonal(distance, np.inf)
    twin = cells[distance.argmin(axis=1)]
    apart = (np.maximum(cells, twin) - np.minimum(cells, twin)).astype(np.float32)
    return np.argsort((apart.clip(0, 10) ** 2).sum(axis=0))[-_TELLING_CELLS:]
