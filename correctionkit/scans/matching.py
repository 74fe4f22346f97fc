"""Match fingerprints, tens of thousands of them, without comparing every pair of cells.

Each scan is compared with the first of every group only, and copies join that group: a
picture used a thousand times costs no more than one used twice, and memory grows with the
number of scans (some 8 kB each while it runs).  Two filters stand before the comparison of
all cells: the ink of large blocks, by one matrix product for many scans at a time, and the
few cells that best tell near twins apart in the scans at hand.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from correctionkit.scans import fingerprint
from correctionkit.scans.facts import ScanFacts
from correctionkit.scans.fingerprint import CELLS, COLUMNS, STEP

# Measured on drawn cards, forms and pages, each saved anew in 15 ways (quality 10 to 95,
# PNG, grey, CMYK, 50 to 200 %, turned): at most 1 of 5,040 cells moves by two steps.  Two
# cards on A4 paper differ in 37 or more, two forms with other words in six fields in 23,
# with three names of three characters each in 5.
_STEPS = 2
_SPARE = 3

_BLOCK = 6
_BLOCKS = CELLS // _BLOCK**2
# Ink of blocks, as root mean square in levels; a proportion off by 2 % weighs as much.
_BLOCK_LEVELS = 2.5
_NEAR = _BLOCKS * _BLOCK_LEVELS**2
_PROPORTION_WEIGHT = _NEAR**0.5 / 0.02
_TELLING_CELLS = 128
_SAMPLE = 256
_CHUNK = 128

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
        self._coarse = np.empty((len(facts), _BLOCKS + 1), np.float32)
        self._norm = np.empty(len(facts), np.float32)

    def join(self, rows: range) -> list[int]:
        """Return the first of its group for each row; those without one found a group."""
        chunk = [self._facts[row] for row in rows]
        cells = np.stack([_cells(each) for each in chunk])
        coarse, norm = _coarse(cells, chunk)
        # Upright, and upside down: what was turned by a right angle is portrait already.
        looks = [(cells, coarse), (cells[:, ::-1], _upside_down(coarse))]
        size = self._size
        near = [_near(look, norm, self._coarse[:size], self._norm[:size]) for _, look in looks]
        among = [_near(look, norm, coarse, norm) for _, look in looks]
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
                founders[at] = self._add(row, cells[at], coarse[at])
            firsts.append(row if match is None else match)
        return firsts

    def _add(self, row: int, cells: Cells, coarse: Coarse) -> int:
        place = self._size
        self._index[place], self._cells[place] = row, cells
        self._told[place] = cells[self._telling]
        self._coarse[place], self._norm[place] = coarse, (coarse**2).sum()
        self._size += 1
        return place

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


def _coarse(cells: Cells, facts: Sequence[ScanFacts]) -> tuple[Coarse, Coarse]:
    """Return ink of blocks and proportion of each scan, and the square of their length."""
    proportions = [[math.log(_proportion(each)) * _PROPORTION_WEIGHT] for each in facts]
    coarse = np.hstack([_ink_of_blocks(cells), np.array(proportions, np.float32)])
    return coarse, (coarse**2).sum(axis=1)


def _ink_of_blocks(cells: Cells) -> Coarse:
    off = np.maximum(cells, 0x80) - np.minimum(cells, 0x80)
    # Down first, along rows after: the long axis stays innermost, which is faster.
    tall = off.reshape(-1, _BLOCK, COLUMNS).sum(axis=1, dtype=np.uint16)
    tiles = tall.reshape(-1, _BLOCK).sum(axis=1, dtype=np.uint32).reshape(len(cells), -1)
    blocks: Coarse = tiles.astype(np.float32) * np.float32(STEP / _BLOCK**2)
    return blocks


def _upside_down(coarse: Coarse) -> Coarse:
    return np.hstack([coarse[:, _BLOCKS - 1 :: -1], coarse[:, _BLOCKS:]])


def _near(one: Coarse, norm: Coarse, other: Coarse, other_norm: Coarse) -> NDArray[np.bool_]:
    """Return which pairs have alike blocks and proportions."""
    distance = one @ other.T
    distance *= -2
    distance += norm[:, None]
    distance += other_norm
    return np.asarray(distance <= _NEAR)


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
