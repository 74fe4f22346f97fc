from __future__ import annotations

from datetime import date

import pytest

from correctionkit.policy.shelf import find_policy
from correctionkit.requests.intake import Intake, first_semester_end, intake_of

POLICY = find_policy("ouc-2016")
ON = date(2026, 11, 20)


@pytest.mark.parametrize(
    ("number", "expected"),
    [
        pytest.param(
            "2635001200001", Intake(2026, "spring", certain=False), id="the first of spring"
        ),
        pytest.param(
            "2635001250000", Intake(2026, "spring", certain=False), id="the last of spring"
        ),
        pytest.param(
            "2635001250001", Intake(2026, "autumn", certain=False), id="the first of autumn"
        ),
        pytest.param("9935001200001", Intake(1999, "spring", certain=False), id="the last century"),
        pytest.param(
            "2735001200001", Intake(2027, "spring", certain=False), id="next year's intake"
        ),
        pytest.param("26350012", None, id="a number that does not fit"),
    ],
)
def test_intake_is_guessed_from_the_student_number(make_request, number, expected) -> None:
    assert intake_of(make_request(number=number), POLICY, ON, None) == expected


@pytest.mark.parametrize(
    ("enrolled", "expected"),
    [
        pytest.param(date(2026, 3, 1), Intake(2026, "spring", certain=True), id="in March"),
        pytest.param(date(2026, 1, 5), Intake(2026, "spring", certain=True), id="in January"),
        pytest.param(
            date(2026, 7, 31), Intake(2026, "spring", certain=True), id="last day of spring"
        ),
        pytest.param(date(2026, 8, 1), Intake(2026, "autumn", certain=True), id="in August"),
        pytest.param(date(2026, 9, 1), Intake(2026, "autumn", certain=True), id="in September"),
    ],
)
def test_intake_is_certain_from_the_roll(make_request, make_record, enrolled, expected) -> None:
    record = make_record(enrolled_on=enrolled)

    assert intake_of(make_request(), POLICY, ON, record) == expected


@pytest.mark.parametrize(
    ("intake", "expected"),
    [
        (Intake(2026, "spring", certain=True), date(2026, 7, 31)),
        (Intake(2026, "autumn", certain=True), date(2027, 2, 28)),
        (Intake(2027, "autumn", certain=True), date(2028, 2, 29)),
    ],
)
def test_first_semester_ends_in_july_or_with_february(intake: Intake, expected: date) -> None:
    assert first_semester_end(intake, POLICY.semesters) == expected


def test_a_certificate_number_tells_no_intake(make_request) -> None:
    request = make_request(status="graduated", number="511618201705981300")

    assert intake_of(request, POLICY, ON, None) is None
