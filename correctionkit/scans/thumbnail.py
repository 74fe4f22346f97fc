"""A small picture of a scan, to be shown beside what is said of it."""

from __future__ import annotations

from io import BytesIO

from PIL import Image, ImageOps

from correctionkit.scans.decode import PICTURE_ERRORS
from correctionkit.scans.facts import ScanFacts

SIDE = 220
_QUALITY = 60


def thumbnail(content: bytes, facts: ScanFacts) -> bytes | None:
    """Return a JPEG of at most 220 × 220 pixels, upright and without metadata.

    None for what was not decoded: damaged, too large, or no picture at all.
    """
    if facts.pixels is None:
        return None
    try:
        with Image.open(BytesIO(content)) as picture:
            picture.draft("RGB", (2 * SIDE, 2 * SIDE))
            small = ImageOps.exif_transpose(picture)
            small.thumbnail((SIDE, SIDE))
            plain = _on_white(small)
    except PICTURE_ERRORS:
        return None
    kept = BytesIO()
    plain.save(kept, "JPEG", quality=_QUALITY)
    return kept.getvalue()


def _on_white(picture: Image.Image) -> Image.Image:
    clear = picture.convert("RGBA")
    ground = Image.new("RGBA", clear.size, "white")
    return Image.alpha_composite(ground, clear).convert("RGB")
