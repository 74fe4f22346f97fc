from __future__ import annotations

from dataclasses import replace
from datetime import date
from io import BytesIO

import numpy as np
import pytest
from PIL import Image

from correctionkit.samples import cards, drawing, marks, paper
from correctionkit.samples.drawing import (
    KINDS,
    draw_report,
    draw_scan,
    encode_jpeg,
    encode_png,
)
from correctionkit.samples.page import Page
from correctionkit.samples.people import make_people
from correctionkit.samples.report_letter import CAUSES, Letter

PEOPLE = make_people(32, seed=7)
PERSON = PEOPLE[0]

# A short name, a dotted one, both rare characters, and one person of each standing.
UNLIKE = (
    *(next(person for person in PEOPLE if mark in person.name) for mark in "·䶮𬱖"),
    min(PEOPLE, key=lambda person: len(person.name)),
    *(
        next(person for person in PEOPLE if person.status == status)
        for status in ("new", "enrolled", "graduated")
    ),
)
LETTER = Letter("样例分部", date(2026, 11, 20), changes=3, entry_errors=1)

# Small sheets are quick, and drawn by the same code.
SMALL = 50
TRUE_SCALE = 254


@pytest.fixture
def written(monkeypatch):
    """Collect the texts that are written onto pages."""
    texts = []
    write = Page.text
    monkeypatch.setattr(
        Page,
        "text",
        lambda self, x, y, text, **how: (texts.append(text), write(self, x, y, text, **how)),
    )
    return texts


def forget_forms():
    for drawn_once in (drawing._printed, drawing._printed_report, cards._front, cards._back):
        drawn_once.cache_clear()


@pytest.fixture
def fresh_forms():
    """Let every empty form be drawn anew, before and after."""
    forget_forms()
    yield
    forget_forms()


@pytest.fixture
def unscanned(monkeypatch):
    """Leave pages as they are drawn, without what the scanner does to them."""
    monkeypatch.setattr(paper, "scanned", lambda image, _rng: image)


@pytest.mark.parametrize("kind", KINDS)
def test_same_seed_draws_the_same_bytes(kind, fresh_forms):
    first = encode_jpeg(draw_scan(kind, PERSON, dpi=SMALL, seed=1))
    forget_forms()
    paper._shade.cache_clear()

    assert encode_jpeg(draw_scan(kind, PERSON, dpi=SMALL, seed=1)) == first


@pytest.mark.parametrize("kind", KINDS)
def test_other_seed_and_other_person_draw_other_pictures(kind):
    first = draw_scan(kind, PERSON, dpi=SMALL, seed=1)

    assert draw_scan(kind, PERSON, dpi=SMALL, seed=2).tobytes() != first.tobytes()
    assert draw_scan(kind, PEOPLE[1], dpi=SMALL, seed=1).tobytes() != first.tobytes()


@pytest.mark.parametrize("kind", KINDS)
def test_every_sort_of_person_can_be_drawn(kind):
    for person in UNLIKE:
        draw_scan(kind, person, dpi=SMALL, seed=1)


@pytest.mark.parametrize("kind", KINDS)
def test_scan_is_an_a4_page_of_ordinary_weight_that_states_200_dpi(kind):
    scan = draw_scan(kind, PERSON, seed=1)
    encoded = encode_jpeg(scan)

    with Image.open(BytesIO(encoded)) as image:
        assert image.format == "JPEG"
        assert image.info["dpi"] == (200, 200)
        assert image.size == ((2339, 1654) if kind == "diploma" else (1654, 2339))
    assert 300_000 < len(encoded) < 900_000


def test_png_states_its_resolution_and_keeps_every_pixel():
    scan = draw_scan("id_card", PERSON, dpi=SMALL, seed=1)

    with Image.open(BytesIO(encode_png(scan, dpi=SMALL))) as image:
        assert image.format == "PNG"
        assert round(image.info["dpi"][0]) == SMALL
        assert image.tobytes() == scan.tobytes()


@pytest.mark.parametrize("kind", [kind for kind in KINDS if kind != "id_card_back"])
def test_document_names_its_person(kind, written):
    draw_scan(kind, PERSON, dpi=SMALL, seed=1)

    assert PERSON.name in "".join(written)


@pytest.mark.parametrize(
    ("kind", "sides"),
    [
        pytest.param("id_card", ["front", "back"], id="both"),
        pytest.param("id_card_front", ["front"], id="front"),
        pytest.param("id_card_back", ["back"], id="back"),
    ],
)
def test_card_sheet_shows_the_sides_it_says(kind, sides, written, fresh_forms):
    draw_scan(kind, PERSON, dpi=SMALL, seed=1)

    shown = {"front": PERSON.id_number in written, "back": "签发机关" in written}
    assert [side for side, is_shown in shown.items() if is_shown] == sides


