"""A cover and its scans as one file."""

from __future__ import annotations

from io import BytesIO

import pikepdf
import pytest
from builders.documents import evidence_cover, picture, scan_page
from builders.pdf_reading import archive_faults, bookmarks, page_picture, page_texts, tag_names
from PIL import Image

from statements.faults import MissingGlyph, UnfitPicture
from statements.rendering import render_bundle, scans


def test_a_bundle_is_the_cover_and_a_page_for_each_scan_numbered_through():
    told = []
    pages = (
        scan_page(),
        scan_page(kind="户口本", page="第2页", content=picture("PNG", "P")),
        scan_page(kind="毕业证书", content=picture("JPEG", "CMYK")),
        scan_page(kind="学历认证报告", content=picture("PNG", "RGBA")),
    )

    pdf = render_bundle(evidence_cover(4), pages, lambda done, of: told.append((done, of)))

    assert ["身份证第1页" in page_texts(pdf)[1], "户口本第2页" in page_texts(pdf)[2]] == [
        True,
        True,
    ]
    assert [f"第{n}页共5页" in text for n, text in enumerate(page_texts(pdf), 1)] == [True] * 5
    assert told == [(1, 4), (2, 4), (3, 4), (4, 4)]
    assert bookmarks(pdf) == [
        ("学籍信息修改证明材料　赵秀英", 0),
        ("身份证　第1页", 1),
        ("户口本　第2页", 2),
        ("毕业证书　第1页", 3),
        ("学历认证报告　第1页", 4),
    ]
    assert tag_names(pdf).count("/Figure") == 4
    assert archive_faults(pdf) == []
    assert colour_spaces(pdf) <= {"/DeviceRGB", "/DeviceGray"}


def colour_spaces(pdf: bytes) -> set[str]:
    with pikepdf.open(BytesIO(pdf)) as document:
        return {
            str(each.ColorSpace)
            for each in document.objects
            if isinstance(each, pikepdf.Stream) and each.get("/Subtype") == "/Image"
        }


def test_a_jpeg_is_enclosed_as_it_is():
    scan = scan_page()

    with pikepdf.open(BytesIO(render_bundle(evidence_cover(), (scan,)))) as pdf:
        (image,) = pdf.pages[1].get_images().values()
        assert image.read_raw_bytes() == scan.content


def test_a_page_shows_the_scan():
    content = Image.new("RGB", (300, 200), "navy")
    target = BytesIO()
    content.save(target, format="PNG")

    page = page_picture(
        render_bundle(evidence_cover(), (scan_page(content=target.getvalue()),)), 1, 72
    )

    navy = sum(count for count, colour in page.getcolors(1_000_000) if colour == (0, 0, 128))
    assert navy / (page.width * page.height) == pytest.approx(0.26, abs=0.3)


def test_a_turned_scan_is_shown_upright():
    turned = Image.open(BytesIO(picture(size=(400, 200))))
    exif = turned.getexif()
    exif[0x0112] = 6
    target = BytesIO()
    turned.save(target, format="JPEG", exif=exif)

    with Image.open(BytesIO(scans.printable(scan_page(content=target.getvalue())))) as upright:
        assert upright.size == (200, 400)


def test_a_cover_without_scans_is_the_cover():
    assert len(page_texts(render_bundle(evidence_cover(), ()))) == 1


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"%PDF-1.7",
        picture("GIF"),
        picture("PNG")[:-200],
        picture("JPEG", "CMYK")[:2000],
        b"<svg xmlns='http://www.w3.org/2000/svg'/>",
    ],
    ids=["empty", "a PDF", "a GIF", "a cut PNG", "a cut JPEG", "an SVG"],
)
def test_what_is_no_sound_picture_is_named(content):
    with pytest.raises(UnfitPicture, match="户口本 第3页"):
        render_bundle(evidence_cover(), (scan_page(kind="户口本", page="第3页", content=content),))


@pytest.mark.parametrize(("pixels", "fits"), [(30_000, True), (29_999, False)])
def test_what_must_be_decoded_has_a_bound(monkeypatch, pixels, fits):
    monkeypatch.setattr(scans, "MOST_PIXELS", pixels)
    scan = scan_page(content=picture("PNG", size=(200, 150)))

    if fits:
        assert scans.printable(scan) == scan.content
    else:
        with pytest.raises(UnfitPicture, match="pixels"):
            scans.printable(scan)


def test_a_caption_that_cannot_be_printed_is_told():
    with pytest.raises(MissingGlyph):
        render_bundle(evidence_cover(), (scan_page(kind="😀"),))
