from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from correctionkit.requests.values import read_date, read_value, suggestion
from correctionkit.terms import ValueType


@pytest.mark.parametrize(
    "typed",
    [
        "2001-01-02",
        "2001.1.2",
        "2001/1/2",
        "20010102",
        "2001年1月2日",
        "2001年1月2",
        "2001-01-02 00:00:00",
    ],
)
def test_a_date_is_read_in_every_form_that_people_write(typed: str) -> None:
    assert read_date(typed) == date(2001, 1, 2)


@pytest.mark.parametrize(
    "typed", ["", "2001", "2001-13-01", "2001-02-29", "010203", "01/02/2001", "２００１"]
)
def test_what_is_no_date_is_not_guessed(typed: str) -> None:
    assert read_date(typed) is None


@given(st.dates(min_value=date(1000, 1, 1)))
def test_an_iso_date_reads_as_itself(day: date) -> None:
    assert read_date(day.isoformat()) == day
    assert read_date(day.strftime("%Y%m%d").zfill(8)) == day


@given(st.text(), st.sampled_from(ValueType))
def test_reading_a_value_never_fails(typed: str, kind: ValueType) -> None:
    value = read_value(kind, typed)

    assert value.reading.typed == typed


@pytest.mark.parametrize(
    ("kind", "one", "other"),
    [
        pytest.param(ValueType.ETHNICITY, "汉", "汉族", id="ethnicity with and without 族"),
        pytest.param(ValueType.ETHNICITY, "崩龙", "德昂族", id="an old name of an ethnicity"),
        pytest.param(ValueType.GENDER, "男", "男性", id="gender"),
        pytest.param(ValueType.EDUCATION, "大专", "专科", id="two words for college"),
        pytest.param(ValueType.DATE, "2001.1.2", "20010102", id="two forms of a date"),
        pytest.param(
            ValueType.ID_NUMBER, "11010519491231002x", "１１0105 19491231002X", id="ID number"
        ),
        pytest.param(ValueType.NAME, "阿•里", "阿·里", id="look-alike dots"),
    ],
)
def test_two_spellings_have_one_key(kind: ValueType, one: str, other: str) -> None:
    assert read_value(kind, one).key == read_value(kind, other).key


def test_fifteen_digits_and_their_eighteen_are_two_values() -> None:
    old = read_value(ValueType.ID_NUMBER, "610104620927690")
    new = read_value(ValueType.ID_NUMBER, "610104196209276908")

    assert old.key != new.key


def test_a_word_that_is_nearly_one_of_the_set_is_suggested() -> None:
    assert suggestion(ValueType.ETHNICITY, "维吾尔族人") == "维吾尔族"
    assert suggestion(ValueType.NAME, "张三") is None
