from __future__ import annotations

import unicodedata

import pytest

from correctionkit.render.visible import LONGEST, shortened, shown, visible


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("", ""),
        ("张三 (copy).jpg", "张三 (copy).jpg"),
        ("买买提·艾力", "买买提·艾力"),
        ("a\u202egpj.exe", "a‹U+202E›gpj.exe"),
        ("one\ntwo\ttabs", "one‹U+000A›two‹U+0009›tabs"),
        ("\x1b[31mred", "‹U+001B›[31mred"),
        ("zero\u200bwidth\ufeff", "zero‹U+200B›width‹U+FEFF›"),
        ("half \ud83d pair", "half ‹U+D83D› pair"),
        ("\u3164", "‹U+3164›"),
        ("\ufffe\U0001ffff", "‹U+FFFE›‹U+1FFFF›"),
        ("\u2028", "‹U+2028›"),
    ],
)
def test_what_cannot_be_seen_is_named_and_the_rest_left_alone(typed: str, expected: str) -> None:
    assert visible(typed) == expected


@pytest.mark.parametrize("name", ["\U0002cc56", "\U0002ebf0", "\U000323b0", "\ue863", "䶮"])
def test_rare_characters_of_names_stay_even_where_the_interpreter_does_not_know_them(
    name: str,
) -> None:
    assert visible(name) == name


def test_no_control_or_format_character_is_left_but_those_that_show() -> None:
    # Marks that stand before Arabic, Kaithi and Egyptian numbers count as format, and show.
    shown_ones = {"\u06dd", "\u070f", "\u08e2", "\U000110bd", "\U000110cd"}
    left = {
        sign
        for sign in map(chr, range(0x110000))
        if unicodedata.category(sign) in {"Cc", "Cf", "Cs", "Zl", "Zp"} and visible(sign) == sign
    }
    left -= {sign for sign in left if "\u0600" <= sign <= "\u0605"}
    left -= {sign for sign in left if "\u0890" <= sign <= "\u0891"}
    left -= {sign for sign in left if "\U00013430" <= sign <= "\U00013440"}
    assert left == shown_ones


def test_a_text_of_the_longest_length_stays_whole() -> None:
    assert shortened("字" * LONGEST) == "字" * LONGEST


def test_a_longer_text_keeps_its_start_and_its_end() -> None:
    text = "a" * LONGEST + ".jpg"
    assert shortened(text) == "a" * (LONGEST - 25) + "…" + "a" * 20 + ".jpg"
    assert len(shortened(text)) == LONGEST


def test_shortening_comes_first_so_that_no_name_of_a_character_is_cut() -> None:
    assert shown("\u202e" * 13, 12) == "‹U+202E›" * 7 + "…" + "‹U+202E›" * 4
