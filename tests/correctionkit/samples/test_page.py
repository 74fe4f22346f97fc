from __future__ import annotations

import pytest

from correctionkit.samples.page import A4, PAPER, Page


def lines_of(text, width=40):
    page = Page.blank(A4, 100)
    written = []
    recorder = type(
        "Recorder", (Page,), {"text": lambda self, x, y, text, **_: written.append(text)}
    )
    recorder(page.image, page.pen, page.dpi).paragraph(0, 0, width, text)
    return written


@pytest.mark.parametrize(
    ("dpi", "size"),
    [pytest.param(200, (1654, 2339), id="200 dpi"), pytest.param(100, (827, 1169), id="100 dpi")],
)
def test_a4_sheet_has_the_pixels_of_its_resolution(dpi, size):
    assert Page.blank(A4, dpi).image.size == size


def test_moved_origin_moves_the_drawing():
    page = Page.blank(A4, 254)

    page.at(10, 20).box(1, 1, 2, 2, fill=(99, 0, 0), outline=(99, 0, 0))

    assert page.image.getpixel((112, 212)) == (99, 0, 0)
    assert page.image.getpixel((12, 12)) == PAPER


def test_paragraph_breaks_at_its_width_and_loses_nothing():
    text = "本人承诺以上所填信息真实、准确" * 4

    lines = lines_of(text)

    assert "".join(lines) == text
    assert len(lines) == 7


def test_number_is_carried_to_the_next_line_whole():
    lines = lines_of("公民身份号码610113199203129974", width=46)

    assert lines == ["公民身份号码", "610113199203129974"]


def test_number_longer_than_a_line_is_cut():
    lines = lines_of("0" * 60)

    assert "".join(lines) == "0" * 60
    assert len(lines) > 1


def test_closing_mark_never_begins_a_line():
    lines = lines_of("样" * 9 + "，" + "例" * 5)

    assert lines == ["样" * 9 + "，", "例" * 5]


def test_text_that_the_face_lacks_is_refused():
    with pytest.raises(ValueError, match="lacks"):
        Page.blank(A4, 50).text(10, 10, "𠮷")
