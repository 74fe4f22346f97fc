from __future__ import annotations

import pytest

from correctionkit.scans.resolution import credible_dpi, stated_densities

A4 = (1654, 2339)
NO_EXIF = (0.0, 0.0, 2)


def dpi(size=A4, *, jfif=None, exif=NO_EXIF, phys=None):
    return credible_dpi(*size, stated_densities(jfif, exif, phys))


@pytest.mark.parametrize(
    ("stated", "expected"),
    [
        pytest.param({"jfif": (1, 200, 200)}, 200, id="dots an inch"),
        pytest.param({"jfif": (2, 79, 79)}, 201, id="dots a centimetre"),
        pytest.param({"jfif": (0, 200, 200)}, None, id="a proportion, no density"),
        pytest.param({"jfif": (1, 0, 0)}, None, id="nought"),
        pytest.param({"jfif": (1, 300, 200)}, 200, id="the lower axis counts"),
        pytest.param({"jfif": (1, 72, 72)}, None, id="paper larger than A3"),
        pytest.param({"jfif": (1, 72, 72), "exif": (200.0, 200.0, 2)}, 200, id="EXIF is credible"),
        pytest.param(
            {"jfif": (1, 300, 300), "exif": (200.0, 200.0, 2)}, 300, id="JFIF comes first"
        ),
        pytest.param({"exif": (78.74, 78.74, 3)}, 200, id="EXIF in centimetres"),
        pytest.param({"exif": (200.0, 200.0, 1)}, None, id="EXIF without unit"),
        pytest.param({"exif": (200.0, 0.0, 2)}, 200, id="EXIF with one axis"),
        pytest.param({"phys": (7874, 7874, 1)}, 200, id="299.9994 is 200 for 7874 a metre"),
        pytest.param({"phys": (7874, 7874, 0)}, None, id="PNG proportion"),
        pytest.param({"phys": (7853, 7853, 1)}, 199, id="199.47"),
        pytest.param({"phys": (7855, 7855, 1)}, 200, id="199.52"),
        pytest.param({}, None, id="nothing stated"),
    ],
)
def test_stated_density(stated, expected):
    assert dpi(**stated) == expected


@pytest.mark.parametrize(
    ("size", "expected"),
    [
        pytest.param((2339, 3307), 200, id="A3"),
        pytest.param((3307, 2339), 200, id="A3 lying"),
        pytest.param((2339, 3320), None, id="longer than A3"),
        pytest.param((2350, 2350), None, id="broader than A3"),
    ],
)
def test_paper_larger_than_a3_states_nothing(size, expected):
    assert dpi(size, jfif=(1, 200, 200)) == expected
