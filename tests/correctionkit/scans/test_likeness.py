from __future__ import annotations

import pytest
from PIL import Image

from correctionkit.scans.likeness import Candidate, Reuse, find_reused

PAGES = {
    "form": lambda studio, seed: studio.form(seed),
    "cards": lambda studio, seed: studio.card_page(seed),
    "text": lambda studio, seed: studio.page(seed),
}

ANEW = {
    "quality 95": lambda studio, page: studio.jpeg(page, quality=95),
    "quality 30": lambda studio, page: studio.jpeg(page, quality=30),
    "progressive": lambda studio, page: studio.jpeg(page, quality=70, progressive=True),
    "PNG": lambda studio, page: studio.png(page),
    "grey": lambda studio, page: studio.jpeg(page.convert("L"), quality=75),
    "half": lambda studio, page: studio.jpeg(scaled(page, 0.5), dpi=100),
    "80 %": lambda studio, page: studio.jpeg(scaled(page, 0.8), dpi=160),
    "double": lambda studio, page: studio.jpeg(scaled(page, 2), dpi=400),
    "upside down": lambda studio, page: studio.jpeg(page.transpose(Image.Transpose.ROTATE_180)),
    "on its side": lambda studio, page: studio.jpeg(page.transpose(Image.Transpose.ROTATE_90)),
}


def scaled(page, by):
    return page.resize((round(page.width * by), round(page.height * by)))


def candidate(studio, key, owner, data):
    return Candidate(key, owner, studio.probe(data))


@pytest.fixture(scope="module")
def originals(studio):
    return {kind: draw(studio, 1) for kind, draw in PAGES.items()}


@pytest.mark.parametrize("kind", PAGES)
def test_a_picture_saved_anew_is_found(studio, originals, kind):
    scans = [candidate(studio, "original", "a", studio.jpeg(originals[kind]))]
    scans += [
        candidate(studio, way, "b", save(studio, originals[kind])) for way, save in ANEW.items()
    ]

    assert find_reused(scans) == [
        Reuse("original", "quality 95", "saved-anew"),
        *(Reuse(way, "original", "saved-anew") for way in ANEW),
    ]


@pytest.mark.parametrize("kind", PAGES)
def test_others_of_one_layout_are_not_the_same(studio, kind):
    scans = [
        candidate(studio, str(seed), str(seed), studio.jpeg(PAGES[kind](studio, seed)))
        for seed in range(1, 7)
    ]

    assert find_reused(scans) == []


def test_same_bytes_and_same_pixels_are_told_apart(studio, originals):
    data = studio.jpeg(originals["text"])
    commented = studio.with_segment(data, 0xFE, b"hello")
    scans = [
        candidate(studio, "first", "a", data),
        candidate(studio, "copy", "b", data),
        candidate(studio, "commented", "c", commented),
    ]

    assert find_reused(scans) == [
        Reuse("first", "copy", "same-bytes"),
        Reuse("copy", "first", "same-bytes"),
        Reuse("commented", "first", "same-pixels"),
    ]


def test_one_owner_may_use_a_picture_twice(studio, originals):
    data = studio.jpeg(originals["text"])

    assert find_reused([candidate(studio, name, "a", data) for name in ("one", "two")]) == []
    assert find_reused([]) == []


def test_nearly_blank_pages_are_not_the_same(studio):
    pages = [studio.write(studio.paper(noise=2, seed=n), 300 + 9 * n, 700, 3, n) for n in range(4)]
    scans = [candidate(studio, str(n), str(n), studio.jpeg(page)) for n, page in enumerate(pages)]

    assert find_reused(scans) == []


def test_the_same_bytes_are_the_same_even_when_damaged(studio, originals):
    data = studio.jpeg(originals["text"])[:-500]
    scans = [candidate(studio, owner, owner, data) for owner in "ab"]

    assert find_reused(scans) == [Reuse("a", "b", "same-bytes"), Reuse("b", "a", "same-bytes")]


def test_groups_are_found_across_chunks(studio, originals):
    """More scans than are compared at a time, and the two alike far apart."""
    first, last = (studio.probe(studio.jpeg(originals["form"], quality=q)) for q in (85, 60))
    middle = [
        candidate(studio, f"m{n}", f"m{n}", studio.jpeg(studio.page(n % 3), quality=50 + n % 40))
        for n in range(3)
    ]
    filler = [Candidate(f"f{n}", "m0", middle[n % 3].facts) for n in range(300)]
    scans = [Candidate("first", "a", first), *filler, Candidate("last", "b", last)]

    assert find_reused(scans) == [
        Reuse("first", "last", "saved-anew"),
        Reuse("last", "first", "saved-anew"),
    ]
