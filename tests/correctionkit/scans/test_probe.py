from __future__ import annotations

import io
import struct
import tracemalloc
import zlib

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from correctionkit.scans.facts import ScanFacts
from correctionkit.scans.probe import probe_path

OTHERS = {
    "PDF": b"%PDF-1.7\n",
    "TIFF": b"II*\x00\x08\x00\x00\x00",
    "BMP": b"BM\x00\x00\x00\x00",
    "WebP": b"RIFF\x00\x00\x00\x00WEBPVP8 ",
    "GIF": b"GIF89a",
    "HEIC": b"\x00\x00\x00\x18ftypheic",
    "AVIF": b"\x00\x00\x00\x18ftypavif",
    "SVG": b'<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg">',
    "HTML": b"<!DOCTYPE html><html>",
    "ZIP": b"PK\x03\x04",
    "RAR": b"Rar!\x1a\x07",
    "Office": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
    "empty": b"",
    "unknown": b"hello",
}


@pytest.mark.parametrize("name", OTHERS)
def test_other_formats_are_named_by_content(studio, name):
    facts = studio.probe(OTHERS[name])

    assert facts == ScanFacts(name, len(OTHERS[name]), facts.sha256)
    assert len(facts.sha256) == 64


def test_a_page_is_measured_in_one_go(studio):
    data = studio.jpeg()
    facts = studio.probe(memoryview(data))

    assert (facts.format, facts.size, facts.width, facts.height) == ("JPEG", len(data), 1165, 1654)
    assert (facts.dpi, facts.colour, facts.bits, facts.frames) == (200, "colour", 8, 1)
    assert (facts.fault, facts.trailing, facts.oversize) == (None, 0, False)
    assert facts.pixels.marks_mm2 > 500
    assert studio.codes(data) == []


def test_a_file_is_measured_as_its_content(studio, tmp_path):
    file = tmp_path / "身份证.jpg"
    file.write_bytes(studio.jpeg())

    assert probe_path(file, bounds=studio.bounds) == studio.probe(studio.jpeg())


def test_a_monstrous_file_is_hashed_and_named_only(studio, tmp_path):
    from dataclasses import replace

    file = tmp_path / "big.jpg"
    file.write_bytes(studio.jpeg())
    facts = probe_path(file, bounds=replace(studio.bounds, max_bytes=1000))

    assert facts == ScanFacts("JPEG", file.stat().st_size, studio.probe(studio.jpeg()).sha256)


MODES = {
    "progressive": lambda studio, page: studio.jpeg(page, progressive=True),
    "full colour": lambda studio, page: studio.jpeg(page, subsampling=0),
    "4:1:1": lambda studio, page: studio.jpeg(page, subsampling="4:1:1"),
    "CMYK": lambda studio, page: studio.jpeg(page.convert("CMYK")),
    "grey JPEG": lambda studio, page: studio.jpeg(page.convert("L")),
    "PNG": lambda studio, page: studio.png(page),
    "grey PNG": lambda studio, page: studio.png(page.convert("L")),
    "palette": lambda studio, page: studio.png(page.convert("P", palette=Image.Palette.ADAPTIVE)),
    "16 bit": lambda studio, page: studio.png(deep(page)),
    "alpha": lambda studio, page: studio.png(see_through(page)),
    "1 bit": lambda studio, page: studio.png(
        page.convert("L").point(lambda v: v > 128 and 255).convert("1")
    ),
}


def deep(page):
    return Image.fromarray(np.asarray(page.convert("L")).astype(np.uint16) * 257)


def see_through(page):
    """Keep the ink, make the paper transparent over black."""
    ink = Image.eval(page.convert("L"), lambda value: 255 - value)
    picture = Image.new("RGBA", page.size, (0, 0, 0, 0))
    picture.putalpha(ink)
    return picture


@pytest.mark.parametrize("mode", MODES)
def test_every_mode_shows_the_same_page(studio, mode):
    page = studio.page(noise=0)
    plain, facts = studio.probe(studio.png(page)), studio.probe(MODES[mode](studio, page))

    assert facts.fault is None
    assert facts.pixels.marks_mm2 == pytest.approx(plain.pixels.marks_mm2, rel=0.1)


def test_interlaced_pictures_are_read(corpora, studio):
    straight, laced = (
        studio.probe((corpora / f"pngsuite/bas{kind}6a08.png").read_bytes()) for kind in "ni"
    )

    assert straight.pixels.digest == laced.pixels.digest


def test_equal_pixels_have_equal_digests(studio):
    page, other = (studio.page(seed).crop((0, 0, 700, 500)) for seed in (1, 2))
    for save in (studio.jpeg, studio.png):
        digest = studio.probe(save(page)).pixels.digest

        assert studio.probe(save(page, dpi=300)).pixels.digest == digest
        assert studio.probe(save(other)).pixels.digest != digest


