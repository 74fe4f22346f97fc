"""Bring a scan below a size, at a dpi that is still allowed."""

from __future__ import annotations

from collections.abc import Iterator

from PIL import Image

from correctionkit.scans import clean, raster
from correctionkit.scans.facts import JPEG, ScanFacts
from correctionkit.scans.resolution import effective_dpi

# Below 70 the noise round letters shows; then fewer pixels harm less than lower quality.
_QUALITIES = (92, 85, 78, 70)
_ENOUGH_DPI = 300


def recompress_below(data: bytes, facts: ScanFacts, limit_bytes: int, min_dpi: int) -> bytes | None:
    """Return *data* as a clean JPEG of at most *limit_bytes*, None where that cannot be.

    Tries without loss, then quality, then 300 dpi, then *min_dpi*, and never goes below it.
    Raises ValueError where *facts* tell of no sound JPEG or PNG.
    """
    plain = clean.clean_copy(data, facts)
    if facts.format == JPEG and len(plain) <= limit_bytes:
        return plain
    dpi, _ = effective_dpi(facts.width, facts.height, facts.dpi)
    with raster.opened(plain, facts) as picture:
        page = raster.on_white(picture)
        for smaller, at_dpi in _smaller(page, dpi, min_dpi):
            for quality in _QUALITIES:
                encoded = raster.jpeg_bytes(smaller, at_dpi, quality=quality)
                if len(encoded) <= limit_bytes:
                    return encoded
    return None


def _smaller(page: Image.Image, dpi: int, min_dpi: int) -> Iterator[tuple[Image.Image, int]]:
    """Yield the page at its own dpi, at 300, and at the least that is allowed."""
    yield page, dpi
    for wanted in (_ENOUGH_DPI, min_dpi):
        if min_dpi <= wanted < dpi:
            # Rounded up: the dpi that is stated must not be more than there is.
            size = (-(-page.width * wanted // dpi), -(-page.height * wanted // dpi))
            yield page.resize(size, Image.Resampling.LANCZOS), wanted
