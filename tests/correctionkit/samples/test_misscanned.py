from __future__ import annotations

from functools import cache
from io import BytesIO

import numpy as np
import pytest
from PIL import Image

from correctionkit.samples import misscanned
from correctionkit.samples.drawing import draw_scan, encode_jpeg
from correctionkit.samples.people import make_people

A4_AT_200 = (1654, 2339)
TEN_MEBIBYTES = 10 * 1024**2


@cache
def scan():
    return draw_scan("enrolment_form", make_people(1, seed=7)[0], seed=1)


def blank(image):
    return misscanned.blank(image, seed=1)


def opened(encoded):
    return Image.open(BytesIO(encoded))


def sharpness(encoded):
    grey = np.asarray(opened(encoded).convert("L"), dtype=float)
    return np.abs(np.diff(grey, axis=1)).max()


def test_low_resolution_is_stated_and_true():
    image = opened(misscanned.low_resolution(scan()))

    assert (image.format, image.info["dpi"], image.size) == ("JPEG", (100, 100), (827, 1169))


def test_oversized_scan_is_above_ten_mebibytes_and_still_a_page():
    encoded = misscanned.oversized(scan())
    image = opened(encoded)

    assert len(encoded) > TEN_MEBIBYTES
    assert (image.info["dpi"], image.size) == ((400, 400), (3308, 4678))


def test_blurred_scan_is_much_softer():
    assert sharpness(misscanned.blurred(scan())) < sharpness(encode_jpeg(scan())) / 4


def test_blank_scan_is_grain_and_nothing_else():
    image = opened(blank(scan()))

    assert image.size == A4_AT_200
    assert np.asarray(image.convert("L")).min() > 200


def test_screenshot_has_the_size_of_a_screen_and_no_resolution():
    image = opened(misscanned.screenshot(scan()))

    assert (image.format, image.size) == ("PNG", (1920, 1080))
    assert "dpi" not in image.info


def test_resaved_scan_is_smaller_and_rougher():
    encoded = misscanned.resaved(scan(), quality=70, percent=90)

    assert opened(encoded).size == (1488, 2105)
    assert len(encoded) < len(encode_jpeg(scan())) / 2


@pytest.mark.parametrize(
    ("save", "start"),
    [
        pytest.param(misscanned.as_tiff, b"II*\0", id="TIFF"),
        pytest.param(misscanned.as_pdf, b"%PDF-", id="PDF"),
    ],
)
def test_other_formats_are_told_by_their_first_bytes(save, start):
    assert save(scan()).startswith(start)


def test_pdf_carries_no_moment_of_making():
    assert b"Date" not in misscanned.as_pdf(scan())


@pytest.mark.parametrize(
    "save",
    [misscanned.low_resolution, blank, misscanned.as_tiff, misscanned.as_pdf],
    ids=lambda save: save.__name__,
)
def test_same_scan_is_spoilt_the_same_way(save):
    assert save(scan()) == save(scan())
