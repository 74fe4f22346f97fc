from __future__ import annotations

import struct
import zlib
from functools import cache
from io import BytesIO

import pytest
import simplejpeg
from PIL import ExifTags, Image

from correctionkit.samples import faulty
from correctionkit.samples.drawing import draw_scan, encode_jpeg, encode_png
from correctionkit.samples.people import make_people

SMALL = 50


@cache
def jpeg():
    return encode_jpeg(draw_scan("id_card", make_people(1, seed=7)[0], dpi=100, seed=1))


@cache
def png():
    return encode_png(draw_scan("id_card", make_people(1, seed=7)[0], dpi=SMALL, seed=1))


def decodes(data):
    try:
        simplejpeg.decode_jpeg(data, "GRAY", strict=True)
    except ValueError:
        return False
    return True


def chunk_sums_are_right(data):
    at = 8
    while at < len(data):
        (length,) = struct.unpack(">I", data[at : at + 4])
        body, (stated,) = (
            data[at + 4 : at + 8 + length],
            struct.unpack(">I", data[at + 8 + length : at + 12 + length]),
        )
        if zlib.crc32(body) != stated:
            return False
        at += 12 + length
    return True


@pytest.mark.parametrize(
    ("spoil", "bytes_lost"),
    [
        pytest.param(faulty.truncated, None, id="truncated"),
        pytest.param(faulty.without_end, 2, id="end lost"),
        pytest.param(faulty.zeroed, 0, id="4 KB zeroed"),
        pytest.param(faulty.cut, 1024, id="1 KB dropped"),
    ],
)
def test_damaged_jpeg_does_not_decode(spoil, bytes_lost):
    spoilt = spoil(jpeg())

    assert decodes(jpeg())
    assert not decodes(spoilt)
    if bytes_lost is not None:
        assert len(jpeg()) - len(spoilt) == bytes_lost


def test_trailing_bytes_follow_a_sound_picture():
    spoilt = faulty.trailing(jpeg())

    assert spoilt.startswith(jpeg())
    assert len(spoilt) > len(jpeg())
    assert decodes(spoilt)


def test_broken_checksum_is_the_only_change_to_the_png():
    spoilt = faulty.broken_checksum(png())

    assert chunk_sums_are_right(png())
    assert not chunk_sums_are_right(spoilt)
    assert sum(a != b for a, b in zip(png(), spoilt, strict=True)) == 1


@pytest.mark.parametrize(
    ("name", "expected"),
    [("身份证.jpg", "身份证.png"), ("户口本1.png", "户口本1.jpg"), ("a.b.JPEG", "a.b.png")],
)
def test_misnamed_file_has_the_other_ending(name, expected):
    assert faulty.misnamed(name) == expected


def test_nothing_is_left_of_an_empty_file():
    assert faulty.empty(jpeg()) == b""


def test_heic_is_told_by_its_first_box():
    assert faulty.heic_like()[4:12] == b"ftypheic"


def test_pixel_flood_is_stated_in_the_header_only(monkeypatch):
    spoilt = faulty.pixel_flood(jpeg())

    # Pillow refuses the size by itself unless told otherwise; only the header is read here.
    monkeypatch.setattr(Image, "MAX_IMAGE_PIXELS", None)
    with Image.open(BytesIO(spoilt)) as image:
        assert image.size == (65_500, 65_500)
    assert len(spoilt) == len(jpeg())


def test_photograph_carries_exposure_and_place_and_the_same_picture():
    spoilt = faulty.photographed(jpeg())

    with Image.open(BytesIO(spoilt)) as image, Image.open(BytesIO(jpeg())) as good:
        exif = image.getexif()
        shot = exif.get_ifd(ExifTags.IFD.Exif)
        assert exif[ExifTags.Base.Make] == "HUAWEI"
        assert shot[ExifTags.Base.ExposureTime] == 1 / 50
        assert shot[ExifTags.Base.ISOSpeedRatings] == 200
        assert ExifTags.GPS.GPSLatitude in exif.get_ifd(ExifTags.IFD.GPSInfo)
        assert image.info["dpi"] == good.info["dpi"]
        assert image.tobytes() == good.tobytes()


def test_located_scan_carries_the_place_alone():
    with Image.open(BytesIO(faulty.located(jpeg()))) as image:
        exif = image.getexif()
        assert dict(exif.get_ifd(ExifTags.IFD.Exif)) == {}
        assert ExifTags.GPS.GPSLatitude in exif.get_ifd(ExifTags.IFD.GPSInfo)
        assert set(exif) == {ExifTags.IFD.GPSInfo}


@pytest.mark.parametrize(
    "spoil",
    [faulty.pixel_flood, faulty.photographed, faulty.located],
    ids=lambda spoil: spoil.__name__,
)
def test_what_is_no_jpeg_cannot_be_spoilt_as_one(spoil):
    with pytest.raises(ValueError, match="not a JPEG"):
        spoil(png())


@pytest.mark.parametrize(
    "spoil",
    [faulty.photographed, faulty.located, faulty.zeroed, faulty.trailing],
    ids=lambda spoil: spoil.__name__,
)
def test_same_bytes_are_spoilt_the_same_way(spoil):
    assert spoil(jpeg()) == spoil(jpeg())


def test_jpeg_without_a_frame_cannot_be_flooded():
    with pytest.raises(ValueError, match="no frame"):
        faulty.pixel_flood(b"\xff\xd8\xff\xda")
