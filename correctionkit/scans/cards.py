"""Card-shaped regions of a page: has it one face of an identity card, or both?

Printed on white and scanned on white a card has no outline, so what is on it is looked
for: blocks with ink, joined where they are close.  Says nothing where it is not sure.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from correctionkit.scans.resolution import CARD_MM

Blocks = NDArray[np.bool_]

# What is printed on a face fills less than the card, a skewed card more than it.
_LONG_MM = (58.0, 98.0)
_SHORT_MM = (31.0, 68.0)
_PROPORTION = (1.2, 2.1)
# A line of text, a page number or a speck beside the card is not the other face.
_LINE_MM = 9.0
# Ink closer than this belongs together.
_GAP_MM = 8.0
_MAX_REGIONS = 12

_LONE_SLACK = 0.06
_LONE_LONG_MM = (70.0, 105.0)


def lone_card(width: int, height: int, dpi: int | None) -> bool:
    """Tell whether the whole picture has a card's shape, and its size where *dpi* is known."""
    short, long = sorted((width, height))
    if not short or abs(long / short / (CARD_MM[1] / CARD_MM[0]) - 1) > _LONE_SLACK:
        return False
    return dpi is None or _LONE_LONG_MM[0] <= long / dpi * 25.4 <= _LONE_LONG_MM[1]


def count_faces(inked: Blocks, block_mm: float) -> int | None:
    """Return how many card faces the inked blocks make up, None where it cannot be said."""
    regions = _regions(inked, max(1, round(_GAP_MM / block_mm)))
    if regions is None:
        return None
    sizes = [(high * block_mm, wide * block_mm) for high, wide in regions]
    shapes = [sorted(size) for size in sizes if min(size) > _LINE_MM]
    if not shapes or not all(_is_face(short, long) for short, long in shapes):
        return None
    return len(shapes)


def _is_face(short: float, long: float) -> bool:
    return (
        _SHORT_MM[0] <= short <= _SHORT_MM[1]
        and _LONG_MM[0] <= long <= _LONG_MM[1]
        and _PROPORTION[0] <= long / short <= _PROPORTION[1]
    )


def _regions(inked: Blocks, gap: int) -> list[tuple[int, int]] | None:
    """Return height and width in blocks of each group of inked blocks; None for too many.

    Cuts along empty rows and columns in turn, until nothing can be cut.
    """
    whole, regions = [(inked, False)], list[tuple[int, int]]()
    while whole:
        part, uncut = whole.pop()
        pieces = _pieces(part, gap)
        if len(pieces) == 1 and uncut:
            regions.append(pieces[0].shape)
        else:
            turned = len(pieces) == 1
            whole.extend((piece.T, turned) for piece in pieces)
        if len(regions) + len(whole) > _MAX_REGIONS:
            return None
    return regions


def _pieces(part: Blocks, gap: int) -> list[Blocks]:
    """Cut *part* between rows where *gap* or more are empty; outer empty rows go too."""
    rows = np.flatnonzero(part.any(axis=1))
    if not rows.size:
        return []
    cuts = np.flatnonzero(np.diff(rows) > gap)
    firsts = [rows[0], *rows[cuts + 1]]
    lasts = [*rows[cuts], rows[-1]]
    return [part[first : last + 1] for first, last in zip(firsts, lasts, strict=True)]
