from __future__ import annotations

import re
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from correctionkit.catalog.words import numbers as words
from correctionkit.numbers.faults import NumberFault
from correctionkit.numbers.lengths import possible_lengths
from correctionkit.numbers.pattern import Intake, NumberPattern, ParsedNumber, intake

STUDENT = NumberPattern(r"(?P<year>\d{2})(?P<branch>\d{3})(?P<category>\d{3})(?P<serial>\d{5})")
CERTIFICATE = NumberPattern(
    r"(?P<school>51161)(?P<type>\d)(?P<year>\d{4})(?P<level>0[56])(?P<serial>\d{5,6})"
)


def fault_of(value: str, pattern: NumberPattern) -> tuple[str, dict[str, Any]]:
    with pytest.raises(NumberFault) as raised:
        pattern.parse(value)
    return raised.value.fault, dict(raised.value.params)


def test_a_student_number_is_taken_apart() -> None:
    found = STUDENT.parse(" 1335001209114")
    assert found == ParsedNumber(
        "1335001209114",
        (("year", "13"), ("branch", "350"), ("category", "012"), ("serial", "09114")),
    )
    assert found.part("category") == "012"
    assert found.part("school") is None
    assert STUDENT.validate("１３３５００１２０９１１４") == "1335001209114"
    assert STUDENT.format("1335001209114") == "13 350 012 09114"
    assert STUDENT.format("133 5") == "1335"


@pytest.mark.parametrize(
    ("number", "serial"), [("511618201705981300", "981300"), ("51161820170598130", "98130")]
)
def test_a_certificate_number_has_18_digits_or_17(number: str, serial: str) -> None:
    found = CERTIFICATE.parse(number)
    assert (found.part("year"), found.part("level"), found.part("serial")) == (
        "2017",
        "05",
        serial,
    )
    assert CERTIFICATE.is_valid(number)
    assert CERTIFICATE.validate(number) == number
    assert CERTIFICATE.parse(f"{number} ").number == number
    assert CERTIFICATE.format(number).startswith("51161 8 2017 05 ")
    assert CERTIFICATE.format("5") == "5"


@pytest.mark.parametrize(
    ("value", "pattern", "fault"),
    [
        ("133500120911", STUDENT, ("length", {"expected": "13", "actual": 12})),
        ("13350012091144", STUDENT, ("length", {"expected": "13", "actual": 14})),
        ("", STUDENT, ("length", {"expected": "13", "actual": 0})),
        ("13350012O9114", STUDENT, ("not-digits", {"characters": ["O"], "positions": ["9"]})),
        ("1.335E+12", STUDENT, ("not-digits", None)),
        ("5116182017059813", CERTIFICATE, ("length", {"expected": "17/18", "actual": 16})),
        ("999998201705981300", CERTIFICATE, ("pattern", {})),
    ],
)
def test_the_fault_says_what_is_wrong(
    value: str, pattern: NumberPattern, fault: tuple[str, dict[str, Any] | None]
) -> None:
    code, params = fault_of(value, pattern)
    assert (code, params if fault[1] is not None else None) == fault
    assert code in words.WORDS
    assert not pattern.is_valid(value)


@pytest.mark.parametrize(
    ("number", "expected"),
    [
        ("1335001200001", Intake(2013, "spring")),
        ("1335001250000", Intake(2013, "spring")),
        ("1335001250001", Intake(2013, "autumn")),
        ("9935001299999", Intake(1999, "autumn")),
        ("8035001200001", Intake(1980, "spring")),
        ("7935001200001", Intake(2079, "spring")),
    ],
)
def test_the_intake_is_read_from_year_and_serial(number: str, expected: Intake) -> None:
    assert intake(STUDENT.parse(number)) == expected


def test_the_rules_of_the_intake_are_parameters() -> None:
    found = STUDENT.parse("0135001230000")
    assert intake(found, first_year=2002, autumn_serial_from=30000) == Intake(2101, "autumn")
    year_of_four = NumberPattern(r"(?P<year>\d{4})(?P<serial>\d{5})")
    assert intake(year_of_four.parse("201750001")) == Intake(2017, "autumn")
    assert intake(NumberPattern(r"(?P<serial>\d{4})").parse("0001")) is None


@pytest.mark.parametrize(
    ("regex", "lengths"),
    [
        (r"\d{13}", {13}),
        (r"^\d{13}$", {13}),
        (r"(?P<a>\d{2}|\d{4})[0-9]{5}", {7, 9}),
        (r"A?\d{2,4}", {2, 3, 4, 5}),
        (r"(?:\d\d){3}", {6}),
        (r"(ab|c)?[^]x]\.", {2, 3, 4}),
        ("", {0}),
    ],
)
def test_lengths_are_read_from_the_expression(regex: str, lengths: set[int]) -> None:
    assert possible_lengths(regex) == lengths


@pytest.mark.parametrize(
    "regex",
    [
        r"\d+",
        r"\d*",
        r".{3}",
        r"(\d+)+",
        r"(a|bb){2}",
        r"\d{65}",
        r"\d{40}\d{40}",
        r"(?=\d)\d",
        r"(\d",
        r"\d)",
        r"\d{3,}",
        r"\d{4,3}",
        r"[0-9",
        r"\w\1",
    ],
)
def test_a_pattern_without_bounds_is_refused(regex: str) -> None:
    with pytest.raises(ValueError, match=re.escape(repr(regex))):
        NumberPattern(regex)


@given(st.text(max_size=24))
@settings(deadline=None, max_examples=100)
@pytest.mark.parametrize("pattern", [STUDENT, CERTIFICATE])
def test_no_text_raises_anything_but_a_number_fault(pattern: NumberPattern, text: str) -> None:
    try:
        fits, code = bool(pattern.parse(text)), ""
    except NumberFault as fault:
        fits, code = False, fault.fault
    assert fits or code in words.WORDS
    pattern.format(text)


@given(st.from_regex(r"[0-9]{13}", fullmatch=True))
@settings(deadline=None, max_examples=100)
def test_a_number_round_trips(number: str) -> None:
    assert STUDENT.validate(STUDENT.format(number)) == number
    assert STUDENT.is_valid(number)
    assert STUDENT.parse(number).number == number
