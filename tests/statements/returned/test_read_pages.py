"""Signed sheets as scanners and cameras give them back, read."""

from __future__ import annotations

from functools import cache

import numpy as np
import pytest
from builders.documents import code, request_sheet
from builders.returning import (
    BLACK,
    BLUE,
    BOX_WIDTH,
    box_corners,
    jpeg,
    leaning,
    noisy,
    printed,
    sealed,
    shadowed,
    signed,
    turned,
)
from PIL import Image

from statements.rendering import render_pdf
from statements.returned import BoxMarks, FoundCode, PageReading, Returned, Turn, read_pages
from statements.sheet_code import PageCode

DPI = 150
SEAL = 2


@cache
def pdf(lines: int) -> bytes:
    return render_pdf(request_sheet(lines))


@cache
def paper(lines: int = 12, *, marks: bool = True) -> tuple[Image.Image, ...]:
    """The pages of a sheet, signed in blue and black, dated, and stamped."""
    pages = printed(pdf(lines), DPI)
    if marks:
        rng = np.random.default_rng(lines)
        left, top = box_corners(pdf(lines), ("经办人（签字）",))[0]
        corners = [(left + place * BOX_WIDTH, top) for place in range(4)]
        for place, ink in ((0, BLUE), (1, BLACK), (3, BLUE)):
            signed(pages[-1], DPI, corners[place], rng, ink)
        sealed(pages[-1], DPI, corners[SEAL], rng)
    return tuple(pages)


def said(returned: Returned) -> tuple[object, ...]:
    """What of the boxes would be told to a clerk."""
    written = tuple(box.is_written_in for box in returned.boxes)
    return written[:SEAL] + written[SEAL + 1 :], *(box.is_sealed for box in returned.boxes[SEAL:3])


@pytest.mark.parametrize(
    ("quarter", "degrees", "marks"),
    [(0, 4.9, True), (90, -3.1, False), (180, -1.0, True), (270, 2.2, False)],
)
def test_a_bad_scan_is_read_whichever_way_it_lies(quarter, degrees, marks):
    rng = np.random.default_rng(quarter)
    scan = jpeg(noisy(turned(paper(marks=marks)[0], quarter + degrees), rng))

    returned = read_pages([scan])

    assert returned.sheet == code()
    assert returned.pages[0].code == PageCode(code(), 1, 1)
    assert returned.pages[0].found[0].turn.quarters == (4 - quarter // 90) % 4
    assert returned.pages[0].found[0].turn.degrees == pytest.approx(-degrees, abs=0.6)
    assert said(returned) == ((marks, marks, marks), marks)


def test_a_grey_scan_tells_nothing_of_a_seal():
    scan = jpeg(noisy(turned(paper()[0].convert("L"), 2), np.random.default_rng(1)))

    assert said(read_pages([scan])) == ((True, True, True), None)


def test_a_photograph_from_aside_in_bad_light_is_read():
    rng = np.random.default_rng(3)
    photos = [jpeg(shadowed(leaning(paper(marks=marks)[0], rng), rng)) for marks in (True, False)]

    whole, empty = (read_pages([photo]) for photo in photos)

    assert (whole.sheet, empty.sheet) == (code(), code())
    assert said(whole) == ((True, True, True), True)
    assert said(empty) == ((False, False, False), False)


def test_pages_come_in_any_order_and_one_is_missed():
    first, second, last = (page.reduce(1) for page in paper(40))
    blank = Image.new("RGB", (600, 400), "white")

    returned = read_pages([last, blank, first, last])

    assert (returned.sheet, returned.numbered) == (code(), 3)
    assert (returned.missing, returned.doubled, returned.unread) == ((2,), (3,), (2,))
    assert returned.positions(code()) == (1, 3, 4)
    assert said(returned) == ((True, True, True), True)
    assert read_pages([second]).boxes == ()


def test_pages_of_two_sheets_are_told_apart():
    other = code("110-JBXX-20240312")
    pages = [_page(PageCode(code(), 1, 2)), _page(PageCode(other, 2, 2)), PageReading(())]

    returned = Returned(tuple(pages))

    assert returned.sheet is None
    assert returned.sheets == (code(), other)
    assert returned.positions(other) == (2,)


def test_prints_that_do_not_number_their_pages_miss_none():
    returned = Returned((_page(PageCode(code())), _page(PageCode(code()))))

    assert (returned.sheet, returned.numbered) == (code(), 0)
    assert (returned.missing, returned.doubled) == ((), ())


@pytest.mark.parametrize(
    ("ink", "red", "written", "is_sealed"),
    [(5.9, 14.9, False, False), (6.0, 15.0, True, True), (0.0, None, False, None)],
)
def test_marks_count_from_a_stroke_and_a_part_of_a_seal_on(ink, red, written, is_sealed):
    marks = BoxMarks(ink, red)

    assert (marks.is_written_in, marks.is_sealed) == (written, is_sealed)


@pytest.mark.parametrize("mode", ["1", "P", "RGBA", "LA", "CMYK"])
def test_pictures_of_any_kind_are_read(mode):
    assert read_pages([paper()[0].convert(mode)]).sheet == code()


def test_a_large_scan_is_measured_smaller_and_told_in_its_own_pixels():
    page = paper()[0]
    large = page.resize((page.width * 3, page.height * 3))

    (reading,) = read_pages([large]).pages

    (left, _top), *_ = reading.found[0].corners
    assert left == pytest.approx(261 / 25.4 * DPI * 3, abs=20)
    assert len(reading.boxes) == 4


def _page(page_code: PageCode) -> PageReading:
    return PageReading((FoundCode(page_code, ((0, 0), (9, 0), (9, 9), (0, 9)), Turn(0, 0.0)),))
