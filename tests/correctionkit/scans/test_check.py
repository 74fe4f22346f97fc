"""Limits are tested on facts alone; no file is needed."""

from __future__ import annotations

from dataclasses import replace

import pytest

from correctionkit.catalog import scan_codes
from correctionkit.catalog.words.scans import WORDS
from correctionkit.findings import Location
from correctionkit.policy.bounds import ScanBounds
from correctionkit.scans.check import check_scan
from correctionkit.scans.facts import PixelFacts, ScanFacts

BOUNDS = ScanBounds(max_bytes=10 * 1024**2, min_dpi=200, max_pixels=100_000_000, max_side=20_000)
WHERE = Location(path="1335001209114张三/身份证.jpg")
PIXELS = PixelFacts(digest=b"d", fingerprint=b"f", marks_mm2=900.0, edge_mm=0.5, card_faces=2)


def facts(**changes):
    """Facts of a scan that passes every check, with *changes* applied."""
    passing = ScanFacts("JPEG", 500_000, "0" * 64, 1654, 2339, dpi=200, pixels=PIXELS)
    return replace(passing, **changes)


def findings(scan, *, name="身份证.jpg", card_kind=True, off=frozenset()):
    return list(
        check_scan(
            scan,
            BOUNDS,
            WHERE,
            name=name,
            kind="身份证",
            student="1335001209114",
            card_kind=card_kind,
            off=off,
        )
    )


def judged(scan, **how):
    return [(finding.code, dict(finding.params)) for finding in findings(scan, **how)]


def test_a_good_scan_has_no_findings():
    assert findings(facts()) == []


def test_findings_name_place_and_student():
    (finding,) = findings(facts(trailing=5))

    assert finding == scan_codes.SCAN_TRAILING.at(WHERE, student="1335001209114", bytes=5)


@pytest.mark.parametrize("content", ["PDF", "TIFF", "empty", "unknown", "JPEG 2000"])
def test_other_formats_are_refused_and_nothing_else_is_judged(content):
    code = "format-" + content.lower().replace(" ", "-")

    assert judged(facts(format=content, dpi=None, camera_signs=("camera-iso",))) == [
        ("scan-format", {"found": code})
    ]
    assert code in WORDS


@pytest.mark.parametrize(
    ("content", "name", "expected"),
    [
        pytest.param("JPEG", "身份证.jpg", None, id="jpg"),
        pytest.param("JPEG", "身份证.JPEG", None, id="upper case"),
        pytest.param("JPEG", "身份证.jpe", None, id="jpe"),
        pytest.param("JPEG", "身份证.jfif", None, id="jfif"),
        pytest.param("PNG", "身份证.png", None, id="png"),
        pytest.param("PNG", "身份证.PNG", None, id="png upper case"),
        pytest.param("PNG", "身份证.jpg", (".jpg", ".png"), id="png called jpg"),
        pytest.param("JPEG", "身份证.png", (".png", ".jpg"), id="jpeg called png"),
        pytest.param("JPEG", "身份证.pdf", (".pdf", ".jpg"), id="jpeg called pdf"),
        pytest.param("JPEG", "身份证", ("no-extension", ".jpg"), id="no extension"),
    ],
)
def test_extension(content, name, expected):
    wanted = (
        [("scan-extension", {"format": content, "extension": expected[0], "expected": expected[1]})]
        if expected
        else []
    )

    assert judged(facts(format=content), name=name) == wanted


@pytest.mark.parametrize(
    ("size", "expected"),
    [
        pytest.param(10 * 1024**2, [], id="exactly the limit"),
        pytest.param(
            10 * 1024**2 + 1,
            [("scan-too-large", {"size": "10,485,761 B", "limit": "10,485,760 B"})],
            id="one byte over",
        ),
        pytest.param(
            12_900_000, [("scan-too-large", {"size": "12.3 MB", "limit": "10.0 MB"})], id="over"
        ),
    ],
)
def test_size(size, expected):
    assert judged(facts(size=size)) == expected


