"""Widths by content and names of sheets."""

from __future__ import annotations

import pytest

from correctionkit.packages.tables.lay_out import (
    column_widths,
    lines_wanted,
    sheet_names,
    shown_width,
)


@pytest.mark.parametrize(
    ("text", "width"), [("", 0), ("abc", 3), ("张三", 4), ("ab\n张三三", 6), ("é", 1), ("，", 2)]
)
def test_a_han_character_is_two_digits_wide(text, width):
    assert shown_width(text) == width


def test_columns_are_as_wide_as_their_content_within_reason():
    assert column_widths(["学号", "a"], [["1335001209114", "b", "c" * 99]]) == [15, 6, 40]


@pytest.mark.parametrize(
    ("row", "lines"),
    [
        ((), 1),
        (("", ""), 1),
        (("张" * 5, "a"), 1),
        (("张" * 5 + "a", "a"), 2),
        (("a" * 10, "a" * 20), 1),
        (("a" * 11, "a" * 41), 3),
        (("一\n\n二", ""), 3),
    ],
)
def test_a_row_is_as_high_as_its_fullest_cell_wants(row, lines):
    assert lines_wanted(row, (10, 20)) == lines


@pytest.mark.parametrize(
    ("wanted", "names"),
    [
        pytest.param(["附表1", "附表2"], ["附表1", "附表2"], id="fine as they are"),
        pytest.param(["a/b:c?", "", "'a'"], ["a_b_c_", "Sheet", "a"], id="forbidden signs"),
        pytest.param(["a", "A", "a"], ["a", "A_2", "a_3"], id="each once, whatever the case"),
        pytest.param(["字" * 40, "字" * 40], ["字" * 31, "字" * 29 + "_2"], id="short"),
        pytest.param(["\U0002f8d6" * 16], ["\U0002f8d6" * 15], id="UTF-16 units"),
        pytest.param(["History", "a\ud800"], ["History_2", "a_"], id="reserved and unpaired"),
    ],
)
def test_sheets_get_names_that_excel_takes(wanted, names):
    assert sheet_names(wanted) == names
