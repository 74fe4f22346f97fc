"""What says on every sheet that it is a sample: the word across it, stamps, the foot line."""

from __future__ import annotations

import hashlib
from functools import lru_cache

from PIL import Image, ImageDraw

from correctionkit.samples import font
from correctionkit.samples.page import FAINT, INK, RED, Colour, Page

MARK = "样本"
FOOT = "样本 · 人物与内容均为虚构 · 仅供软件测试 · 无任何效力"

_MARK_COLOUR: Colour = (214, 84, 76)
_SHEET_OPACITY, _CARD_OPACITY = 46, 96
_ANGLE = 28

# The bars of a tag, the width of one in millimetres.
_TAG_BITS, _BAR = 48, 0.9


def mark_sheet(page: Page) -> None:
    """Write the word across the whole sheet, again and again."""
    step_x, step_y = page.pixels(96), page.pixels(74)
    word = _word(page.pixels(25), _SHEET_OPACITY)
    for row, y in enumerate(range(page.pixels(10), page.image.height, step_y)):
        for x in range(page.pixels(16) - (row % 2) * step_x // 2, page.image.width, step_x):
            _lay(page.image, word, (x, y))


def mark_foot(page: Page, size: tuple[float, float]) -> None:
    """Say in full at the foot of a sheet of a size in millimetres what it is."""
    width, height = size
    page.text(width / 2, height - 9, FOOT, size=9, anchor="mm", colour=RED)


def tag(page: Page, size: tuple[float, float], number: str) -> None:
    """Put the sheet's own bars and number into its top right corner.

    Sheets of one form differ in a few words only; by its tag each is a sheet of its own.
    """
    bits = int.from_bytes(hashlib.sha256(number.encode()).digest()[:6])
    left, top = size[0] - 14 - _TAG_BITS * _BAR, 5.0
    for place in range(_TAG_BITS):
        if bits >> place & 1:
            page.box(left + place * _BAR, top, _BAR, 6, fill=INK, outline=None)
    page.text(left - 3, top + 3, f"样本编号 {number}", size=8, anchor="rm", colour=FAINT)


def mark_card(page: Page, width: float, height: float) -> None:
    """Write the word across one card of a size in millimetres."""
    word = _word(page.pixels(min(width, height) * 0.5), _CARD_OPACITY)
    x, y = page.spot(width / 2, height / 2)
    _lay(page.image, word, (x - word.width // 2, y - word.height // 2))


def stamp(page: Page, x: float, y: float, office: str, *, across: float = 38) -> None:
    """Press a round stamp whose middle says that it is none, centred on (*x*, *y*)."""
    half = across / 2
    page.ellipse(x - half, y - half, across, across, outline=RED, rim=0.9)
    page.ellipse(x - half + 1.6, y - half + 1.6, across - 3.2, across - 3.2, outline=RED, rim=0.3)
    page.text(x, y - across * 0.24, office, size=across * 0.22, anchor="mm", colour=RED)
    page.text(x, y + across * 0.03, MARK, size=across * 0.58, anchor="mm", colour=RED, bold=True)
    page.text(x, y + across * 0.28, "非真实印章", size=across * 0.19, anchor="mm", colour=RED)


@lru_cache(maxsize=8)
def _word(pixels: int, opacity: int) -> Image.Image:
    """Return the mask of the slanted word, characters *pixels* high, *opacity* of 255."""
    face = font.face(pixels)
    left, top, right, bottom = (round(edge) for edge in face.getbbox(MARK, stroke_width=1))
    mask = Image.new("L", (right - left, bottom - top), 0)
    ImageDraw.Draw(mask).text((-left, -top), MARK, opacity, face, stroke_width=1)
    return mask.rotate(_ANGLE, Image.Resampling.BICUBIC, expand=True)


def _lay(image: Image.Image, mask: Image.Image, place: tuple[int, int]) -> None:
    image.paste(_MARK_COLOUR, (*place, place[0] + mask.width, place[1] + mask.height), mask)
