from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from correctionkit.policy.calendar import InForce, MonthDay, Semester, YearSpan

SPRING = Semester("spring", MonthDay(3, 1), MonthDay(7, 31))
AUTUMN = Semester("autumn", MonthDay(9, 1), MonthDay(2, 0))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("03-20", MonthDay(3, 20)),
        ("02-29", MonthDay(2, 29)),
        ("02-end", MonthDay(2, 0)),
        ("12-31", MonthDay(12, 31)),
    ],
)
def test_days_of_the_year_are_read(text: str, expected: MonthDay) -> None:
    assert MonthDay.parse(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "",
        "3-20",
        "03-2",
        "00-01",
        "13-01",
        "02-30",
        "04-31",
        "03-00",
        "13-end",
        "03-20 ",
        "０３-20",
        "02-END",
    ],
)
def test_what_is_no_day_of_a_year_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"is not like|is no day"):
        MonthDay.parse(text)


@given(st.text(alphabet="0123456789-end ", max_size=7))
@settings(deadline=None, max_examples=200)
def test_reading_a_day_of_the_year_fails_by_value_error_only(text: str) -> None:
    try:
        day = MonthDay.parse(text)
    except ValueError:
        return
    assert day.in_year(2024).month == day.month


@pytest.mark.parametrize(
    ("day", "year", "expected"),
    [
        (MonthDay(2, 0), 2023, date(2023, 2, 28)),
        (MonthDay(2, 0), 2024, date(2024, 2, 29)),
        (MonthDay(2, 0), 2000, date(2000, 2, 29)),
        (MonthDay(2, 0), 2100, date(2100, 2, 28)),
        (MonthDay(2, 29), 2023, date(2023, 2, 28)),
        (MonthDay(2, 29), 2024, date(2024, 2, 29)),
        (MonthDay(7, 31), 2023, date(2023, 7, 31)),
    ],
)
def test_a_day_of_the_year_falls_on_a_date(day: MonthDay, year: int, expected: date) -> None:
    assert day.in_year(year) == expected


@pytest.mark.parametrize(
    ("rules", "day", "holds"),
    [
        (InForce(), date(1, 1, 1), True),
        (InForce(since=date(2020, 1, 2)), date(2020, 1, 1), False),
        (InForce(since=date(2020, 1, 2)), date(2020, 1, 2), True),
        (InForce(until=date(2020, 1, 2)), date(2020, 1, 2), True),
        (InForce(until=date(2020, 1, 2)), date(2020, 1, 3), False),
        (InForce(date(2020, 1, 2), date(2020, 1, 2)), date(2020, 1, 2), True),
    ],
)
def test_dates_in_force_include_both_ends(rules: InForce, day: date, holds: bool) -> None:
    assert rules.holds(day) is holds


def test_a_semester_that_ends_before_it_starts_ends_in_the_next_year() -> None:
    assert SPRING.span(2023) == (date(2023, 3, 1), date(2023, 7, 31))
    assert AUTUMN.span(2022) == (date(2022, 9, 1), date(2023, 2, 28))
    assert AUTUMN.span(2023) == (date(2023, 9, 1), date(2024, 2, 29))


@pytest.mark.parametrize(
    ("semester", "day", "expected"),
    [
        (AUTUMN, date(2023, 8, 31), None),
        (AUTUMN, date(2023, 9, 1), 2023),
        (AUTUMN, date(2024, 1, 1), 2023),
        (AUTUMN, date(2024, 2, 29), 2023),
        (AUTUMN, date(2024, 3, 1), None),
        (SPRING, date(2024, 3, 1), 2024),
        (SPRING, date(2024, 7, 31), 2024),
        (SPRING, date(2024, 8, 1), None),
    ],
)
def test_a_day_belongs_to_the_semester_round_it(
    semester: Semester, day: date, expected: int | None
) -> None:
    assert semester.span_around(day) == (semester.span(expected) if expected else None)


@pytest.mark.parametrize("day", [date.min, date.max])
def test_the_first_and_the_last_date_there_is_have_semesters_too(day: date) -> None:
    assert [each.span_around(day) for each in (SPRING, AUTUMN)] == [
        None,
        None if day == date.min else (date(9999, 9, 1), date.max),
    ]


@pytest.mark.parametrize(
    ("day", "holds"),
    [
        (date(2024, 11, 30), False),
        (date(2024, 12, 1), True),
        (date(2024, 12, 31), True),
        (date(2025, 1, 1), True),
        (date(2025, 1, 31), True),
        (date(2025, 2, 1), False),
    ],
)
def test_a_window_may_run_over_new_year(day: date, holds: bool) -> None:
    assert YearSpan(MonthDay(12, 1), MonthDay(1, 31)).holds(day) is holds


@given(st.dates(), st.integers(1, 12), st.integers(1, 12))
@settings(deadline=None, max_examples=100)
def test_a_day_lies_in_a_window_or_in_the_rest_of_the_year(
    day: date, first: int, last: int
) -> None:
    window = YearSpan(MonthDay(first, 1), MonthDay(last, 1))
    first_of_rest = MonthDay(last, 2)
    last_of_rest = MonthDay(first - 1 or 12, 0)
    if first != last:
        assert window.holds(day) is not YearSpan(first_of_rest, last_of_rest).holds(day)