def test_cards_have_their_true_size():
    scan = np.asarray(draw_scan("id_card", PERSON, dpi=TRUE_SCALE, seed=1)).astype(int)
    bluish = scan[..., 2] - scan[..., 0] > 8
    rows = np.flatnonzero(bluish.sum(axis=1) > 100)
    faces = np.split(rows, np.flatnonzero(np.diff(rows) > 50) + 1)

    assert [len(face) for face in faces] == pytest.approx([540, 540], abs=6)
    for face in faces:
        columns = np.flatnonzero(bluish[face[0] : face[-1]].sum(axis=0) > 100)
        assert columns[-1] - columns[0] == pytest.approx(856, abs=6)


@pytest.mark.parametrize("kind", KINDS)
def test_sheet_is_marked_across_in_red(kind, monkeypatch, unscanned, fresh_forms):
    marked = np.asarray(draw_scan(kind, PERSON, dpi=SMALL, seed=1)).astype(int)
    forget_forms()
    for mark in ("mark_sheet", "mark_card"):
        monkeypatch.setattr(marks, mark, lambda *_: None)
    plain = np.asarray(draw_scan(kind, PERSON, dpi=SMALL, seed=1)).astype(int)

    changed = (marked != plain).any(axis=-1)
    loss = plain - marked
    assert changed.mean() > 0.005
    assert loss[changed][:, 1].mean() > loss[changed][:, 0].mean() + 10


@pytest.mark.parametrize("kind", KINDS)
def test_sheet_says_in_words_that_it_is_a_sample(kind, written, fresh_forms):
    draw_scan(kind, PERSON, dpi=SMALL, seed=1)

    assert marks.FOOT in written


@pytest.mark.parametrize("kind", KINDS)
def test_no_ink_is_so_dark_that_grain_would_wrap_it_round(kind, unscanned):
    darkest = min(
        np.asarray(draw_scan(kind, PERSON, dpi=SMALL, seed=seed)).min() for seed in range(8)
    )

    assert darkest >= paper.DEEPEST


def test_tag_tells_sheets_of_one_form_apart(unscanned):
    corners = {
        draw_scan("diploma", person, dpi=SMALL, seed=1).crop((450, 8, 560, 22)).tobytes()
        for person in PEOPLE
    }

    assert len(corners) == len(PEOPLE)


def test_certificate_lists_each_change(written):
    before = replace(PERSON, name="旧名", gender="女" if PERSON.gender == "男" else "男")

    draw_scan("police_change_certificate", PERSON, before=before, dpi=SMALL, seed=1)

    at = written.index("旧名")
    assert written[at - 1 : at + 2] == ["姓名", "旧名", PERSON.name]
    at = written.index(before.gender)
    assert written[at - 1 : at + 2] == ["性别", before.gender, PERSON.gender]


def test_notice_states_both_numbers(written):
    before = replace(PERSON, id_number="610104620927690")

    draw_scan("id_number_correction_notice", PERSON, before=before, dpi=SMALL, seed=1)

    assert [text for text in written if text.startswith("610")] == [
        "610104620927690",
        PERSON.id_number,
    ]


def test_register_of_somebody_never_renamed_has_no_former_name(written):
    draw_scan("household_register", PERSON, before=PERSON, dpi=SMALL, seed=1)

    assert "（无变更记录）" in written


def test_report_states_counts_and_head_of_records(written, fresh_forms):
    draw_report(LETTER, dpi=SMALL, seed=1)
    text = "".join(written)

    assert "共4项，其中信息变更3项，录入错误1项" in text
    assert "学籍主管处长（签字）" in text
    assert marks.FOOT in text


def test_report_of_exceptional_cases_gives_the_cause_and_the_president(written):
    draw_report(replace(LETTER, cause=CAUSES[0]), dpi=SMALL, seed=1)
    text = "".join(written)

    assert CAUSES[0] in text
    assert "主管校长（签字）" in text


@pytest.mark.parametrize("cause", CAUSES)
def test_report_is_the_same_for_the_same_seed(cause):
    letter = replace(LETTER, cause=cause)

    first = draw_report(letter, dpi=SMALL, seed=1).tobytes()

    assert draw_report(letter, dpi=SMALL, seed=1).tobytes() == first
    assert draw_report(letter, dpi=SMALL, seed=2).tobytes() != first


def test_unknown_kind_is_refused():
    with pytest.raises(KeyError):
        draw_scan("passport", PERSON, dpi=SMALL, seed=1)
