"""Sketches: no picture that the rules take for the same is lost by them."""

import zlib

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from backoffice.evidence import sketches
from correctionkit.scans import matching
from correctionkit.scans.fingerprint import CELLS, unpack


def packed(cells):
    return zlib.compress(cells.astype(np.int8).tobytes())


def drawn(seed):
    return np.random.default_rng(seed).integers(-60, 61, CELLS)


def near(one, other):
    return list(sketches.which_are_near(sketches.sketch_of(one), sketches.sketch_of(other)))


def test_a_stored_fingerprint_begins_with_its_sketch():
    fingerprint = packed(drawn(1))

    stored = sketches.stored_fingerprint(fingerprint)

    assert stored[: sketches.BYTES] == sketches.sketch_of(fingerprint)
    assert sketches.fingerprint_of(stored) == fingerprint
    assert sketches.fingerprint_of(memoryview(stored)) == fingerprint
    assert sketches.stored_fingerprint(b"") == b""


@settings(deadline=None, max_examples=30)
@given(st.integers(0, 999), st.integers(0, 999))
def test_cells_that_move_by_a_step_leave_a_picture_near(seed, moving):
    cells = drawn(seed)
    moved = cells + np.random.default_rng(moving).integers(-1, 2, CELLS)

    assert near(packed(cells), packed(moved)) == [True]


def test_upside_down_is_near_and_another_picture_is_not():
    cells = drawn(1)
    cells[: CELLS // 4] = 0

    assert near(packed(cells), packed(cells[::-1])) == [True]
    assert near(packed(cells), packed(np.roll(cells, CELLS // 4))) == [False]


def test_the_bound_lies_at_three_and_a_half_levels():
    sketch = bytes([100]) * sketches.BYTES
    rows = bytes([103]) * sketches.BYTES + bytes([104]) * sketches.BYTES

    assert list(sketches.which_are_near(rows, sketch)) == [True, False]


def test_the_bound_is_wide_enough_for_what_the_rules_compare():
    # Two roundings of half a level each stand between the rules' bound and ours.
    assert sketches._NEAR_LEVELS >= matching._BLOCK_LEVELS + 1
    assert unpack(packed(drawn(2))).shape == (CELLS,)
