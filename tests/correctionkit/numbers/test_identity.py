from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from correctionkit.catalog.words import numbers as words
from correctionkit.numbers import foreign_permit, identity, residence_permit, resident_id
from correctionkit.numbers.faults import NumberFault
from correctionkit.numbers.gb11643 import check_character
from correctionkit.numbers.identity_number import IdentityKind, IdentityNumber

ON = date(2026, 11, 20)

days = st.dates(date(1900, 1, 1), ON)
areas = st.from_regex(r"[1-6][0-9]{5}", fullmatch=True)
orders = st.from_regex(r"[0-9]{3}", fullmatch=True)


def made(area: str, born: date, order: str) -> str:
    body = f"{area}{born:%Y%m%d}{order}"
    return body + check_character(body)


numbers = st.builds(made, areas, days, orders)


def fault_of(value: str, **options: Any) -> tuple[str, dict[str, Any]]:
    with pytest.raises(NumberFault) as raised:
        identity.check_identity(value, ON, **options)
    return raised.value.fault, dict(raised.value.params)


@pytest.mark.parametrize(
    "parsed",
    [
        IdentityNumber(
            IdentityKind.RESIDENT, "11010519491231002X", "110105", date(1949, 12, 31), "2"
        ),
        IdentityNumber(
            IdentityKind.RESIDENT, "440524188001010014", "440524", date(1880, 1, 1), "1"
        ),
        IdentityNumber(
            IdentityKind.RESIDENT_15, "610104620927690", "610104", date(1962, 9, 27), "2"
        ),
        IdentityNumber(
            IdentityKind.RESIDENCE_PERMIT, "810000199408230021", "810000", date(1994, 8, 23), "2"
        ),
        IdentityNumber(
            IdentityKind.RESIDENCE_PERMIT, "830000199201300022", "830000", date(1992, 1, 30), "2"
        ),
        IdentityNumber(
            IdentityKind.FOREIGN_PERMIT, "932682198501010017", None, date(1985, 1, 1), "1"
        ),
        IdentityNumber(IdentityKind.FOREIGN_PERMIT_15, "CAN123456789012", None, None, None),
    ],
    ids=lambda parsed: parsed.number,
)
def test_each_kind_is_told_and_taken_apart(parsed: IdentityNumber) -> None:
    assert identity.check_identity(parsed.number, ON, allow_15=True) == parsed
    assert identity.kind_of(parsed.number) is parsed.kind
    assert identity.is_valid(parsed.number, ON)
    assert identity.validate(f" {parsed.number.lower()}\u3000", ON) == parsed.number


@pytest.mark.parametrize(
    ("value", "fault"),
    [
        ("", ("length", {"expected": "18", "actual": 0})),
        ("1101051949123100", ("length", {"expected": "18", "actual": 16})),
        ("11010519491231002X1", ("length", {"expected": "18", "actual": 19})),
        ("610104620927690", ("length", {"expected": "18", "actual": 15})),
        (
            "11010519491231OO2X",
            ("characters", {"characters": ["O", "O"], "positions": ["15", "16"]}),
        ),
        ("1101051949123100X2", ("characters", {"characters": ["X"], "positions": ["17"]})),
        ("11010519491231002Y", ("characters", {"characters": ["Y"], "positions": ["18"]})),
        ("11010519491331002X", ("date", {})),
        ("11010519490229002X", ("date", {})),
        ("11010517991231002X", ("date", {})),
        ("110105194912310021", ("check", {"expected": "X"})),
        ("910105194912310020", ("check", {"expected": "9"})),
        ("CAN12345678901", ("length", {"expected": "15", "actual": 14})),
        ("CAN12345678901X", ("characters", {"characters": ["X"], "positions": ["15"]})),
    ],
)
def test_the_fault_says_what_is_wrong(value: str, fault: tuple[str, dict[str, Any]]) -> None:
    assert fault_of(value) == fault
    assert fault[0] in words.WORDS


def test_a_birth_date_may_be_today_and_not_tomorrow() -> None:
    assert identity.check_identity(made("110105", ON, "002"), ON).birth_date == ON
    assert fault_of(made("110105", ON + timedelta(1), "002")) == (
        "future",
        {"on": "2026-11-20"},
    )
    assert identity.is_valid(made("110105", date(2024, 2, 29), "002"), ON)


