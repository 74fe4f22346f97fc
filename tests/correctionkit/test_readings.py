from __future__ import annotations

import unicodedata
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from correctionkit.catalog.words import readings as words
from correctionkit.readings import (
    LOOK_ALIKE_DOTS,
    Reading,
    compact_number,
    matching_key,
    read_file_name,
    read_name,
    read_number,
    read_text,
)

CHARACTERS = Path(__file__).resolve().parents[2].parent / "shared/corpora/names/tygfhzb"

any_text = st.text(
    st.one_of(
        st.characters(),
        st.sampled_from("张三阿明·．.・ \t\u3000\u00a0\u200bＡ１x\uf9dc\ufa0e\u0301é"),
    ),
    max_size=24,
)


@pytest.mark.parametrize(
    ("typed", "read", "changes"),
    [
        ("张三", "张三", ()),
        (" 张三\r\n", "张三", ("spaces",)),
        ("\u3000\u00a0张三\t", "张三", ("spaces",)),
        ("\ufeff张\u200b三\u200d", "张三", ("invisible",)),
        ("ＡＢ＋（１）", "AB+(1)", ("full-width",)),
        ("e\u0301", "é", ("composed",)),
        ("a\n\n b", "a b", ("spaces",)),
        ("\uf9dc\ufa0e", "\uf9dc\ufa0e", ()),
        ("e\u0301\uf9dc", "é\uf9dc", ("composed",)),
        ("\u202e张三", "\u202e张三", ()),
        ("", "", ()),
    ],
)
def test_text_is_read_and_each_change_told(typed: str, read: str, changes: tuple[str, ...]) -> None:
    assert read_text(typed) == Reading(typed, read, changes)


@pytest.mark.parametrize(
    ("typed", "read", "changes"),
    [
        ("11010519491231002X", "11010519491231002X", ()),
        ("11010519491231002x", "11010519491231002X", ("lower-case",)),
        (
            "１１０１０５ 19491231 002ｘ",
            "11010519491231002X",
            ("full-width", "spaces", "lower-case"),
        ),
        ("abc 123456789012", "ABC123456789012", ("spaces", "lower-case")),
        ("133500\u200b1209114\u3000", "1335001209114", ("invisible", "spaces")),
    ],
)
def test_numbers_lose_every_space_and_small_letters(
    typed: str, read: str, changes: tuple[str, ...]
) -> None:
    assert read_number(typed) == Reading(typed, read, changes)
    assert compact_number(typed) == read


@pytest.mark.parametrize("dot", LOOK_ALIKE_DOTS)
def test_a_look_alike_dot_between_han_characters_becomes_the_one_dot(dot: str) -> None:
    assert read_name(f"阿卜杜拉{dot}买买提") == Reading(
        f"阿卜杜拉{dot}买买提", "阿卜杜拉·买买提", ("look-alike-dot",)
    )


@pytest.mark.parametrize(
    ("typed", "read", "changes"),
    [
        ("Anna Maria", "Anna Maria", ()),
        ("Anna \u00a0 Maria", "Anna Maria", ("spaces",)),
        ("张\u3000三", "张三", ("spaces",)),
        ("阿明 · 买提", "阿明·买提", ("spaces",)),
        ("𬱖 𠮷", "𬱖𠮷", ("spaces",)),
        ("张 Maria", "张 Maria", ()),
        ("J.R.Smith", "J.R.Smith", ()),
        ("Ａ．Ｂ", "A.B", ("full-width",)),
        ("阿..明", "阿..明", ()),
        ("䶮．𬱖", "䶮·𬱖", ("look-alike-dot",)),
        ("\ufa0e．\uf9dc", "\ufa0e·\uf9dc", ("look-alike-dot",)),
    ],
)
def test_names_keep_their_own_spaces_and_dots(
    typed: str, read: str, changes: tuple[str, ...]
) -> None:
    assert read_name(typed) == Reading(typed, read, changes)


@pytest.mark.parametrize(
    ("typed", "read", "changes"),
    [
        ("1335001209114张三", "1335001209114张三", ()),
        ("1335001209114 张三.", "1335001209114张三", ("spaces", "trailing-dot")),
        ("１３３５００１２０９１１４＋张三", "1335001209114+张三", ("full-width",)),
        ("1335001209114 Anna Maria", "1335001209114Anna Maria", ("spaces",)),
        ("身份证 1", "身份证1", ("spaces",)),
    ],
)
def test_names_of_folders_and_files(typed: str, read: str, changes: tuple[str, ...]) -> None:
    assert read_file_name(typed) == Reading(typed, read, changes)


def test_the_key_folds_width_case_spaces_and_composition() -> None:
    assert matching_key(" １３３Ａｂ 张\u3000三. ") == matching_key("133aB张三")
    assert matching_key("E\u0301 x") == matching_key("éX")
    assert matching_key("ｶ") == matching_key("カ")


def test_the_key_keeps_compatibility_ideographs_and_circled_digits_apart() -> None:
    assert matching_key("\uf9dc") != matching_key("隆")
    assert matching_key("户口本①") != matching_key("户口本1")


@given(any_text)
@settings(deadline=None, max_examples=150)
@pytest.mark.parametrize("read", [read_text, read_number, read_name, read_file_name])
def test_reading_again_changes_nothing(read: object, typed: str) -> None:
    assert callable(read)
    once = read(typed)
    assert read(once.read) == Reading(once.read, once.read)
    assert once.changed == bool(once.changes)
    assert set(once.changes) <= set(words.WORDS)


@given(any_text)
@settings(deadline=None, max_examples=150)
def test_the_key_of_a_reading_is_the_key_of_the_text(typed: str) -> None:
    assert matching_key(read_file_name(typed).read) == matching_key(typed)


def test_no_compatibility_ideograph_is_ever_replaced() -> None:
    signs = [chr(code) for code in (*range(0xF900, 0xFB00), *range(0x2F800, 0x2FA20))]
    assert [sign for sign in signs if read_name(f"e\u0301{sign}").read != f"é{sign}"] == []


def test_all_8105_standard_characters_survive() -> None:
    if not CHARACTERS.is_dir():
        pytest.skip("the shared corpora are not beside the repository")
    signs = [
        sign
        for level in (1, 2, 3)
        for sign in (CHARACTERS / f"level-{level}.txt").read_text(encoding="utf-8").split()
    ]
    assert len(signs) == 8105
    assert [sign for sign in signs if read_name(sign) != Reading(sign, sign)] == []
    assert [s for s in signs if unicodedata.normalize("NFC", s) != read_text(s).read] == []
