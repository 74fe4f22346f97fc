"""The reading of one picture."""

from __future__ import annotations

from dataclasses import replace

from PIL import Image

from statements.returned.codes import find_codes
from statements.returned.frame import find_boxes
from statements.returned.marks import has_colours, marks_in
from statements.returned.pictures import opened
from statements.returned.readings import BoxMarks, FoundCode, PageReading
from statements.returned.upright import laid_straight, straight


def read_page(picture: bytes | Image.Image) -> PageReading:
    """Return what stands on *picture*."""
    shown, shrunk = opened(picture)
    found = find_codes(shown.convert("L"))
    # Two pages beside each other: which boxes are whose cannot be told.
    boxes = _boxes(shown, found[0]) if len(found) == 1 and found[0].code.is_last else ()
    return PageReading(tuple(_grown(each, shrunk) for each in found), boxes)


def _boxes(shown: Image.Image, found: FoundCode) -> tuple[BoxMarks, ...]:
    page = laid_straight(shown, straight(found))
    boxes = find_boxes(page.convert("L"))
    coloured = bool(boxes) and has_colours(page)
    return tuple(marks_in(page, box, coloured=coloured) for box in boxes)


def _grown(found: FoundCode, shrunk: int) -> FoundCode:
    corners = tuple((x * shrunk, y * shrunk) for x, y in found.corners)
    return replace(found, corners=corners)
