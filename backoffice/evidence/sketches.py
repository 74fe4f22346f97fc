"""The beginning of a stored fingerprint: few enough bytes to be read for every file at once.

A sketch is the ink of 140 blocks of the fingerprint's cells.  Rounded to whole levels a block
moves by half a level at most, so that two sketches of what the rules take for the same picture
(2.5 levels apart, as root mean square) lie within 3.5 of each other: none is missed.
"""

import numpy as np

from correctionkit.scans.fingerprint import COLUMNS, ROWS, STEP, unpack

_BLOCK = 6
BYTES = (ROWS // _BLOCK) * (COLUMNS // _BLOCK)
_NEAR_LEVELS = 3.5


def stored_fingerprint(packed):
    """Return a fingerprint as it is stored, its sketch in front; nothing for none."""
    return sketch_of(packed) + packed if packed else b""


def fingerprint_of(stored):
    """Return the fingerprint without its sketch."""
    return bytes(stored[BYTES:])


def sketch_of(packed):
    """Return the sketch of a fingerprint."""
    off = np.abs(unpack(packed).astype(np.float32)).reshape(ROWS, COLUMNS) * STEP
    blocks = off.reshape(ROWS // _BLOCK, _BLOCK, COLUMNS // _BLOCK, _BLOCK).mean(axis=(1, 3))
    return np.rint(blocks).clip(0, 255).astype(np.uint8).tobytes()


def which_are_near(sketches, sketch):
    """Tell for each of *sketches*, one behind the other, whether it is near to *sketch*.

    Pictures turned upside down are near too.
    """
    rows = np.frombuffer(sketches, np.uint8).reshape(-1, BYTES).astype(np.float32)
    upright = np.frombuffer(sketch, np.uint8).astype(np.float32)
    near = np.zeros(len(rows), bool)
    for look in (upright, upright[::-1]):
        near |= ((rows - look) ** 2).mean(axis=1) <= _NEAR_LEVELS**2
    return near
