"""Draw the pages of a PDF, the only door to pdfium."""

from __future__ import annotations

from collections.abc import Iterator

import pypdfium2
import pypdfium2.raw
from PIL import Image

from correctionkit.scans.pages import NotConvertible

_POINTS_PER_INCH = 72
# A scan's picture leaves at most a narrow margin of its page free.
_FULL_PAGE = 0.9


def drawn(
    data: bytes, dpi: int, *, max_pixels: int, max_pages: int
) -> Iterator[tuple[Image.Image, int]]:
    """Yield each page as a picture with its dpi; raises :exc:`NotConvertible`."""
    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        raise NotConvertible(f"the PDF cannot be opened: {error}") from error
    try:
        for number in range(min(len(document), max_pages)):
            page = document[number]
            at_dpi = min(dpi, _held_dpi(page) or dpi)
            width, height = (side * at_dpi / _POINTS_PER_INCH for side in page.get_size())
            if width * height > max_pixels:
                raise NotConvertible(f"page {number + 1} is too large to draw")
            yield page.render(scale=at_dpi / _POINTS_PER_INCH).to_pil(), at_dpi
    except pypdfium2.PdfiumError as error:
        raise NotConvertible(f"the PDF cannot be drawn: {error}") from error
    finally:
        document.close()


def _held_dpi(page: pypdfium2.PdfPage) -> int | None:
    """Return the dpi of the one picture that fills the page, None where there is none."""
    images = list(page.get_objects(filter=[pypdfium2.raw.FPDF_PAGEOBJ_IMAGE], max_depth=3))
    if len(images) != 1:
        return None
    left, bottom, right, top = images[0].get_bounds()
    width, height = page.get_size()
    if (right - left) * (top - bottom) < _FULL_PAGE * width * height:
        return None
    columns, rows = images[0].get_px_size()
    across, down = sorted((columns, rows)), sorted((right - left, top - bottom))
    held = min(across[0] / down[0], across[1] / down[1]) * _POINTS_PER_INCH
    return max(1, round(float(held)))
