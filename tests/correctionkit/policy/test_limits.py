from __future__ import annotations

from typing import Any

import pytest

from correctionkit.policy.calendar import MonthDay, YearSpan
from correctionkit.policy.limits import (
    KINDS,
    Always,
    ChangeOutsideStudy,
    DoubleCorrection,
    FieldsAtOnce,
    FirstSemester,
    GraduationTerm,
    IntakeFrom,
    Levels,
    OutsideWindow,
    Scope,
    read_condition,
)
from correctionkit.policy.toml_rows import Row

FIELDS = ("name", "id_number", "gender")

GOOD: dict[str, tuple[dict[str, Any], object]] = {
    "always": ({}, Always()),
    "first-semester": ({}, FirstSemester()),
    "changed-after-graduation": ({}, ChangeOutsideStudy(before_enrolment=False)),
    "changed-outside-study": ({}, ChangeOutsideStudy(before_enrolment=True)),
    "intake-from": ({"year": 2016, "season": "autumn"}, IntakeFrom(2016, "autumn")),
    "outside-window": (
        {"window": [{"from": "03-01", "until": "03-end"}, {"from": "12-01", "until": "01-31"}]},
        OutsideWindow(
            (
                YearSpan(MonthDay(3, 1), MonthDay(3, 0)),
                YearSpan(MonthDay(12, 1), MonthDay(1, 31)),
            )
        ),
    ),
    "graduation-term": ({}, GraduationTerm()),
    "levels": ({"levels": ["专升本"]}, Levels(frozenset({"专升本"}))),
    "fields-at-once": ({"count": 2}, FieldsAtOnce(2)),
    "double-correction": (
        {"both": ["name", "id_number"], "over_time": True},
        DoubleCorrection(frozenset({"name", "id_number"}), over_time=True),
    ),
}


def read(kind: str, **keys: Any) -> tuple[object, list[tuple[str, str, str]]]:
    row = Row({"kind": kind, **keys}, "f.toml", "limit[1]")
    condition = read_condition(row, FIELDS)
    row.done()
    return condition, [(each.row, each.key, each.fault.en) for each in row.mistakes]


def test_every_kind_is_tried_here() -> None:
    assert set(GOOD) == set(KINDS)


@pytest.mark.parametrize("kind", KINDS)
def test_each_kind_reads_its_own_keys(kind: str) -> None:
    keys, expected = GOOD[kind]

    assert read(kind, **keys) == (expected, [])


@pytest.mark.parametrize("kind", KINDS)
def test_no_kind_reads_the_keys_of_another(kind: str) -> None:
    keys, _ = GOOD[kind]

    assert read(kind, **keys, elsewhere=1)[1] == [("limit[1]", "elsewhere", "is not a known key")]


def test_an_unknown_kind_is_a_mistake_and_lists_the_known_ones() -> None:
    _, mistakes = read("sometimes")

    assert mistakes == [
        ("limit[1]", "kind", f"“sometimes” is not one of: {', '.join(sorted(KINDS))}")
    ]


@pytest.mark.parametrize(
    ("kind", "keys", "expected"),
    [
        ("intake-from", {"season": "autumn"}, ("limit[1]", "year", "is missing")),
        (
            "intake-from",
            {"year": 2016, "season": "winter"},
            ("limit[1]", "season", "“winter” is not one of: autumn, spring"),
        ),
        (
            "intake-from",
            {"year": 1978, "season": "autumn"},
            ("limit[1]", "year", "must be at least 1979"),
        ),
        (
            "intake-from",
            {"year": 9999, "season": "autumn"},
            ("limit[1]", "year", "must be at most 2999"),
        ),
        ("outside-window", {}, ("limit[1]", "window", "is missing")),
        ("outside-window", {"window": []}, ("limit[1]", "window", "must not be empty")),
        (
            "outside-window",
            {"window": [{"from": "03-01", "until": "02-30"}]},
            (
                "limit[1].window[1]",
                "until",
                "“02-30” is not a day of the year, like 03-20 or 02-end",
            ),
        ),
        ("levels", {"levels": []}, ("limit[1]", "levels", "must not be empty")),
        ("fields-at-once", {"count": 1}, ("limit[1]", "count", "must be at least 2")),
        (
            "double-correction",
            {"both": ["name"]},
            ("limit[1]", "both", "must name two fields or more"),
        ),
        (
            "double-correction",
            {"both": ["name", "shoe_size"]},
            ("limit[1]", "both", "“shoe_size” is not one of: gender, id_number, name"),
        ),
    ],
)
def test_a_condition_that_makes_no_sense_is_a_mistake(
    kind: str, keys: dict[str, Any], expected: tuple[str, str, str]
) -> None:
    assert read(kind, **keys)[1] == [expected]


@pytest.mark.parametrize(
    ("scope", "holds"),
    [
        pytest.param(Scope(), True, id="any"),
        pytest.param(Scope(frozenset({"new"})), True, id="status"),
        pytest.param(Scope(frozenset({"enrolled"})), False, id="other status"),
        pytest.param(Scope(fields=frozenset({"name", "gender"})), True, id="one of two fields"),
        pytest.param(Scope(fields=frozenset({"gender"})), False, id="other field"),
        pytest.param(Scope(reasons=frozenset({"entry_error"})), False, id="other reason"),
        pytest.param(
            Scope(frozenset({"new"}), frozenset({"name"}), frozenset({"change"})), True, id="all"
        ),
    ],
)
def test_a_scope_holds_where_each_of_its_parts_does(scope: Scope, holds: bool) -> None:
    assert scope.holds("new", "name", "change") is holds
