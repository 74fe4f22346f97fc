"""Receiving: what is kept of a file, what is refused, and that nothing is left behind."""

import hashlib
import io
import stat
import struct
import zipfile
from dataclasses import asdict
from pathlib import Path

import pikepdf
import pytest
from builders import office as build
from builders.uploads import opened, saved, stored, stored_names, upload
from django.core.files.storage import FileSystemStorage
from PIL import Image, ImageChops

from backoffice.evidence.receiving import discard, receive
from backoffice.evidence.refusals import EvidenceRefusal, EvidenceRefused, NotReceived
from backoffice.evidence.storing import page_name
from backoffice.storage.names import plain_name
from correctionkit.policy.bounds import ScanBounds

BOUNDS = ScanBounds(max_bytes=10 * 1024**2, min_dpi=200, max_pixels=100_000_000, max_side=20_000)
GPS = b"Exif\x00\x00MM\x00*" + struct.pack(">IH", 8, 1) + struct.pack(">HHII", 0x8825, 4, 1, 26)
GPS += struct.pack(">I", 0) + struct.pack(">H", 1) + struct.pack(">HHI", 1, 2, 2) + b"N\0\0\0"
GPS += struct.pack(">I", 0)


def with_segment(jpeg, marker, body):
    """Put a segment into a JPEG, after its first."""
    at = 4 + int.from_bytes(jpeg[4:6], "big")
    return jpeg[:at] + bytes((0xFF, marker)) + struct.pack(">H", len(body) + 2) + body + jpeg[at:]


def document(pages):
    """Return a PDF of A5 pages."""
    sheets = [Image.new("L", (875, 1240), 255 - number) for number in range(pages)]
    out = io.BytesIO()
    sheets[0].save(out, "PDF", resolution=150, save_all=True, append_images=sheets[1:])
    return out.getvalue()


def codes(content, name="身份证.jpg", **changes):
    with pytest.raises(NotReceived) as refused:
        receive(content, name, BOUNDS, **changes)
    return [finding.code for finding in refused.value.findings]


def test_a_scan_is_kept_as_it_came_with_a_copy_and_a_thumbnail_to_look_at():
    scan = build.scan()

    received = receive(upload(scan), "身份证.jpg", BOUNDS)

    kept = asdict(received)
    assert {name: kept[name] for name in ("received_as", "format", "size", "pages", "sha256")} == {
        "received_as": "身份证.jpg",
        "format": "JPEG",
        "size": len(scan),
        "pages": 1,
        "sha256": hashlib.sha256(scan).hexdigest(),
    }
    assert stored(received.original) == scan
    assert (received.width, received.height) == opened(stored(received.clean)).size
    assert max(opened(stored(received.thumbnail)).size) == 220
    assert stored_names() == sorted([received.original, received.clean, received.thumbnail])
    assert (len(received.pixel_digest), len(received.fingerprint) > 140) == (32, True)


def test_stored_names_tell_nothing_of_the_sent_one_and_files_are_for_the_office_alone(settings):
    received = receive(build.scan(), "11010519491231002X张三.jpg", BOUNDS)

    stem = received.original.removesuffix(".original")
    assert len(stem) == 32
    assert int(stem, 16) > 0
    path = FileSystemStorage(**settings.STORAGES["evidence"]["OPTIONS"]).path(received.original)
    assert stat.S_IMODE(Path(path).stat().st_mode) == 0o600


@pytest.mark.parametrize(
    ("content", "name", "expected"),
    [
        pytest.param(b"", "身份证.jpg", ["scan-format"], id="empty"),
        pytest.param(b"<html><body>x</body></html>", "身份证.jpg", ["scan-format"], id="HTML"),
        pytest.param(b"<svg xmlns='x'></svg>", "身份证.png", ["scan-format"], id="SVG"),
        pytest.param(b"GIF89a" + bytes(50), "身份证.jpg", ["scan-format"], id="GIF"),
        pytest.param(b"PK\x03\x04" + bytes(50), "身份证.jpg", ["scan-format"], id="ZIP"),
        pytest.param(b"\xff\xd8\xff", "身份证.jpg", ["scan-damaged"], id="three bytes of a JPEG"),
    ],
)
def test_what_is_no_sound_picture_is_refused_and_not_stored(content, name, expected):
    assert codes(content, name) == expected
    assert stored_names() == []


