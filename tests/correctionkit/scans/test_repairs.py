"""Clean copies, smaller copies, joined cards, converted pages."""

from __future__ import annotations

import io

import pytest
from PIL import Image

from correctionkit.scans.clean import clean_copy
from correctionkit.scans.joining import join_card_sides
from correctionkit.scans.pages import NotConvertible, to_pages
from correctionkit.scans.recompress import recompress_below

MAKE, ORIENTATION, X, Y, UNIT = 0x010F, 0x0112, 0x011A, 0x011B, 0x0128


def exif(**changes):
    block = Image.Exif()
    block[MAKE] = "Apple"
    block.get_ifd(0x8825).update({2: (39.0, 54.0, 0.0), 4: (116.0, 23.0, 0.0)})
    for tag, value in changes.get("tags", {}).items():
        block[tag] = value
    return block


def test_a_clean_jpeg_keeps_pixels_and_dpi_and_nothing_else(studio):
    data = studio.jpeg(exif=exif(), comment=b"secret", icc_profile=b"profile" * 9) + b"<html>"
    before = studio.probe(data)
    clean = clean_copy(data, before)
    after = studio.probe(clean)

    assert (before.trailing, before.private_signs) == (6, ("private-location", "private-comment"))
    assert (after.trailing, after.private_signs, after.camera_signs) == (0, (), ())
    assert (after.pixels.digest, after.dpi) == (before.pixels.digest, 200)
    assert b"secret" not in clean
    assert Image.open(io.BytesIO(clean)).info["icc_profile"] == b"profile" * 9


def test_a_clean_png_keeps_pixels_and_dpi_and_nothing_else(studio):
    data = studio.with_chunk(studio.png(exif=exif()), b"tEXt", b"Comment\x00secret") + b"<html>"
    before = studio.probe(data)
    clean = clean_copy(data, before)
    after = studio.probe(clean)

    assert (after.trailing, after.private_signs, after.dpi) == (0, (), 200)
    assert after.pixels.digest == before.pixels.digest
    assert b"secret" not in clean


def test_dpi_that_only_exif_states_is_kept(studio):
    stated = exif(tags={X: 200.0, Y: 200.0, UNIT: 2})
    page = studio.page()
    for data in (
        studio.jpeg(page, dpi=None, exif=stated),
        studio.jpeg(page.convert("CMYK"), dpi=None, exif=stated),
        studio.png(page, dpi=None, exif=stated),
    ):
        before = studio.probe(data)
        after = studio.probe(clean_copy(data, before))

        assert (before.dpi, after.dpi) == (200, 200)
        assert after.pixels.digest == before.pixels.digest


@pytest.mark.parametrize("orientation", range(1, 9))
def test_a_clean_copy_stands_upright(studio, orientation):
    page = studio.page(lines=8).crop((0, 0, 1000, 700))
    for save in (studio.jpeg, studio.png):
        data = save(page, exif=exif(tags={ORIENTATION: orientation}))
        before = studio.probe(data)
        after = studio.probe(clean_copy(data, before))

        assert (after.orientation, after.dpi) == (1, 200)
        assert (after.width, after.height) == before.upright_size
        assert after.private_signs == ()


def test_only_sound_pictures_are_cleaned(studio):
    for data in (studio.jpeg()[:-900], b"%PDF-1.4"):
        with pytest.raises(ValueError, match="sound JPEG or PNG"):
            clean_copy(data, studio.probe(data))


def test_a_large_scan_is_made_smaller_at_the_same_dpi(studio):
    data = studio.jpeg(studio.page(noise=9), quality=97)
    limit = len(data) // 2
    smaller = recompress_below(data, studio.probe(data), limit, 200)
    facts = studio.probe(smaller)

    assert len(smaller) <= limit
    assert (facts.dpi, facts.width, facts.fault) == (200, 1165, None)


