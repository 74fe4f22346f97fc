from __future__ import annotations

import random
import shutil
import struct
import subprocess
import zlib

import pytest

DAMAGES = {
    "truncated": lambda data, at: data[:at],
    "last two bytes lost": lambda data, at: data[:-2],
    "4 KB zeroed": lambda data, at: data[:at] + bytes(4096) + data[at + 4096 :],
    "1 KB dropped": lambda data, at: data[:at] + data[at + 1024 :],
}


@pytest.fixture(scope="module")
def files(studio):
    """Twenty sound files of each format."""
    pages = [studio.page(seed, lines=12, noise=6).crop((0, 0, 900, 700)) for seed in range(5)]
    kinds = [{}, {"quality": 60}, {"subsampling": 0}, {"restart_marker_rows": 1}]
    jpegs = [studio.jpeg(page, **kind) for page in pages for kind in kinds]
    modes = ["RGB", "L", "P", "RGBA"]
    return {
        "JPEG": jpegs,
        "PNG": [studio.png(page.convert(mode)) for page in pages for mode in modes],
    }


@pytest.mark.parametrize("kind", ["JPEG", "PNG"])
@pytest.mark.parametrize("damage", DAMAGES)
def test_all_of_twenty_damaged_files_are_found(studio, files, kind, damage):
    faults = []
    for number, data in enumerate(files[kind]):
        at = random.Random(number).randrange(len(data) // 4, len(data) * 3 // 4)
        faults.append(studio.probe(DAMAGES[damage](data, at)).fault)

    assert all(faults), faults


@pytest.mark.parametrize("kind", ["JPEG", "PNG"])
def test_sound_files_are_sound(studio, files, kind):
    assert [studio.probe(data).fault for data in files[kind]] == [None] * 20


@pytest.mark.parametrize(
    ("kind", "tool"), [("JPEG", ["jpeginfo", "-c"]), ("PNG", ["pngcheck", "-q"])]
)
def test_verdicts_are_those_of_the_field_tools(studio, files, tmp_path, kind, tool):
    if not shutil.which(tool[0]):
        pytest.skip(f"{tool[0]} is not installed")
    file, ours, theirs = tmp_path / "scan", [], []
    for number, data in enumerate(files[kind][:4]):
        for damage in [lambda data, at: data, *DAMAGES.values()]:
            hurt = damage(data, len(data) * (number + 2) // 8)
            file.write_bytes(hurt)
            ours.append(studio.probe(hurt).fault is None)
            theirs.append(subprocess.run([*tool, file], capture_output=True).returncode == 0)

    assert ours == theirs


def test_bytes_behind_the_end_are_no_damage(studio):
    for data in (studio.jpeg(), studio.png()):
        facts = studio.probe(data + b"<script>alert(1)</script>")

        assert (facts.fault, facts.trailing) == (None, 25)


def test_fill_bytes_and_restart_markers_are_no_damage(studio):
    data = studio.jpeg(restart_marker_blocks=1)
    at = data.index(b"\xff\xdb")

    assert data.count(b"\xff\xd3") > 100
    assert studio.probe(data[:at] + b"\xff" * 3000 + data[at:]).fault is None


def png(studio, *, header=(8, 8, 8, 0, 0, 0, 0), rows=None, before=b"", between=b"", end=True):
    """Build a sound grey PNG of 8 × 8 pixels, changed."""
    packed = zlib.compress(bytes(9 * 8) if rows is None else rows)
    head = studio.chunk(b"IHDR", struct.pack(">IIBBBBB", *header))
    middle = studio.chunk(b"IDAT", packed[:5]) + between + studio.chunk(b"IDAT", packed[5:])
    tail = studio.chunk(b"IEND") if end else b""
    return b"\x89PNG\r\n\x1a\n" + head + before + middle + tail


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        pytest.param({}, None, id="sound"),
        pytest.param({"header": (0, 8, 8, 0, 0, 0, 0)}, "header-broken", id="no width"),
        pytest.param({"header": (8, 8, 3, 0, 0, 0, 0)}, "header-broken", id="three bits"),
        pytest.param({"header": (8, 8, 8, 1, 0, 0, 0)}, "header-broken", id="colour type 1"),
        pytest.param({"header": (8, 8, 4, 2, 0, 0, 0)}, "header-broken", id="four bits of RGB"),
        pytest.param({"header": (8, 8, 8, 0, 0, 0, 2)}, "header-broken", id="interlacing 2"),
        pytest.param({"header": (8, 8, 8, 3, 0, 0, 0)}, "palette-broken", id="palette missing"),
        pytest.param({"rows": bytes(9 * 8 - 1)}, "data-too-short", id="one byte short"),
        pytest.param({"rows": bytes(9 * 8 + 1)}, "data-too-long", id="one byte long"),
        pytest.param({"rows": b"\x07" * 72}, "data-corrupt", id="filter 7"),
        pytest.param({"end": False}, "truncated", id="no end chunk"),
    ],
)
def test_png_structure(studio, change, fault):
    assert studio.probe(png(studio, **change)).fault == fault