def test_a_scan_cut_short_is_refused():
    assert codes(build.scan()[:-9000]) == ["scan-damaged"]
    assert stored_names() == []


def test_a_flood_of_pixels_is_refused_unseen():
    flood = saved(Image.new("1", (20_001, 2)), "PNG")

    assert codes(flood, "身份证.png") == ["scan-pixels"]


def test_a_pdf_is_refused_where_only_pictures_are_taken():
    assert codes(document(1), "身份证.pdf", takes_pdf=False) == ["scan-format"]


@pytest.mark.parametrize(("beyond", "is_kept"), [(0, True), (1, False)])
def test_ten_mebibytes_are_taken_and_not_one_byte_more(beyond, is_kept):
    scan = build.scan()
    padded = scan + bytes(BOUNDS.max_bytes + beyond - len(scan))

    if is_kept:
        assert receive(padded, "身份证.jpg", BOUNDS).size == BOUNDS.max_bytes
    else:
        assert codes(padded) == ["scan-too-large"]
        assert stored_names() == []


def test_a_pdf_is_bounded_like_a_picture():
    assert codes(document(1) + bytes(BOUNDS.max_bytes), "报告.pdf") == ["scan-too-large"]


def test_no_more_is_read_than_one_byte_beyond_the_bound():
    class Endless(io.RawIOBase):
        size = 10**12
        asked = 0

        def seek(self, offset, whence=0):
            return 0

        def read(self, size=-1):
            assert size >= 0
            self.asked += size
            return b"\xff\xd8" + bytes(size - 2)

    endless = Endless()

    assert codes(endless) == ["scan-too-large"]
    assert endless.asked == BOUNDS.max_bytes + 1


@pytest.mark.parametrize("orientation", range(1, 9))
def test_what_is_shown_stands_upright(page, orientation):
    turned = page.resize((400, 600))
    exif = Image.Exif()
    exif[0x0112] = orientation
    content = saved(turned, "PNG", exif=exif)

    received = receive(content, "身份证.png", BOUNDS)

    clean = opened(stored(received.clean))
    expected = turned.transpose(TURNS[orientation]) if orientation > 1 else turned
    assert ImageChops.difference(clean.convert("RGB"), expected).getbbox() is None
    assert (received.width, received.height) == expected.size
    assert dict(clean.getexif()) == {}
    assert opened(stored(received.thumbnail)).size == (
        (147, 220) if orientation < 5 else (220, 147)
    )


TURNS = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}


def test_where_it_was_taken_stays_in_the_original_alone():
    content = with_segment(build.scan(), 0xE1, GPS)

    received = receive(content, "身份证.jpg", BOUNDS)

    assert GPS in stored(received.original)
    assert b"Exif" not in stored(received.clean)
    assert b"Exif" not in stored(received.thumbnail)


def test_a_picture_that_is_an_archive_too_is_shown_as_a_picture_alone():
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w") as made:
        made.writestr("run.html", "<script>alert(1)</script>")
    hidden = b"<html><script>alert(2)</script>"
    content = with_segment(build.scan(), 0xFE, hidden) + archive.getvalue()

    received = receive(content, "身份证.jpg", BOUNDS)

    shown = stored(received.clean)
    assert zipfile.is_zipfile(io.BytesIO(stored(received.original)))
    assert not zipfile.is_zipfile(io.BytesIO(shown))
    assert b"<script>" not in shown + stored(received.thumbnail)