def test_a_number_of_1800_is_the_earliest() -> None:
    assert identity.is_valid(made("110105", date(1800, 1, 1), "002"), ON)
    assert not identity.is_valid(made("110105", date(1799, 12, 31), "002"), ON)


def test_each_module_refuses_the_numbers_of_the_others() -> None:
    with pytest.raises(NumberFault, match="other-kind"):
        resident_id.parse("810000199408230021", ON)
    with pytest.raises(NumberFault, match="other-kind"):
        resident_id.parse("932682198501010017", ON)
    with pytest.raises(NumberFault, match="other-kind"):
        foreign_permit.parse("11010519491231002X", ON)
    with pytest.raises(NumberFault, match="area"):
        residence_permit.parse("11010519491231002X", ON)
    assert not residence_permit.is_valid("11010519491231002X", ON)
    assert not foreign_permit.is_valid("11010519491231002X", ON)
    assert not resident_id.is_valid("810000199408230021", ON)


def test_numbers_are_set_in_groups() -> None:
    assert identity.format("11010519491231002x") == "110105 19491231 002X"
    assert identity.format("610104620927690") == "610104 620927 690"
    assert identity.format("can123456789012") == "CAN 123456789012"
    assert residence_permit.format("810000199408230021") == "810000 19940823 0021"
    assert foreign_permit.format("932682198501010017") == "932682 19850101 0017"
    assert identity.format("") == ""


def test_an_old_number_is_upgraded_into_the_twentieth_century() -> None:
    assert resident_id.upgrade_15_to_18("610104620927690") == "610104196209276908"
    assert identity.same_number("610104 620927 690") == "610104196209276908"
    assert identity.same_number("610104196209276908") == "610104196209276908"
    assert identity.same_number("as typed") == "ASTYPED"


def test_a_number_is_masked_without_its_birth_date() -> None:
    assert identity.check_identity("11010519491231002X", ON).masked == "110***********002X"
    assert identity.masked("610104620927690") == "610**********90"


@given(numbers)
@settings(deadline=None, max_examples=150)
def test_a_made_number_is_valid_and_round_trips(number: str) -> None:
    found = identity.check_identity(number, ON)
    assert found.number == number
    assert identity.validate(identity.format(number), ON) == number
    assert found.area == number[:6]
    assert found.birth_date == date.fromisoformat(number[6:14])
    assert found.gender == ("1" if int(number[16]) % 2 else "2")


@given(numbers, st.integers(0, 17), st.sampled_from("0123456789X"))
@settings(deadline=None, max_examples=150)
def test_any_one_wrong_digit_is_found(number: str, at: int, digit: str) -> None:
    typed = number[:at] + digit + number[at + 1 :]
    assert identity.is_valid(typed, ON) == (typed == number)


@given(numbers, st.integers(0, 16))
@settings(deadline=None, max_examples=150)
def test_two_neighbours_that_changed_places_are_found(number: str, at: int) -> None:
    typed = number[:at] + number[at + 1] + number[at] + number[at + 2 :]
    assert identity.is_valid(typed, ON) == (typed == number)


@given(areas, st.dates(date(1900, 1, 1), date(1999, 12, 31)), orders)
@settings(deadline=None, max_examples=150)
def test_15_to_18_and_back(area: str, born: date, order: str) -> None:
    old = f"{area}{born:%y%m%d}{order}"
    new = resident_id.upgrade_15_to_18(old)
    assert new == made(area, born, order)
    assert new[:6] + new[8:17] == old
    assert identity.parse(old, ON).birth_date == identity.parse(new, ON).birth_date


@given(st.one_of(st.text(max_size=24), st.from_regex(r"[A-Z0-9０-９]{13,20}")))
@settings(deadline=None, max_examples=150)
@pytest.mark.parametrize(
    "parse", [identity.parse, resident_id.parse, residence_permit.parse, foreign_permit.parse]
)
def test_no_text_raises_anything_but_a_number_fault(parse: Any, text: str) -> None:
    try:
        code = parse(text, ON).kind.value
    except NumberFault as fault:
        code = fault.fault
    assert code in words.WORDS
    identity.format(text)
    identity.same_number(text)
