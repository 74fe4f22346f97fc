"""Pages of a PDF as pictures to look at; the PDF itself is never shown by the office."""

import threading

from backoffice.evidence.refusals import EvidenceRefusal, EvidenceRefused
from correctionkit.scans import raster
from correctionkit.scans.decode import PICTURE_ERRORS
from correctionkit.scans.pages import NotConvertible

MOST_PAGES = 20
_DPI = 150
# Twice an A2 page at this dpi: signed sheets are A4 or A3.
_MOST_PIXELS = 40_000_000
_QUALITY = 85

# pdfium keeps global state and allows one thread at a time.
_pdfium = threading.Lock()


def draw_pages(data):
    """Return the pages of a PDF as JPEG; raises EvidenceRefused for what cannot be shown."""
    from correctionkit.scans import pdf  # noqa: PLC0415 - loads a library of 7 MB, for PDF only

    pages = []
    try:
        with _pdfium:
            drawn = pdf.drawn(data, _DPI, max_pixels=_MOST_PIXELS, max_pages=MOST_PAGES + 1)
            for picture, dpi in drawn:
                if len(pages) == MOST_PAGES:
                    raise EvidenceRefused(EvidenceRefusal.PDF_PAGES, most=MOST_PAGES)
                pages.append(raster.jpeg_bytes(raster.on_white(picture), dpi, quality=_QUALITY))
    except (NotConvertible, *PICTURE_ERRORS) as fault:
        raise EvidenceRefused(EvidenceRefusal.PDF_UNREADABLE) from fault
    if not pages:
        raise EvidenceRefused(EvidenceRefusal.PDF_UNREADABLE)
    return pages