def test_a_pdf_is_shown_page_by_page():
    received = receive(document(3), "书面报告.pdf", BOUNDS)

    assert (received.format, received.pages, received.fingerprint) == ("PDF", 3, b"")
    shades = [
        opened(stored(page_name(received.clean, number))).convert("L").getpixel((400, 600))
        for number in (1, 2, 3)
    ]
    assert shades == [255, 254, 253]
    assert opened(stored(received.clean)).size == (received.width, received.height)
    assert len(stored_names()) == 5


@pytest.mark.parametrize(("pages", "is_kept"), [(20, True), (21, False)])
def test_a_pdf_has_at_most_twenty_pages(pages, is_kept):
    content = document(pages)

    if is_kept:
        assert receive(content, "报告.pdf", BOUNDS).pages == 20
    else:
        with pytest.raises(EvidenceRefused) as refused:
            receive(content, "报告.pdf", BOUNDS)
        assert refused.value.refusal is EvidenceRefusal.PDF_PAGES
        assert stored_names() == []


def locked():
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(document(1))) as made:
        made.save(out, encryption=pikepdf.Encryption(user="secret", owner="secret"))
    return out.getvalue()


def huge():
    out = io.BytesIO()
    with pikepdf.new() as made:
        made.add_blank_page(page_size=(14_000, 14_000))
        made.save(out)
    return out.getvalue()


@pytest.mark.parametrize(
    "make",
    [
        pytest.param(lambda: b"%PDF-1.7\nnothing", id="no PDF beyond its first line"),
        pytest.param(lambda: document(1)[:400], id="cut short"),
        pytest.param(locked, id="locked"),
        pytest.param(huge, id="a page of five metres"),
    ],
)
def test_a_pdf_that_cannot_be_shown_is_refused_with_what_to_do(make):
    with pytest.raises(EvidenceRefused) as refused:
        receive(make(), "报告.pdf", BOUNDS)

    assert refused.value.refusal is EvidenceRefusal.PDF_UNREADABLE
    assert stored_names() == []


@pytest.mark.parametrize("failing", [".original", ".page-1", ".thumbnail"])
def test_a_storage_that_takes_no_more_is_told_and_nothing_stays(monkeypatch, failing):
    save = FileSystemStorage._save

    def full(storage, name, content):
        if name.endswith(failing):
            raise OSError(28, "No space left on device")
        return save(storage, name, content)

    monkeypatch.setattr(FileSystemStorage, "_save", full)

    with pytest.raises(EvidenceRefused) as refused:
        receive(build.scan(), "身份证.jpg", BOUNDS)

    assert refused.value.refusal is EvidenceRefusal.STORAGE
    assert stored_names() == []


def test_what_is_discarded_leaves_nothing():
    discard(receive(document(2), "报告.pdf", BOUNDS))

    assert stored_names() == []


@pytest.mark.parametrize(
    ("sent", "kept"),
    [
        ("身份证.jpg", "身份证.jpg"),
        (r"C:\扫描\身份证.jpg", "身份证.jpg"),
        ("../../etc/身份证.jpg", "身份证.jpg"),
        ("a\x00b\r\nc\ud800.jpg", "a\ufffdb\ufffd\ufffdc\ufffd.jpg"),
        ("", "\ufffd"),
        ("长" * 200, "长" * 200),
        ("长" * 300 + ".jpg", "长" * 180 + "…" + "长" * 15 + ".jpg"),
    ],
)
def test_sent_names_are_kept_fit_to_be_written_down(sent, kept):
    assert plain_name(sent) == kept


@pytest.mark.parametrize(
    "folder",
    [
        "afl-jpeg",
        "image-png-bugfixes",
        "jpeg-crashtest",
        "pillow-apng",
        "pillow-edge",
        "pngsuite",
        "ssrf-svg",
        "zune-fuzz-png",
    ],
)
def test_files_that_broke_others_are_refused_or_shown_whole(corpora, folder):
    for path in sorted((corpora / folder).iterdir())[::9]:
        try:
            received = receive(path.read_bytes(), path.name, BOUNDS)
        except (NotReceived, EvidenceRefused):
            assert stored_names() == []
            continue
        assert opened(stored(received.clean)).size == (received.width, received.height)
        discard(received)
