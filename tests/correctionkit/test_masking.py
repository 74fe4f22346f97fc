from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from correctionkit.masking import mask_number, mask_text
from correctionkit.numbers.gb11643 import check_character

CERTIFICATE_LIKE_AN_ID = "511618201106123456"


@pytest.mark.parametrize(
    ("value", "masked"),
    [
        ("11010519491231002X", "110***********002X"),
        ("１１０１０５１９４９１２３１００２Ｘ", "１１０***********００２Ｘ"),
        ("11010519491231002", "110************02"),
        ("610104620927690", "610**********90"),
        ("CAN123456789012", "CAN**********12"),
        ("11010519491231", "110***********"),
        ("E12345678", "E******78"),
        ("12345", "*****"),
        ("", ""),
    ],
)
def test_a_value_keeps_its_length_and_loses_its_middle(value: str, masked: str) -> None:
    assert mask_number(value) == masked


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        ("新号码11010519491231002X有误", "新号码110***********002X有误"),
        ("11010519491231002x", "110***********002x"),
        ("110105194912310021（校验码错）", "110***********0021（校验码错）"),
        ("１１０１０５１９４９１２３１００２Ｘ", "１１０***********００２Ｘ"),
        ("110105 19491231 002X", "110***************2X"),
        ("110105-19491231-002X。", "110***************2X。"),
        ("110105\u200b194912310021", "110**************21"),
        ("1335001209114 110105194912310021", "1335001209114 110***********0021"),
        ("1335001209114110105194912310021张", "1335001209114110***********0021张"),
        ("610104620927690", "610**********90"),
        ("1101051949123100", "110***********00"),
        ("11010519491231002", "110************02"),
        ("CAN123456789012", "CAN**********12"),
        ("can 123456789012,", "can***********12,"),
    ],
)
def test_a_number_in_a_text_is_masked_by_its_shape(text: str, masked: str) -> None:
    assert mask_text(text) == masked


@pytest.mark.parametrize(
    "text",
    [
        "",
        "1335001209114张三",
        "511618201705981300李四",
        "511618201705981300 1335001209114",
        "2026-11-20 12:34:56",
        "123456789012345678",
        "610104621327690",
        "ABCD123456789012",
    ],
)
def test_other_numbers_stay(text: str) -> None:
    assert mask_text(text) == text


def test_a_certificate_number_that_looks_like_one_can_be_kept() -> None:
    text = f"{CERTIFICATE_LIKE_AN_ID}李四：11010519491231002X"
    assert mask_text(text) == "511***********3456李四：110***********002X"
    assert (
        mask_text(text, keep=frozenset({CERTIFICATE_LIKE_AN_ID}))
        == f"{CERTIFICATE_LIKE_AN_ID}李四：110***********002X"
    )
    spaced = "511618 201106 123456"
    assert mask_text(spaced, keep=frozenset({CERTIFICATE_LIKE_AN_ID})) == spaced


@given(
    st.from_regex(r"[1-9][0-9]{5}", fullmatch=True),
    st.dates(date(1900, 1, 1), date(2026, 1, 1)),
    st.from_regex(r"[0-9]{3}", fullmatch=True),
    st.sampled_from(["", " ", "张三", "：", "a", "+", "1335001209114 "]),
    st.sampled_from(["", " ", "李四", "，", "b"]),
    st.booleans(),
)
@settings(deadline=None, max_examples=150)
def test_no_birth_date_slips_through(
    area: str, born: date, order: str, before: str, after: str, wide: bool
) -> None:
    body = f"{area}{born:%Y%m%d}{order}"
    number = body + check_character(body)
    if wide:
        number = number.translate({code: code + 0xFEE0 for code in range(0x21, 0x7F)})
    shown = mask_text(f"{before}{number}{after}")
    assert shown == f"{before}{mask_number(number)}{after}"


@given(st.text(max_size=60))
@settings(deadline=None, max_examples=150)
def test_masking_keeps_the_length_and_is_done_once(text: str) -> None:
    assert len(mask_text(text)) == len(text)
    assert mask_text(mask_text(text)) == mask_text(text)
