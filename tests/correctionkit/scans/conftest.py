"""Drawn scans: each builder makes a passing one and takes the one change."""

from __future__ import annotations

import functools
import io
import random
import struct
import zlib
from pathlib import Path

import numpy as np
import pytest
from PIL import Image, ImageDraw, ImageFilter

from correctionkit.findings import Location
from correctionkit.policy.bounds import ScanBounds
from correctionkit.scans.check import check_scan
from correctionkit.scans.probe import probe

MM = 200 / 25.4
A5 = (1165, 1654)
CORPORA = Path(__file__).resolve().parents[3].parent / "shared/corpora/images"


class Studio:
    """Draws pages, cards and forms with strokes for letters, and saves them."""

    bounds = ScanBounds(
        max_bytes=10 * 1024**2, min_dpi=200, max_pixels=100_000_000, max_side=20_000
    )
    mm = MM

    @staticmethod
    def paper(size=A5, tone=(250, 250, 247), *, noise=0, seed=0):
        page = Image.new("RGB", size, tone)
        return Studio.noisy(page, noise, seed) if noise else page

    @staticmethod
    def noisy(page, noise, seed=0):
        tile = np.random.default_rng(seed).normal(0, noise, (256, 256, 1))
        grain = np.tile(tile, (page.height // 256 + 1, page.width // 256 + 1, 1))
        noisy = np.asarray(page) + grain[: page.height, : page.width].astype(np.int16)
        return Image.fromarray(noisy.clip(0, 255).astype(np.uint8))

    @staticmethod
    def write(page, x, y, count, seed, *, em=30, ink=(35, 35, 45)):
        """Write *count* characters of random strokes from *x*, *y* on."""
        chance, pen = random.Random(seed), ImageDraw.Draw(page)
        for number in range(count):
            left = x + number * em * 1.1
            for _ in range(7):
                ends = [chance.uniform(0, em) for _ in range(2)]
                across = chance.random() < 0.5
                level = chance.uniform(0, em)
                start = (left + ends[0], y + level) if across else (left + level, y + ends[0])
                end = (left + ends[1], y + level) if across else (left + level, y + ends[1])
                pen.line((*start, *end), fill=ink, width=max(1, em // 11))
        return page

    @staticmethod
    @functools.lru_cache(64)
    def _page(seed, lines, em, noise):
        page = Studio.paper()
        for line in range(lines):
            width = 12 + (seed * 7 + line * 5) % 12
            Studio.write(page, 110, 120 + line * em * 1.9, width, (seed, line).__hash__(), em=em)
        return Studio.noisy(page, noise, seed)

    @staticmethod
    def page(seed=1, *, lines=20, em=30, noise=2, blur=0.0):
        page = Studio._page(seed, lines, em, noise)
        return page.filter(ImageFilter.GaussianBlur(blur)) if blur else page.copy()

    @staticmethod
    def form(seed, *, noise=2):
        """Draw a form whose rules and labels never change and whose six answers do."""
        page = Studio.paper()
        pen = ImageDraw.Draw(page)
        for row in range(18):
            y = 130 + row * 80
            pen.line((80, y, 1080, y), fill=(20, 20, 20), width=2)
            Studio.write(page, 90, y + 25, 4, 1000 + row)
        for number, count in enumerate((3, 18, 8, 4, 12, 6)):
            Studio.write(page, 300, 155 + number * 240, count, seed * 100 + number, em=28)
        return Studio.noisy(page, noise, seed)

    @staticmethod
    def card(page, x, y, seed, *, outline=(150, 165, 185), ground=(232, 240, 246)):
        """Draw one face of an identity card with its corner at *x*, *y* in millimetres."""
        pen, chance = ImageDraw.Draw(page), random.Random(seed)
        left, top = x * MM, y * MM
        pen.rectangle((left, top, left + 85.6 * MM, top + 54 * MM), fill=ground, outline=outline)
        for row, count in enumerate((3, 6, 9, 11, 8)):
            Studio.write(
                page, left + 6 * MM, top + (6 + row * 6.5) * MM, 2, row, em=22, ink=(60, 90, 160)
            )
            Studio.write(
                page,
                left + 14 * MM,
                top + (6 + row * 6.5) * MM,
                min(count, 11),
                seed * 10 + row,
                em=22,
            )
        Studio.write(page, left + 20 * MM, top + 45 * MM, 17, seed * 10 + 7, em=22)
        skin, face = chance.randrange(150, 215), (left + 61 * MM, top + 10 * MM)
        pen.ellipse(
            (*face, face[0] + 14 * MM, face[1] + 18 * MM), fill=(skin, skin - 20, skin - 40)
        )
        pen.rectangle(
            (left + 58 * MM, top + 28 * MM, left + 78 * MM, top + 38 * MM),
            fill=tuple(chance.randrange(20, 200) for _ in range(3)),
        )
        return page

    @staticmethod
    def card_page(seed=1, *, faces=2, noise=2, **look):
        page = Studio.paper()
        for face in range(faces):
            Studio.card(page, 30, 25 + face * 80, seed + 500 * face, **look)
        return Studio.noisy(page, noise, seed)

    @staticmethod
    def jpeg(picture=None, **options):
        return (
            Studio._saved_page()
            if not picture and not options
            else Studio._jpeg(picture, **options)
        )

    @staticmethod
    @functools.lru_cache(1)
    def _saved_page():
        return Studio._jpeg(Studio.page())

    @staticmethod
    def _jpeg(picture, *, quality=85, dpi=200, **options):
        out = io.BytesIO()
        stated = {"dpi": (dpi, dpi)} if dpi else {}
        (picture or Studio.page()).save(out, "JPEG", quality=quality, **stated, **options)
        return out.getvalue()

    @staticmethod
    def png(picture=None, *, dpi=200, **options):
        out = io.BytesIO()
        stated = {"dpi": (dpi, dpi)} if dpi else {}
        (picture or Studio.page()).save(out, "PNG", compress_level=1, **stated, **options)
        return out.getvalue()

    @staticmethod
    def chunk(kind, body=b""):
        return (
            struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))
        )

    @staticmethod
    def with_chunk(data, kind, body=b"", *, before=b"IDAT"):
        """Put a chunk into a PNG."""
        at = data.index(before) - 4
        return data[:at] + Studio.chunk(kind, body) + data[at:]

    @staticmethod
    def with_segment(data, marker, body):
        """Put a segment into a JPEG, after its first."""
        at = 4 + int.from_bytes(data[4:6], "big")
        return (
            data[:at] + bytes((0xFF, marker)) + struct.pack(">H", len(body) + 2) + body + data[at:]
        )

    def probe(self, data, **bounds):
        changed = {name: getattr(self.bounds, name) for name in ScanBounds.__slots__} | bounds
        return probe(data, bounds=ScanBounds(**changed))

    def codes(self, data, *, name="身份证.jpg", card_kind=False):
        found = check_scan(
            self.probe(data),
            self.bounds,
            Location(path=name),
            name=name,
            kind="身份证",
            student=None,
            card_kind=card_kind,
        )
        return [finding.code for finding in found]


@pytest.fixture(scope="session")
def studio():
    return Studio()


@pytest.fixture(scope="session")
def corpora():
    if not CORPORA.is_dir():
        pytest.skip("third-party pictures are not here (../shared/corpora/images)")
    return CORPORA
