from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from correctionkit.scans import exif

SHOT, PLACE = 0x8769, 0x8825
MAKE, MODEL, SOFTWARE = 0x010F, 0x0110, 0x0131
HERE = {1: "N", 2: (39.0, 54.0, 0.0), 3: "E", 4: (116.0, 23.0, 0.0)}


def block(main=(), shot=(), place=()):
    written = Image.Exif()
    written.update(dict(main))
    written.get_ifd(SHOT).update(dict(shot))
    written.get_ifd(PLACE).update(dict(place))
    return written


@pytest.fixture(scope="module")
def scan(studio):
    page = studio.page().crop((0, 0, 300, 300))

    def measured(main=(), shot=(), place=(), *, save=studio.jpeg):
        return studio.probe(save(page, exif=block(main, shot, place)))

    return measured


@pytest.mark.parametrize(
    ("main", "shot", "place", "signs"),
    [
        pytest.param({}, {}, {}, (), id="nothing"),
        pytest.param({}, {0x829A: 0.01}, {}, ("camera-exposure",), id="exposure"),
        pytest.param({}, {0x829D: 1.8}, {}, ("camera-aperture",), id="aperture"),
        pytest.param({}, {0x8827: 100}, {}, ("camera-iso",), id="ISO"),
        pytest.param({}, {0x920A: 4.2}, {}, ("camera-focal-length",), id="focal length"),
        pytest.param({}, {0xA434: "wide lens"}, {}, ("camera-lens",), id="lens"),
        pytest.param({}, {0x8827: 0, 0x829A: 0.0, 0xA434: " "}, {}, (), id="all nought"),
        pytest.param({}, {}, HERE, (), id="a place alone"),
        pytest.param(
            {}, {0x8827: 100}, HERE, ("camera-iso", "camera-location"), id="a place and ISO"
        ),
        pytest.param({MAKE: "Apple"}, {}, {}, ("camera-phone-maker",), id="phone"),
        pytest.param({MAKE: "HUAWEI", MODEL: "PixLab X1"}, {}, {}, (), id="a phone maker's copier"),
        pytest.param({MAKE: "Canon", MODEL: "EOS R"}, {}, {}, (), id="maker and model alone"),
        pytest.param({MAKE: "EPSON", MODEL: "Perfection V39"}, {}, {}, (), id="scanner"),
    ],
)
def test_camera_signs(scan, main, shot, place, signs):
    assert scan(main, shot, place).camera_signs == signs


def test_png_metadata_is_read_too(scan, studio):
    facts = scan({MAKE: "Xiaomi"}, {0x8827: 100}, save=studio.png)

    assert facts.camera_signs == ("camera-iso", "camera-phone-maker")


def test_camera_signs_in_xmp_count(studio):
    packet = (
        b'http://ns.adobe.com/xap/1.0/\x00<x:xmpmeta><rdf:Description exif:FNumber="18/10" '
        b'exif:ExposureTime="0/1"><tiff:Make>vivo</tiff:Make></rdf:Description></x:xmpmeta>'
    )
    facts = studio.probe(studio.with_segment(studio.jpeg(), 0xE1, packet))

    assert facts.camera_signs == ("camera-aperture", "camera-phone-maker")
    assert facts.private_signs == ("private-xmp",)


@pytest.mark.parametrize(
    ("software", "signs", "scanner"),
    [
        pytest.param("Snipaste", ("screenshot-tool",), "", id="Snipaste"),
        pytest.param("ShareX 15.0", ("screenshot-tool",), "", id="ShareX"),
        pytest.param("Windows Snipping Tool", ("screenshot-tool",), "", id="Snipping Tool"),
        pytest.param("NAPS2", (), "NAPS2", id="NAPS2"),
        pytest.param("Adobe Photoshop", (), "", id="Photoshop"),
    ],
)
def test_programs(scan, software, signs, scanner):
    facts = scan({SOFTWARE: software})

    assert (facts.screenshot_signs, facts.scanner) == (signs, scanner)


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030"])
def test_programs_with_chinese_names(studio, encoding):
    body = b"Software\x00" + "微信截图".encode(encoding)
    facts = studio.probe(studio.with_chunk(studio.png(), b"tEXt", body))

    assert (facts.screenshot_signs, facts.software) == (("screenshot-tool",), "微信截图")


def test_a_screenshot_may_say_so_in_its_comment(scan, studio):
    said = scan(shot={0x9286: b"ASCII\x00\x00\x00Screenshot"})
    text = studio.probe(studio.with_chunk(studio.png(), b"tEXt", b"Description\x00Screen shot"))

    assert [facts.screenshot_signs for facts in (said, text)] == [("screenshot-tool",)] * 2


@pytest.mark.parametrize(
    ("change", "signs"),
    [
        pytest.param({}, (), id="nothing"),
        pytest.param({"main": {MAKE: "EPSON", SOFTWARE: "Scan"}}, (), id="a scanner's name"),
        pytest.param({"place": HERE}, ("private-location",), id="location"),
        pytest.param({"place": {0: b"\x02\x03\x00\x00"}}, (), id="an empty place"),
        pytest.param({"shot": {0x927C: b"\x01secret"}}, ("private-maker-notes",), id="maker notes"),
        pytest.param({"main": {0x013B: "张三"}}, ("private-person",), id="author"),
        pytest.param({"shot": {0xA431: "123"}}, ("private-serial-number",), id="serial number"),
        pytest.param(
            {"shot": {0x9286: b"ASCII\x00\x00\x00hello"}}, ("private-comment",), id="comment"
        ),
    ],
)
def test_private_signs(scan, change, signs):
    assert scan(**change).private_signs == signs


def test_comments_are_private_and_a_profile_is_not(studio):
    page = studio.page().crop((0, 0, 300, 300))

    assert studio.probe(studio.jpeg(page, comment=b"hello")).private_signs == ("private-comment",)
    assert studio.probe(studio.jpeg(page, icc_profile=b"profile" * 20)).private_signs == ()


def test_a_thumbnail_is_found():
    second = b"\x01\x00\x01\x02\x04\x00\x01\x00\x00\x00\x20\x00\x00\x00\x00\x00\x00\x00"
    tiff = b"II*\x00\x08\x00\x00\x00" + b"\x00\x00" + b"\x0e\x00\x00\x00" + second

    assert exif.parse(b"Exif\x00\x00" + tiff).thumbnail
    assert not exif.parse(b"Exif\x00\x00" + tiff[:10] + bytes(4) + second).thumbnail


@settings(deadline=None, max_examples=100)
@given(st.sampled_from([b"II*\x00", b"MM\x00*"]), st.binary(max_size=120))
def test_no_exif_raises(order, rest):
    assert isinstance(exif.parse(order + rest), exif.Exif)
