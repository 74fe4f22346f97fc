"""Turn documents and pictures of other formats into JPEG or PNG pages."""

from __future__ import annotations

import io
import warnings
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from PIL import BmpImagePlugin, GifImagePlugin, Image, TiffImagePlugin, WebPImagePlugin

from correctionkit.scans import formats, raster
from correctionkit.scans.decode import PICTURE_ERRORS
from correctionkit.scans.facts import JPEG, PNG
from correctionkit.scans.resolution import credible_dpi

CONVERTIBLE = ("PDF", "TIFF", "BMP", "WebP", "GIF")
_PLUGINS: dict[str, Callable[[io.BytesIO], Image.Image]] = {
    "TIFF": TiffImagePlugin.TiffImageFile,
    "BMP": BmpImagePlugin.BmpImageFile,
    "WebP": WebPImagePlugin.WebPImageFile,
    "GIF": GifImagePlugin.GifImageFile,
}
_MAX_PAGES = 60
_QUALITY = 95


class NotConvertible(ValueError):
    """The content cannot be turned into pages: broken, locked, too large, another format."""


@dataclass(frozen=True, slots=True)
class Page:
    """One page as a picture: *format* is JPEG or PNG; *dpi* None where nobody knows it."""

    data: bytes
    format: str
    dpi: int | None


def to_pages(data: bytes, dpi: int, *, max_pixels: int) -> list[Page]:
    """Return the pages of a PDF, TIFF, BMP, WebP or GIF, at most 60, upright.

    PDF pages are drawn at *dpi*, but not above what a picture that fills the page holds;
    pictures keep their pixels.  Of an animation the first frame is taken.  Raises
    :exc:`NotConvertible`.
    """
    kind = formats.sniff(data)
    if kind == "PDF":
        return _pdf_pages(data, dpi, max_pixels)
    if kind not in _PLUGINS:
        raise NotConvertible(f"{kind} cannot be turned into pages")
    try:
        # Pillow warns of odd tags; the pixels are all that is taken.
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            with _PLUGINS[kind](io.BytesIO(data)) as picture:
                return [_page(frame) for frame in _frames(picture, kind, max_pixels)]
    except NotConvertible:
        raise
    except PICTURE_ERRORS as error:
        raise NotConvertible(f"the {kind} picture is broken: {error}") from error


def _frames(picture: Image.Image, kind: str, max_pixels: int) -> Iterator[Image.Image]:
    count = min(getattr(picture, "n_frames", 1), _MAX_PAGES) if kind == "TIFF" else 1
    for number in range(count):
        picture.seek(number)
        if picture.width * picture.height > max_pixels:
            raise NotConvertible(f"{picture.width} × {picture.height} pixels are too many")
        picture.load()
        yield picture


def _page(frame: Image.Image) -> Page:
    orientation = frame.getexif().get(0x0112, 1)
    x, y = frame.info.get("dpi", (0, 0))
    dpi = credible_dpi(frame.width, frame.height, [(float(x), float(y))])
    return _encoded(raster.upright(frame, int(orientation)), dpi)


def _encoded(picture: Image.Image, dpi: int | None) -> Page:
    """Encode line art as PNG, which keeps it exact and small, all else as JPEG."""
    if picture.mode in ("1", "P"):
        plain = picture if "transparency" not in picture.info else raster.on_white(picture)
        return Page(raster.png_bytes(plain, dpi), PNG, dpi)
    return Page(raster.jpeg_bytes(raster.on_white(picture), dpi, quality=_QUALITY), JPEG, dpi)


def _pdf_pages(data: bytes, dpi: int, max_pixels: int) -> list[Page]:
    from correctionkit.scans import pdf  # noqa: PLC0415 - loads a library of 7 MB, for PDF only

    return [
        _encoded(picture, at_dpi)
        for picture, at_dpi in pdf.drawn(data, dpi, max_pixels=max_pixels, max_pages=_MAX_PAGES)
    ]
