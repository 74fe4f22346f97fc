"""Join the two faces of a card, scanned one by one, on one page."""

from __future__ import annotations

import numpy as np
from PIL import Image

from correctionkit.scans import clean, ink, raster
from correctionkit.scans.facts import ScanFacts
from correctionkit.scans.resolution import MM_PER_INCH, likely_dpi

_PAPERS_MM = ((148.0, 210.0), (210.0, 297.0))
_GAP_MM = 14.0
_MARGIN_MM = 3.0
# A face with some paper round it; what is larger is a whole page and is cut to its content.
_FACE_MM = 140.0
_QUALITY = 95


def join_card_sides(front: tuple[bytes, ScanFacts], back: tuple[bytes, ScanFacts]) -> bytes:
    """Return one JPEG page with *front* above *back*, on A5 or, where they need it, A4.

    Both come at the lower dpi of the two; nothing is enlarged.  Raises ValueError where
    either is no sound JPEG or PNG.
    """
    dpis = [likely_dpi(*facts.upright_size, facts.dpi) for _, facts in (front, back)]
    dpi = max(1, min(dpis))
    faces = [
        _face(data, facts, own, dpi) for (data, facts), own in zip((front, back), dpis, strict=True)
    ]
    gap = round(_GAP_MM * dpi / MM_PER_INCH)
    width = max(face.width for face in faces)
    height = sum(face.height for face in faces) + gap
    page = Image.new("RGB", _page_size(width + 2 * gap, height + 2 * gap, dpi), (255, 255, 255))
    top = (page.height - height) // 2
    for face in faces:
        page.paste(face, ((page.width - face.width) // 2, top))
        top += face.height + gap
    return raster.jpeg_bytes(page, dpi, quality=_QUALITY)


def _page_size(width: int, height: int, dpi: int) -> tuple[int, int]:
    """Return the smallest page in pixels that both fit on, or one made to measure."""
    for short, long in _PAPERS_MM:
        page = round(short * dpi / MM_PER_INCH), round(long * dpi / MM_PER_INCH)
        if width <= page[0] and height <= page[1]:
            return page
    return width, height


def _face(data: bytes, facts: ScanFacts, own_dpi: int, dpi: int) -> Image.Image:
    with raster.opened(clean.clean_copy(data, facts), facts) as picture:
        face = raster.on_white(picture).convert("RGB")
    if max(face.size) * MM_PER_INCH / own_dpi > _FACE_MM:
        face = _cut_to_content(face, own_dpi)
    if own_dpi > dpi:
        size = (max(1, face.width * dpi // own_dpi), max(1, face.height * dpi // own_dpi))
        face = face.resize(size, Image.Resampling.LANCZOS)
    return face


def _cut_to_content(page: Image.Image, dpi: int) -> Image.Image:
    grey = np.asarray(page.convert("L"))
    _, inked, block_mm = ink.marks(grey, dpi)
    if not inked.any():
        return page
    side, margin = block_mm * dpi / MM_PER_INCH, _MARGIN_MM * dpi / MM_PER_INCH
    rows, columns = np.flatnonzero(inked.any(axis=1)), np.flatnonzero(inked.any(axis=0))
    box = (
        max(0, round(columns[0] * side - margin)),
        max(0, round(rows[0] * side - margin)),
        min(page.width, round((columns[-1] + 1) * side + margin)),
        min(page.height, round((rows[-1] + 1) * side + margin)),
    )
    return page.crop(box)
