"""A code of its own on every page of a sheet, so that each page that comes back is told.

How many pages there are is known only after the last one is laid out, so all pages are set
with the same code, in its place and size, and its picture is exchanged at the end.
"""

from __future__ import annotations

from copy import copy

import segno
from pikepdf import Dictionary, Name, Object, Page, Pdf, Stream

from statements.rendering.qr import ERROR_CORRECTION
from statements.sheet_code import PageCode, SheetCode


def code_pages(pdf: Pdf, code: SheetCode) -> None:
    """Exchange the code on every page of *pdf* for one that says which page it is."""
    pages = len(pdf.pages)
    for number, page in enumerate(pdf.pages, 1):
        _exchange(pdf, page, _picture(pdf, code.on_page(number, pages)))


def _exchange(pdf: Pdf, page: Page, picture: Stream) -> None:
    # The pages of a piece share their resources, and the code is the only picture among them.
    resources = copy(page.obj.Resources)
    drawn = copy(resources.XObject)
    (name,) = (name for name, each in drawn.items() if _is_picture(each))
    drawn[name] = picture
    resources.XObject = drawn
    page.obj.Resources = pdf.make_indirect(resources)


def _is_picture(drawn: Object) -> bool:
    return isinstance(drawn, Stream) and drawn.get("/Subtype") == Name.Image


def _picture(pdf: Pdf, code: PageCode) -> Stream:
    """Return a page's code as a picture, one bit a square."""
    squares = segno.make_qr(code.payload, error=ERROR_CORRECTION).matrix
    rows = ("".join("0" if square else "1" for square in row) for row in squares)
    side = len(squares)
    width = (side + 7) // 8
    data = b"".join(int(row.ljust(width * 8, "1"), 2).to_bytes(width, "big") for row in rows)
    looks = Dictionary(
        Type=Name.XObject,
        Subtype=Name.Image,
        Width=side,
        Height=side,
        ColorSpace=Name.DeviceGray,
        BitsPerComponent=1,
        Interpolate=False,
    )
    return Stream(pdf, data, looks)
