"""Identity cards: plainly drawn, at true size, nothing like the print of a real one."""

from __future__ import annotations

import random
from functools import lru_cache

from PIL import Image

from correctionkit.samples import marks
from correctionkit.samples.entries import Entries
from correctionkit.samples.page import Colour, Page

# ID-1 of ISO/IEC 7810, in millimetres.
WIDTH, HEIGHT = 85.6, 54.0

_LEFT = (210 - WIDTH) / 2
_FRONT_TOP, _BACK_TOP = 62.0, 152.0
_BY_HAND = 9.0
_RADIUS = 3.2
_LABEL: Colour = (70, 104, 150)
_BODY: Colour = (221, 232, 238)
_RIM: Colour = (150, 164, 176)
_SKINS: tuple[Colour, ...] = ((196, 178, 164), (182, 166, 154), (206, 190, 176))
_COATS: tuple[Colour, ...] = ((72, 84, 110), (96, 72, 78), (66, 92, 84), (88, 88, 92))
_HAIRS: tuple[Colour, ...] = ((52, 48, 50), (70, 60, 56), (40, 40, 46))


def printed(_page: Page) -> None:
    """Draw nothing: a sheet with cards is empty around them."""


def filled_both(page: Page, values: Entries, rng: random.Random) -> None:
    """Lay both faces of one person's card on the sheet."""
    filled_front(page, values, rng)
    filled_back(page, values, rng)


def filled_front(page: Page, values: Entries, rng: random.Random) -> None:
    """Lay the face that shows the person on the sheet."""
    card = _laid(page, _FRONT_TOP, rng)
    card.lay(_front(page.dpi), _outline(page.dpi))
    _portrait(card.at(58, 7), rng)
    card.text(14, 8.5, values["name"], size=10)
    card.text(14, 16, values["gender"], size=8.5)
    card.text(34, 16, values["ethnicity_short"], size=8.5)
    card.text(24.5, 23.5, values["birth_year"], size=8.5, anchor="rm")
    card.text(34, 23.5, values["birth_month"], size=8.5, anchor="rm")
    card.text(43, 23.5, values["birth_day"], size=8.5, anchor="rm")
    card.paragraph(14, 31, 38, values["address"], size=8.5, leading=4.6)
    card.text(29, 47.5, values["id_number"], size=11, bold=True)


def filled_back(page: Page, values: Entries, rng: random.Random) -> None:
    """Lay the face that names the office on the sheet."""
    card = _laid(page, _BACK_TOP, rng)
    card.lay(_back(page.dpi), _outline(page.dpi))
    card.text(30, 38, values["card_office"], size=8.5)
    card.text(30, 45.5, values["card_validity"], size=8.5)


@lru_cache(maxsize=2)
def _front(dpi: int) -> Image.Image:
    """Return the face with the person, as an empty form."""
    card = Page.blank((WIDTH, HEIGHT), dpi)
    card.box(0, 0, WIDTH, HEIGHT, fill=_BODY, outline=_RIM, radius=_RADIUS, rim=0.3)
    for y, label in ((8.5, "姓名"), (16, "性别"), (23.5, "出生"), (31, "住址")):
        card.text(5, y, label, size=7.5, colour=_LABEL)
    card.text(26, 16, "民族", size=7.5, colour=_LABEL)
    for x, label in ((25.5, "年"), (35, "月"), (44, "日")):
        card.text(x, 23.5, label, size=7.5, colour=_LABEL)
    card.text(5, 47.5, "公民身份号码", size=7.5, colour=_LABEL)
    marks.mark_card(card, WIDTH, HEIGHT)
    return card.image


@lru_cache(maxsize=2)
def _back(dpi: int) -> Image.Image:
    """Return the face with the office, as an empty form."""
    card = Page.blank((WIDTH, HEIGHT), dpi)
    card.box(0, 0, WIDTH, HEIGHT, fill=_BODY, outline=_RIM, radius=_RADIUS, rim=0.3)
    card.text(WIDTH / 2, 13, "居民身份证", size=17, anchor="mm", bold=True)
    card.text(WIDTH / 2, 22, "（虚构样本，不是证件）", size=8, anchor="mm", colour=_LABEL)
    card.text(14, 38, "签发机关", size=7.5, colour=_LABEL)
    card.text(14, 45.5, "有效期限", size=7.5, colour=_LABEL)
    marks.mark_card(card, WIDTH, HEIGHT)
    return card.image


@lru_cache(maxsize=2)
def _outline(dpi: int) -> Image.Image:
    """Return the mask of a card: all of it but the corners."""
    card = Page.blank((WIDTH, HEIGHT), dpi)
    mask = Page.over(Image.new("L", card.image.size, 0), dpi)
    mask.pen.rounded_rectangle(
        (0, 0, mask.image.width - 1, mask.image.height - 1), mask.pixels(_RADIUS), 255
    )
    return mask.image


def _laid(page: Page, top: float, rng: random.Random) -> Page:
    """Return where a card comes to lie: by hand, never twice in the same place."""
    return page.at(_LEFT + rng.uniform(-_BY_HAND, _BY_HAND), top + rng.uniform(-_BY_HAND, _BY_HAND))


def _portrait(place: Page, rng: random.Random) -> None:
    """Draw a head and shoulders without a face, 21 × 27 mm."""
    skin, coat, hair = rng.choice(_SKINS), rng.choice(_COATS), rng.choice(_HAIRS)
    wide = rng.uniform(8.4, 9.6)
    place.ellipse(10.5 - wide / 2 - 0.8, 3.4, wide + 1.6, 12 + rng.uniform(0, 4), fill=hair)
    place.box(9, 14, 3, 5, fill=skin, outline=None)
    place.ellipse(10.5 - wide / 2, 5.2, wide, 11.4, fill=skin)
    place.dome(1.5, 18, 18, 20, fill=coat)
