"""Looks for the code of a sheet on a page, by ever greater means."""

from __future__ import annotations

from collections.abc import Iterator
from math import atan2, degrees

import zxingcpp
from PIL import Image, ImageFilter, ImageOps

from statements.returned.readings import FoundCode, Turn
from statements.sheet_code import NotASheetCode, parse_page

# Beyond this an enlarged picture takes long, and its squares are large enough as they are.
_ENLARGED_PIXELS = 16_000_000


def find_codes(grey: Image.Image) -> tuple[FoundCode, ...]:
    """Return the sheet codes on *grey*, whichever way it lies.

    The work is bounded by the number of pixels alone, so that the same picture gives the same
    answer however busy the machine is.
    """
    for picture, scale in _means(grey):
        barcodes = zxingcpp.read_barcodes(
            picture,
            formats=zxingcpp.BarcodeFormat.QRCode,  # type: ignore[arg-type]  # takes one as well
            try_invert=False,
        )
        found = tuple(_sheet_codes(barcodes, scale))
        if found:
            return found
    return ()


def _means(grey: Image.Image) -> Iterator[tuple[Image.Image, float]]:
    """Yield *grey* as it is, then as blurred, small, pale and noisy codes are best read."""
    yield grey, 1.0
    for scale in (2.0, 1.5):
        if grey.width * grey.height * scale**2 <= _ENLARGED_PIXELS:
            yield _scaled(grey, scale), scale
    yield grey.filter(ImageFilter.BoxBlur(1)), 1.0
    yield ImageOps.autocontrast(grey, cutoff=2), 1.0
    sharp = grey.filter(ImageFilter.UnsharpMask(radius=3, percent=300, threshold=0))
    yield sharp, 1.0
    if grey.width * grey.height * 2.25 <= _ENLARGED_PIXELS:
        yield _scaled(sharp, 1.5), 1.5
    yield grey.reduce(2), 0.5


def _scaled(picture: Image.Image, scale: float) -> Image.Image:
    size = round(picture.width * scale), round(picture.height * scale)
    return picture.resize(size, Image.Resampling.BICUBIC)


def _sheet_codes(barcodes: list[zxingcpp.Barcode], scale: float) -> Iterator[FoundCode]:
    for barcode in barcodes:
        try:
            code = parse_page(barcode.text)
        except NotASheetCode:
            continue
        place = barcode.position
        points = (place.top_left, place.top_right, place.bottom_right, place.bottom_left)
        corners = tuple((point.x / scale, point.y / scale) for point in points)
        yield FoundCode(code, corners, _turn(corners))


def _turn(corners: tuple[tuple[float, float], ...]) -> Turn:
    (left, top), (right, across) = corners[:2]
    whole = degrees(atan2(across - top, right - left))
    quarters = round(whole / 90)
    return Turn(quarters % 4, round(whole - quarters * 90, 2))