@pytest.mark.parametrize(
    ("width", "height", "limit"),
    [
        pytest.param(20_000, 5_000, None, id="exactly both limits"),
        pytest.param(20_001, 10, "20,000 × 20,000", id="one pixel wide"),
        pytest.param(10_000, 10_001, "100 MP", id="one row too many"),
    ],
)
def test_pixels(width, height, limit):
    expected = (
        [("scan-pixels", {"width": width, "height": height, "limit": limit})] if limit else []
    )

    assert judged(facts(width=width, height=height, dpi=600)) == expected


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        pytest.param({"dpi": 200}, None, id="stated, exactly"),
        pytest.param({"dpi": 199}, (199, "dpi-stated"), id="stated, one below"),
        pytest.param({"dpi": None}, None, id="not stated, A4 at 200 taken as A5"),
        pytest.param({"dpi": None, "width": 1165, "height": 1654}, None, id="A5, exactly"),
        pytest.param(
            {"dpi": None, "width": 1158, "height": 1645}, (199, "paper-a5"), id="A5, one below"
        ),
        pytest.param(
            {"dpi": None, "width": 827, "height": 1169}, (141, "paper-a5"), id="A4 at 100 dpi"
        ),
        pytest.param({"dpi": None, "width": 674, "height": 425}, None, id="one card"),
        pytest.param(
            {"dpi": None, "width": 500, "height": 315}, (148, "paper-one-card"), id="small card"
        ),
        pytest.param({"dpi": None, "width": 674, "height": 850}, None, id="two cards"),
        pytest.param(
            {"dpi": None, "width": 600, "height": 757}, (178, "paper-two-cards"), id="two, small"
        ),
        pytest.param(
            {"dpi": None, "width": 1170, "height": 2330}, (199, "paper-a4-long-side"), id="odd"
        ),
        pytest.param({"dpi": None, "width": 1171, "height": 2339}, None, id="odd, exactly"),
    ],
)
def test_resolution(change, expected):
    wanted = (
        [("scan-resolution", {"dpi": expected[0], "limit": 200, "basis": expected[1]})]
        if expected
        else []
    )

    assert judged(facts(**change)) == wanted


def test_photo_lists_its_signs():
    scan = facts(camera_signs=("camera-exposure", "camera-location"))

    assert judged(scan) == [("scan-photo", {"signs": ["camera-exposure", "camera-location"]})]
    assert judged(scan, off=frozenset({"scan-photo"})) == []


@pytest.mark.parametrize(
    ("change", "signs"),
    [
        pytest.param({"width": 1080, "height": 2400}, ["screenshot-size"], id="phone"),
        pytest.param({"width": 2560, "height": 1440}, ["screenshot-size"], id="monitor"),
        pytest.param({"width": 1081, "height": 2400}, None, id="one pixel more"),
        pytest.param({"width": 1080, "height": 2400, "dpi": 200}, None, id="dpi stated"),
        pytest.param({"width": 2560, "height": 1440, "scanner": "EPSON V39"}, None, id="scanner"),
        pytest.param(
            {"dpi": 200, "screenshot_signs": ("screenshot-tool",)}, ["screenshot-tool"], id="tool"
        ),
    ],
)
def test_screenshot(change, signs):
    scan = facts(**({"dpi": None} | change))
    found = [each for each in judged(scan) if each[0] == "scan-screenshot"]

    assert found == (
        [("scan-screenshot", {"signs": signs, "width": scan.width, "height": scan.height})]
        if signs
        else []
    )


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        pytest.param({"marks_mm2": 4.0}, [], id="just enough on it"),
        pytest.param({"marks_mm2": 3.9}, ["scan-blank"], id="too little on it"),
        pytest.param(
            {"marks_mm2": 0.0, "edge_mm": 2.0, "card_faces": 1}, ["scan-blank"], id="only blank"
        ),
        pytest.param({"edge_mm": 0.76}, [], id="just sharp enough"),
        pytest.param({"edge_mm": 0.77}, ["scan-blurred"], id="blurred"),
        pytest.param({"edge_mm": None}, [], id="sharpness not known"),
        pytest.param({"card_faces": 1}, ["scan-one-side"], id="one face"),
        pytest.param({"card_faces": None}, [], id="faces not known"),
    ],
)
def test_content(change, expected):
    assert [code for code, _ in judged(facts(pixels=replace(PIXELS, **change)))] == expected


def test_faces_are_counted_on_cards_only():
    scan = facts(pixels=replace(PIXELS, card_faces=1))

    assert judged(scan) == [("scan-one-side", {"kind": "身份证"})]
    assert judged(scan, card_kind=False) == []


def test_a_damaged_scan_is_judged_without_its_pixels():
    scan = facts(fault="truncated", pixels=None, dpi=100, private_signs=("private-location",))

    assert judged(scan) == [
        ("scan-damaged", {"fault": "truncated"}),
        ("scan-resolution", {"dpi": 100, "limit": 200, "basis": "dpi-stated"}),
        ("scan-private", {"signs": ["private-location"]}),
    ]


def test_every_word_is_there_in_both_languages():
    assert all(words.en and words.zh for words in WORDS.values())