def test_pixels_go_before_quality_goes_too_low_but_not_below_the_floor(studio):
    page = studio.page(noise=9).crop((0, 0, 1165, 600)).resize((2330, 1200))
    data = studio.jpeg(page, quality=97, dpi=400)
    facts = studio.probe(data)
    smaller = studio.probe(recompress_below(data, facts, len(data) // 9, 200))

    assert smaller.dpi in (200, 300)
    assert smaller.width / smaller.dpi == pytest.approx(2330 / 400, rel=0.001)
    assert recompress_below(data, facts, 5_000, 200) is None


def test_metadata_alone_may_be_what_is_too_much(studio):
    page = studio.jpeg()
    data = studio.with_segment(page, 0xFE, b"x" * 60_000)

    assert recompress_below(data, studio.probe(data), len(page), 200) == page


def test_two_faces_are_joined_on_one_page(studio):
    def side(seed):
        data = studio.jpeg(studio.card_page(seed, faces=1))
        return data, studio.probe(data)

    joined = join_card_sides(side(1), side(2))
    facts = studio.probe(joined)

    assert (facts.width, facts.height, facts.dpi) == (1165, 1654, 200)
    assert facts.pixels.card_faces == 2
    assert studio.codes(joined, card_kind=True) == []


def test_the_finer_face_comes_down_to_the_coarser(studio):
    card = studio.card_page(faces=1).crop((236, 197, 910, 622))
    fine = studio.jpeg(card.resize((1011, 638)), dpi=300)
    coarse = studio.jpeg(card)

    facts = studio.probe(
        join_card_sides((fine, studio.probe(fine)), (coarse, studio.probe(coarse)))
    )

    assert (facts.width, facts.height, facts.dpi) == (1165, 1654, 200)


def saved(picture, kind, **options):
    out = io.BytesIO()
    picture.save(out, kind, **options)
    return out.getvalue()


@pytest.mark.parametrize(
    ("kind", "options", "expected"),
    [
        pytest.param("TIFF", {"dpi": (300, 300)}, [("JPEG", 300, 1165)], id="TIFF"),
        pytest.param("BMP", {}, [("JPEG", None, 1165)], id="BMP"),
        pytest.param("WEBP", {}, [("JPEG", None, 1165)], id="WebP"),
        pytest.param("GIF", {}, [("PNG", None, 1165)], id="GIF"),
        pytest.param("PDF", {"resolution": 300}, [("JPEG", 200, 777)], id="PDF, finer than wanted"),
        pytest.param(
            "PDF", {"resolution": 150}, [("JPEG", 150, 1165)], id="PDF, coarser than wanted"
        ),
    ],
)
def test_other_formats_become_pages(studio, kind, options, expected):
    pages = to_pages(saved(studio.page(), kind, **options), 200, max_pixels=10**8)
    probed = [(page.format, page.dpi, studio.probe(page.data)) for page in pages]

    assert [(form, dpi) for form, dpi, _ in probed] == [each[:2] for each in expected]
    assert probed[0][2].width == pytest.approx(expected[0][2], abs=1)
    assert [facts.fault for _, _, facts in probed] == [None]
    assert [facts.dpi for _, _, facts in probed] == [dpi for _, dpi, _ in expected]


@pytest.mark.parametrize("kind", ["TIFF", "PDF"])
def test_several_pages_become_several_pictures(studio, kind):
    data = saved(studio.page(1), kind, save_all=True, append_images=[studio.page(2).convert("1")])

    assert len(to_pages(data, 200, max_pixels=10**8)) == 2


@pytest.mark.parametrize(
    "data",
    [
        b"%PDF-1.4 nothing",
        b"II*\x00\xff\xff\xff\xff",
        b"BM",
        b"RIFF\x00\x00\x00\x00WEBPVP8 ",
        b"hello",
        b"",
    ],
    ids=["PDF", "TIFF", "BMP", "WebP", "text", "empty"],
)
def test_what_is_broken_cannot_be_converted(data):
    with pytest.raises(NotConvertible):
        to_pages(data, 200, max_pixels=10**8)


@pytest.mark.parametrize("kind", ["TIFF", "PDF"])
def test_pages_beyond_the_bound_are_not_drawn(studio, kind):
    with pytest.raises(NotConvertible, match="too"):
        to_pages(saved(studio.page(), kind), 200, max_pixels=1000)
