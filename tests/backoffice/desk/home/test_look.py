"""The look: every state has a badge, and every badge can be read."""

import re
from pathlib import Path

import pytest

from backoffice.corrections.states import State
from backoffice.sheets.models import SheetState

CSS = Path(__file__).parents[4] / "backoffice" / "desk" / "static" / "desk" / "desk.css"
TEXT = CSS.read_text("utf-8")
BADGE = re.compile(r"^\.((?:state|mark)-\w+) \{ background: #(\w{6}); color: #(\w{6}); \}", re.M)
BADGES = {name: (ground, ink) for name, ground, ink in BADGE.findall(TEXT)}


def brightness(colour):
    parts = [int(colour[at : at + 2], 16) / 255 for at in (0, 2, 4)]
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one, other):
    dark, light = sorted((brightness(one), brightness(other)))
    return (light + 0.05) / (dark + 0.05)


def test_contrast_is_measured_as_it_is_defined():
    assert contrast("000000", "ffffff") == pytest.approx(21)
    assert contrast("777777", "ffffff") == pytest.approx(4.48, abs=0.01)


def test_every_state_has_a_badge():
    wanted = {f"state-{state}" for state in (*State, *SheetState)}

    assert wanted - BADGES.keys() == set()


@pytest.mark.parametrize("name", sorted(BADGES))
def test_words_on_badges_can_be_read(name):
    assert contrast(*BADGES[name]) >= 4.5


@pytest.mark.parametrize(
    ("ink", "ground"),
    [("body-fg", "darkened-bg"), ("body-quiet-color", "darkened-bg"), ("link-fg", "selected-bg"),
     ("breadcrumbs-fg", "breadcrumbs-bg"), ("header-color", "header-bg")],
)  # fmt: skip
def test_words_of_the_frame_can_be_read(ink, ground):
    colours = dict(re.findall(r"--([\w-]+): #(\w{6});", TEXT))

    assert contrast(colours[ink], colours[ground]) >= 4.5
