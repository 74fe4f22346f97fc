"""Columns are as wide as what stands in them, and break nothing that is read as one."""

from __future__ import annotations

import pytest
from builders.documents import BUILDERS, decision_register, summary_table

from statements.contexts.columns import PADDING, em_width, shares, stands_in_the_middle

NUMBER = "110105********002X"


def widths(titles, rows, room):
    """The columns' widths in em, without what pads them."""
    return [round(share * room / 100 - PADDING, 1) for share in shares(titles, rows, room)]


@pytest.mark.parametrize(
    ("text", "em"),
    [("", 0), ("学籍", 2), ("0123", 2.24), ("ABC", 2.1), ("a*", 1.1), ("（", 1), ("𬎆", 1)],
)
def test_a_chinese_character_is_an_em_wide(text, em):
    assert em_width(text) == pytest.approx(em)


@pytest.mark.parametrize("kind", sorted(BUILDERS.keys() - {"request_sheet"}))
@pytest.mark.parametrize("count", [1, 31])
def test_columns_share_the_whole_width(kind, count):
    assert sum(BUILDERS[kind](count).widths) == pytest.approx(100, abs=0.1)


def test_an_empty_table_has_columns_for_its_titles():
    assert widths(("甲", "一二三四"), [], 6.6) == [1, 4]


def test_each_column_of_a_table_with_room_shows_its_longest_cell_on_one_line():
    assert widths(("甲", "乙"), [("一" * 12, "")] * 19 + [("一" * 12, "一" * 18)], 31.6) == [12, 18]


def test_one_long_cell_of_many_takes_a_third_where_room_is_short():
    rows = [("一" * 12, "")] * 19 + [("一" * 12, "一" * 18)]

    assert widths(("甲", "乙"), rows, 19.6) == [12, 6]


def test_of_few_rows_the_longest_is_what_is_usual():
    assert widths(("甲", "乙"), [("一", "一"), ("一", "一" * 12)], 14.6) == [1, 12]


def test_a_number_is_not_broken_for_a_long_text_beside_it():
    number, text = widths(("甲", "乙"), [(NUMBER, "一" * 100)], 20)

    assert number >= 10
    assert text < 10


@pytest.mark.parametrize(("name", "least"), [("欧阳建国", 4), ("阿" * 30, 4)])
def test_a_name_of_four_is_not_broken_and_a_longer_one_keeps_as_much(name, least):
    assert widths(("姓名", "意见"), [(name, "一" * 100)], 5.6 + least)[0] >= least


def test_no_column_is_wider_than_what_is_read_in_lines():
    assert widths(("一二三四", "甲"), [("", "一" * 100)], 25.6) == [4, 20]


@pytest.mark.parametrize(
    ("cells", "middle"),
    [
        (("男", "一" * 8), True),
        (("男", "一" * 9), False),
        ((NUMBER, "24110010000001"), True),
        (("1" * 24,), True),
        (("1" * 26,), False),
        ((), True),
    ],
)
def test_words_and_numbers_stand_in_the_middle(cells, middle):
    assert stands_in_the_middle(cells) is middle


def test_a_table_says_which_columns_stand_in_the_middle():
    assert summary_table(31).middle == frozenset(range(9))


def test_a_register_has_a_column_for_each_part_of_a_line_and_its_number():
    assert len(decision_register(1).widths) == len(decision_register(1).columns) == 12