@pytest.mark.parametrize("orientation", range(2, 9))
def test_orientation_is_undone_before_the_fingerprint_is_taken(studio, orientation):
    from correctionkit.scans import raster
    from correctionkit.scans.fingerprint import unpack

    turned = {5: 5, 6: 8, 7: 7, 8: 6}.get(orientation, orientation)
    exif = Image.Exif()
    exif[0x0112] = orientation
    stored = raster.upright(studio.page(noise=0), turned)
    upright = studio.probe(studio.png(studio.page(noise=0)))
    facts = studio.probe(studio.png(stored, exif=exif))

    assert facts.orientation == orientation
    assert facts.upright_size == (1165, 1654)
    cells = [unpack(each.pixels.fingerprint).astype(int) for each in (upright, facts)]
    assert abs(cells[0] - cells[1]).max() <= 1


def test_the_first_of_several_frames_is_looked_at(studio):
    first, second = studio.page(1), studio.page(2)
    animated = studio.png(first, save_all=True, append_images=[second])
    out = io.BytesIO()
    first.save(out, "MPO", save_all=True, append_images=[second], dpi=(200, 200))
    for data in (animated, out.getvalue()):
        facts = studio.probe(data)

        assert (facts.frames, facts.fault, facts.trailing) == (2, None, 0)
        assert "private-further-frames" in facts.private_signs


def test_too_many_pixels_are_refused_before_decoding(studio):
    flood = studio.chunk(b"IHDR", struct.pack(">IIBBBBB", 60_000, 60_000, 8, 2, 0, 0, 0))
    data = b"\x89PNG\r\n\x1a\n" + flood + studio.chunk(b"IDAT", b"junk") + studio.chunk(b"IEND")
    facts = studio.probe(data)

    assert (facts.oversize, facts.pixels, facts.fault) == (True, None, None)
    assert studio.codes(data, name="a.png")[:1] == ["scan-pixels"]


@pytest.mark.parametrize(
    ("bounds", "oversize"),
    [
        pytest.param({"max_pixels": 1165 * 1654}, False, id="exactly the area"),
        pytest.param({"max_pixels": 1165 * 1654 - 1}, True, id="one pixel less"),
        pytest.param({"max_side": 1654}, False, id="exactly the side"),
        pytest.param({"max_side": 1653}, True, id="one line less"),
    ],
)
def test_bounds_are_inclusive(studio, bounds, oversize):
    assert studio.probe(studio.jpeg(), **bounds).oversize is oversize


@pytest.fixture(scope="module")
def bomb():
    """Fifty megabytes in fifty kilobytes."""
    return zlib.compress(bytes(50_000_000))


@pytest.mark.parametrize("kind", [b"zTXt", b"iTXt", b"iCCP"])
def test_packed_texts_are_not_unpacked_without_bound(studio, bomb, kind):
    body = {b"zTXt": b"k\x00\x00", b"iTXt": b"k\x00\x01\x00\x00\x00", b"iCCP": b"k\x00\x00"}[kind]
    data = studio.png(studio.page().crop((0, 0, 100, 100)))
    for _ in range(5):
        data = studio.with_chunk(data, kind, body + bomb)
    tracemalloc.start()
    facts = studio.probe(data)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()

    assert facts.fault is None
    assert peak < 10_000_000


@settings(deadline=None, max_examples=60)
@given(st.data())
def test_nothing_that_happens_to_a_file_makes_it_raise(studio, data):
    page = studio.page().crop((0, 0, 160, 160))
    sound = data.draw(
        st.sampled_from([studio.jpeg(page), studio.png(page), studio.jpeg(page, progressive=True)])
    )
    content = bytearray(sound)
    for _ in range(data.draw(st.integers(1, 8))):
        at = data.draw(st.integers(0, len(content) - 1))
        new = data.draw(st.binary(max_size=6))
        content[at : at + data.draw(st.integers(0, 40))] = new

    facts = studio.probe(bytes(content))

    assert (facts.pixels is not None) <= (facts.fault is None)


@settings(deadline=None, max_examples=40)
@given(
    st.sampled_from(
        [b"", b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff\xe1\x00\x60Exif\x00\x00II*\x00"]
    ),
    st.binary(max_size=200),
)
def test_noise_behind_any_signature_does_not_raise(studio, head, noise):
    assert studio.probe(head + noise).size == len(head) + len(noise)


@pytest.mark.parametrize("value", [float("nan"), float("inf"), float("-inf"), 3e38, -1.0])
@pytest.mark.parametrize("tag", [0x0112, 0x011A, 0x0128, 0x8769, 0x8825])
@pytest.mark.parametrize(("kind", "letter"), [(11, "f"), (12, "d")])
def test_no_number_in_exif_breaks_the_measuring(studio, tag, kind, letter, value):
    packed = struct.pack("<" + letter, value)
    place = packed if letter == "f" else struct.pack("<I", 26)
    entry = struct.pack("<HHI", tag, kind, 1) + place
    block = b"II*\0" + struct.pack("<IH", 8, 1) + entry + bytes(4) + packed
    kept = io.BytesIO()
    Image.new("L", (300, 400), "white").save(kept, "JPEG", exif=b"Exif\0\0" + block)

    facts = studio.probe(kept.getvalue())

    assert facts.fault is None
    assert 1 <= facts.orientation <= 8
    assert facts.dpi is None or 1 <= facts.dpi <= 65_535
