from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from correctionkit.policy.calendar import InForce
from correctionkit.policy.shelf import find_policy
from correctionkit.requests.check import check_request
from correctionkit.requests.taken import check_taken, is_exceptional, is_taken

POLICY = find_policy("ouc-2016")
DOUBLED = find_policy("ouc-2016", ["no-double-correction"])
AT_ONCE = find_policy("ouc-2016", ["windows-guangdong"])
ON = date(2026, 11, 20)
SPRING_2026 = "2635001200114"


def test_what_is_said_of_a_request_is_said_by_its_check_too(make_request) -> None:
    request = make_request(reason="entry_error")

    assert list(check_request(request, POLICY, ON)) == list(check_taken(request, POLICY, ON))


def test_the_value_of_a_request_is_not_looked_at(make_request) -> None:
    assert list(check_taken(make_request(new="张3"), POLICY, ON)) == []


@pytest.mark.parametrize(
    ("changes", "taken", "exceptional"),
    [
        pytest.param({}, True, False, id="ordinary"),
        pytest.param({"reason": "entry_error"}, True, True, id="exceptional"),
        pytest.param({"field": "birth_date"}, False, False, id="not listed"),
        pytest.param({"status": "new", "number": SPRING_2026}, True, False, id="late by a guess"),
    ],
)
def test_a_request_is_taken_exceptionally_or_not_at_all(
    make_request, changes, taken, exceptional
) -> None:
    request = make_request(**changes)

    assert (is_taken(request, POLICY, ON), is_exceptional(request, POLICY, ON)) == (
        taken,
        exceptional,
    )


@pytest.mark.parametrize(
    ("on", "expected"),
    [
        pytest.param(date(2026, 7, 31), False, id="the last day"),
        pytest.param(date(2026, 8, 1), True, id="the day after"),
    ],
)
def test_with_the_roll_a_deadline_makes_an_exceptional_case(
    make_request, make_record, on, expected
) -> None:
    request = make_request(status="new", number=SPRING_2026)
    record = make_record(enrolled_on=date(2026, 3, 1))

    assert is_exceptional(request, POLICY, on, record) is expected


def test_a_limit_holds_on_the_days_that_it_is_in_force(make_request) -> None:
    limits = tuple(replace(each, in_force=InForce(until=ON)) for each in POLICY.limits)
    policy, request = replace(POLICY, limits=limits), make_request(reason="entry_error")

    assert is_exceptional(request, policy, ON) is True
    assert is_exceptional(request, policy, date(2026, 11, 21)) is False


def test_a_change_after_graduation_is_refused_and_not_exceptional(
    make_request, make_record
) -> None:
    record = make_record(graduated_on=date(2026, 1, 10))
    before, after = (
        make_request(status="graduated", change_date=day)
        for day in (date(2026, 1, 10), date(2026, 1, 11))
    )

    assert [
        (is_taken(each, POLICY, ON, record), is_exceptional(each, POLICY, ON, record))
        for each in (before, after)
    ] == [(True, True), (False, False)]


def test_a_double_correction_is_taken_so_that_its_evidence_is_asked_for(make_request) -> None:
    both = [make_request(), make_request(field="id_number")]

    assert [is_taken(each, DOUBLED, ON, siblings=both) for each in both] == [True, True]
    assert [is_exceptional(each, DOUBLED, ON, siblings=both) for each in both] == [False, False]


def test_two_fields_at_once_are_exceptional_only_together(make_request) -> None:
    on = date(2026, 3, 20)
    both = [make_request(), make_request(field="gender")]

    assert is_exceptional(both[0], AT_ONCE, on) is False
    assert [is_exceptional(each, AT_ONCE, on, siblings=both) for each in both] == [True, True]
