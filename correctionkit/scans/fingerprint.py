"""A kilobyte or so that knows a picture again after it was saved anew, and tells twins apart.

The picture, upright and turned to portrait, is averaged into 60 × 84 cells; each cell
keeps how far it is from the mean of the cells round it, in steps of three levels of grey,
and the whole is packed.  Saving anew at another quality, size or format moves hardly a
cell by two steps, while other words on the same form, or another face on the same card,
move two dozen or more.  Signs alone (64 × 90 bits) or short hashes lose just that: where
two mostly white pages hold nothing they agree, and little else is left to count.
"""

from __future__ import annotations

import zlib

import numpy as np
from numpy.typing import NDArray
from PIL import Image

COLUMNS, ROWS = 60, 84
CELLS = COLUMNS * ROWS
STEP = 3

# With fewer cells than this off their surroundings two pages are alike by being empty.
_OFF = 9
_MIN_CELLS = 16
_REACH = 5

Cells = NDArray[np.int8]


def fingerprint(grey: NDArray[np.uint8], size: tuple[float, float], orientation: int = 1) -> bytes:
    """Return the fingerprint of a grey picture, empty where too little is on it.

    *size* is the width and height that the picture fills of *grey*: reduced by a whole
    factor, its last row and column may be a fraction.
    """
    width, height = size
    grid = (COLUMNS, ROWS) if width <= height else (ROWS, COLUMNS)
    filled = (0.0, 0.0, min(width, grey.shape[1]), min(height, grey.shape[0]))
    small = Image.fromarray(grey).resize(grid, Image.Resampling.BILINEAR, box=filled)
    cells = _portrait(np.asarray(small, np.float32), orientation)
    off = cells - _local_mean(cells)
    if int((np.abs(off) >= _OFF).sum()) < _MIN_CELLS:
        return b""
    steps = np.rint(off / STEP).clip(-127, 127).astype(np.int8)
    return zlib.compress(steps.tobytes(), 6)


def unpack(packed: bytes) -> Cells:
    """Return the cells of a fingerprint, row by row, in steps of 3 levels of grey."""
    return np.frombuffer(zlib.decompress(packed), np.int8)


def _portrait(cells: NDArray[np.float32], orientation: int) -> NDArray[np.float32]:
    """Undo EXIF's orientation, then turn a landscape picture to portrait."""
    if orientation in (2, 4, 5, 7):
        cells = cells[:, ::-1]
    turns = {3: 2, 4: 2, 5: 1, 6: 3, 7: 3, 8: 1}.get(orientation, 0)
    cells = np.rot90(cells, turns)
    return cells if cells.shape == (ROWS, COLUMNS) else np.rot90(cells, 3)


def _local_mean(cells: NDArray[np.float32]) -> NDArray[np.float32]:
    """Return the mean of the square of cells round each cell, edges repeated."""
    half = _REACH // 2
    padded = np.pad(cells, half, mode="edge")
    down = np.zeros((ROWS, padded.shape[1]), np.float32)
    for shift in range(_REACH):
        down += padded[shift : shift + ROWS]
    mean = np.zeros((ROWS, COLUMNS), np.float32)
    for shift in range(_REACH):
        mean += down[:, shift : shift + COLUMNS]
    return mean / np.float32(_REACH * _REACH)
