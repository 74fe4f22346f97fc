from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from correctionkit.render.wrapping import columns, wrapped


@pytest.mark.parametrize(
    ("text", "expected"),
    [("abc", 3), ("张三", 4), ("Ａ", 2), ("e\u0301", 1), ("“”", 4), ("\U0002cc56", 2), ("", 0)],
)
def test_han_characters_take_two_columns(text: str, expected: int) -> None:
    assert columns(text) == expected


@pytest.mark.parametrize(
    ("text", "width", "expected"),
    [
        ("one two three", 13, ["one two three"]),
        ("one two three", 12, ["one two", "three"]),
        ("更正后的姓名", 6, ["更正后", "的姓名"]),
        ("更正后，姓名", 6, ["更正", "后，姓", "名"]),
        ("（见附表）姓名", 6, ["（见附", "表）姓", "名"]),
        ("abcdefgh", 4, ["abcd", "efgh"]),
        ("", 10, [""]),
        ("   ", 10, [""]),
    ],
)
def test_lines_break_at_spaces_and_beside_han_characters(
    text: str, width: int, expected: list[str]
) -> None:
    assert wrapped(text, width) == expected


@settings(deadline=None, max_examples=150)
@given(st.text(alphabet="ab 张三，（）。“”…\u0301-", max_size=60), st.integers(4, 30))
def test_no_line_is_too_wide_and_nothing_is_lost(text: str, width: int) -> None:
    lines = wrapped(text, width)
    assert max(map(columns, lines)) <= width
    assert "".join(lines).replace(" ", "") == text.replace(" ", "")