@pytest.mark.parametrize(
    ("where", "kind", "body", "fault"),
    [
        pytest.param("before", b"PLTE", b"abc", "palette-broken", id="palette in a grey picture"),
        pytest.param("before", b"ABCD", b"", "structure-broken", id="unknown needed chunk"),
        pytest.param("before", b"abCd", b"", None, id="unknown optional chunk"),
        pytest.param("before", b"IHDR", bytes(13), "chunk-order", id="second header"),
        pytest.param("between", b"tEXt", b"a\x00b", "chunk-order", id="picture data torn apart"),
    ],
)
def test_png_chunks(studio, where, kind, body, fault):
    assert studio.probe(png(studio, **{where: studio.chunk(kind, body)})).fault == fault


def test_a_wrong_checksum_of_any_chunk_is_damage(studio):
    data = studio.png(studio.page().crop((0, 0, 64, 64)))
    for kind in (b"IHDR", b"pHYs", b"IDAT", b"IEND"):
        at = data.index(kind) - 4
        end = at + 12 + int.from_bytes(data[at : at + 4], "big")
        broken = data[: end - 1] + bytes((data[end - 1] ^ 1,)) + data[end:]

        assert studio.probe(broken).fault == "checksum-wrong"


UNREADABLE = {"encoding-unsupported", "structure-broken", "data-corrupt"}


@pytest.mark.parametrize(
    ("change", "faults"),
    [
        pytest.param(lambda data: data[:2], {"truncated"}, id="two bytes"),
        pytest.param(lambda data: data[:2] + b"\xff\xd9", {"no-picture"}, id="nothing between"),
        pytest.param(lambda data: data[:-2] + b"\xff" * 9, {"truncated"}, id="ends in fill bytes"),
        pytest.param(lambda data: renamed(data, b"\xff\xc0\x00\x0b\x0c"), UNREADABLE, id="12 bits"),
        pytest.param(
            lambda data: renamed(data, b"\xff\xc3\x00\x0b\x08"), UNREADABLE, id="lossless"
        ),
        pytest.param(
            lambda data: renamed(data, b"\xff\xc9\x00\x0b\x08"), UNREADABLE, id="arithmetic"
        ),
    ],
)
def test_jpeg_structure(studio, change, faults):
    data = studio.jpeg(studio.page().convert("L").crop((0, 0, 200, 200)))

    assert studio.probe(change(data)).fault in faults


def renamed(data, header):
    assert b"\xff\xc0\x00\x0b\x08" in data
    return data.replace(b"\xff\xc0\x00\x0b\x08", header, 1)


def test_a_transfer_in_text_mode_is_damage_not_another_format(studio):
    facts = studio.probe(studio.png().replace(b"\r\n", b"\n"))

    assert (facts.format, facts.fault) == ("PNG", "png-signature")
