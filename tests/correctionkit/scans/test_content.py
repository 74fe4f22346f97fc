"""Blank, blurred, and one face of a card: measured on drawn pages."""

from __future__ import annotations

import numpy as np
import pytest
from PIL import Image, ImageDraw


def shaded(page, left, right):
    shade = np.linspace(left, right, page.width)[None, :, None]
    return Image.fromarray((np.asarray(page) - shade).clip(0, 255).astype(np.uint8))


def dusty(page):
    pen = ImageDraw.Draw(page)
    for number in range(60):
        x, y = number * 337 % page.width, number * 691 % page.height
        pen.ellipse((x, y, x + 3, y + 3), fill=(110, 110, 110))
    return page


def lidded(page):
    pen = ImageDraw.Draw(page)
    pen.rectangle((0, 0, 50, page.height), fill=(25, 25, 25))
    pen.rectangle((0, page.height - 70, page.width, page.height), fill=(40, 40, 40))
    return page


def folded(page):
    pixels = np.asarray(page).astype(float)
    pixels[:, :150] -= np.linspace(120, 0, 150)[None, :, None]
    return Image.fromarray(pixels.clip(0, 255).astype(np.uint8))


BLANK = {
    "white": lambda studio: studio.paper(tone=(255, 255, 255)),
    "grey": lambda studio: studio.paper(tone=(128, 128, 128)),
    "black": lambda studio: studio.paper(tone=(0, 0, 0)),
    "noisy": lambda studio: studio.paper(noise=8),
    "tinted": lambda studio: studio.paper(tone=(250, 236, 190), noise=3),
    "dusty": lambda studio: dusty(studio.paper(noise=3)),
    "shaded": lambda studio: shaded(studio.paper(noise=3), 0, 50),
    "lid at the edge": lambda studio: lidded(studio.paper(noise=3)),
    "shadow of a fold": lambda studio: folded(studio.paper(noise=3)),
}


@pytest.mark.parametrize("page", BLANK)
def test_pages_with_nothing_on_them_are_blank(studio, page):
    assert studio.codes(studio.jpeg(BLANK[page](studio))) == ["scan-blank"]


def stamped(page):
    pen = ImageDraw.Draw(page)
    pen.ellipse((600, 900, 650, 950), outline=(215, 60, 50), width=4)
    pen.line((600, 925, 650, 925), fill=(215, 60, 50), width=4)
    return page


MARKED = {
    "one name": lambda studio: studio.write(studio.paper(noise=3), 500, 700, 3, 1),
    "faint pencil": lambda studio: studio.write(
        studio.paper(noise=3), 500, 700, 6, 1, em=44, ink=(215, 215, 215)
    ),
    "tiny stamp": lambda studio: stamped(studio.paper(noise=3)),
    "white on black": lambda studio: studio.write(
        studio.paper(tone=(10, 10, 10)), 300, 700, 12, 1, ink=(240, 240, 240)
    ),
    "name on a folded page": lambda studio: studio.write(folded(studio.paper()), 500, 700, 3, 1),
}


@pytest.mark.parametrize("page", MARKED)
def test_pages_with_little_on_them_are_not_blank(studio, page):
    assert studio.codes(studio.jpeg(MARKED[page](studio))) == []


@pytest.mark.parametrize("em", [24, 30, 60], ids=["9 pt", "11 pt", "22 pt"])
@pytest.mark.parametrize("blur", [0, 1, 2])
def test_readable_text_is_not_called_blurred(studio, em, blur):
    assert studio.codes(studio.jpeg(studio.page(em=em, blur=blur))) == []


@pytest.mark.parametrize(("em", "blur"), [(24, 5), (24, 7), (30, 5), (30, 7), (60, 7)])
def test_text_too_soft_to_read_is_told(studio, em, blur):
    assert studio.codes(studio.jpeg(studio.page(em=em, blur=blur))) == ["scan-blurred"]


def test_blur_is_measured_in_millimetres(studio):
    larger = studio.page(blur=6).resize((1748, 2481), Image.Resampling.BICUBIC)
    sharp = studio.page().resize((1748, 2481), Image.Resampling.BICUBIC)

    assert studio.codes(studio.jpeg(larger, dpi=300)) == ["scan-blurred"]
    assert studio.codes(studio.jpeg(sharp, dpi=300)) == []


def test_a_photograph_without_paper_is_not_called_blurred(studio):
    grain = np.random.default_rng(1).normal(128, 60, (24, 17)).clip(0, 255).astype(np.uint8)
    portrait = Image.fromarray(grain).resize((1165, 1654), Image.Resampling.BICUBIC)

    assert studio.codes(studio.jpeg(portrait)) == []


def test_a_little_sharp_text_is_not_called_blurred(studio):
    assert studio.codes(studio.jpeg(studio.page(lines=1))) == []


@pytest.mark.parametrize(
    ("faces", "look", "expected"),
    [
        pytest.param(1, {}, ["scan-one-side"], id="one face"),
        pytest.param(2, {}, [], id="both faces"),
        pytest.param(
            1,
            {"outline": None, "ground": (250, 250, 247)},
            ["scan-one-side"],
            id="one, white on white",
        ),
        pytest.param(
            2, {"outline": None, "ground": (250, 250, 247)}, [], id="both, white on white"
        ),
    ],
)
def test_faces_of_cards(studio, faces, look, expected):
    assert (
        studio.codes(studio.jpeg(studio.card_page(faces=faces, **look)), card_kind=True) == expected
    )


def test_a_picture_of_a_cards_shape_is_one_face(studio):
    card = studio.card_page(faces=1).crop((236, 197, 236 + 674, 197 + 425))

    assert studio.codes(studio.jpeg(card), card_kind=True) == ["scan-one-side"]
    assert studio.codes(studio.jpeg(card), card_kind=False) == []


def test_a_page_of_text_is_no_card(studio):
    assert studio.codes(studio.jpeg(studio.page()), card_kind=True) == []
