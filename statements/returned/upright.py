"""A page laid straight, in known measure, by where its code stands."""

from __future__ import annotations

from dataclasses import dataclass
from math import hypot

from PIL import Image

from statements.returned.readings import FoundCode

PIXELS_A_MM = 6
# As the style sheet has them: A4 landscape, the code's upper left corner, its side.
PAGE_MM = (297.0, 210.0)
CODE_MM = (261.0, 8.0)
CODE_SIDE_MM = 22.0
# What is laid straight around the page: measures taken from the code are off by so much.
BORDER_MM = 12.0


@dataclass(frozen=True, slots=True)
class Straight:
    """From millimetres on paper to pixels of the picture: turned, scaled and moved."""

    along: tuple[float, float]
    origin: tuple[float, float]

    def at(self, x: float, y: float) -> tuple[float, float]:
        """Return where a point of the paper is in the picture."""
        (a, b), (left, top) = self.along, self.origin
        return left + a * x - b * y, top + b * x + a * y


def straight(found: FoundCode) -> Straight:
    """Return how the page lies that *found* is the code of."""
    corners = found.corners
    sides = [
        hypot(x2 - x1, y2 - y1)
        for (x1, y1), (x2, y2) in zip(corners, (*corners[1:], corners[0]), strict=True)
    ]
    scale = sum(sides) / 4 / CODE_SIDE_MM
    # Upper and lower side together: a pixel off at one corner is a millimetre at the far edge.
    upper, lower = _vector(corners[0], corners[1]), _vector(corners[3], corners[2])
    a, b = upper[0] + lower[0], upper[1] + lower[1]
    along = (a / hypot(a, b) * scale, b / hypot(a, b) * scale)
    middle = sum(x for x, _ in corners) / 4, sum(y for _, y in corners) / 4
    turned = Straight(along, (0.0, 0.0))
    x, y = turned.at(CODE_MM[0] + CODE_SIDE_MM / 2, CODE_MM[1] + CODE_SIDE_MM / 2)
    return Straight(along, (middle[0] - x, middle[1] - y))


def laid_straight(picture: Image.Image, lies: Straight) -> Image.Image:
    """Return the page with a border, at :data:`PIXELS_A_MM`."""
    size = tuple(round((side + 2 * BORDER_MM) * PIXELS_A_MM) for side in PAGE_MM)
    (a, b), mm = lies.along, 1 / PIXELS_A_MM
    left, top = lies.at(-BORDER_MM, -BORDER_MM)
    matrix = (a * mm, -b * mm, left, b * mm, a * mm, top)
    return picture.transform(
        (size[0], size[1]),
        Image.Transform.AFFINE,
        matrix,
        Image.Resampling.BILINEAR,
        fillcolor=255 if picture.mode == "L" else (255, 255, 255),
    )


def _vector(start: tuple[float, float], end: tuple[float, float]) -> tuple[float, float]:
    return end[0] - start[0], end[1] - start[1]
