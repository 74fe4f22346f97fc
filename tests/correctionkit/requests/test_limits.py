from __future__ import annotations

from datetime import date

import pytest

from correctionkit.policy.limits import Outcome
from correctionkit.policy.shelf import find_policy
from correctionkit.requests.limits import limits_met

ON = date(2026, 11, 20)


def met(request, policy, on=ON, record=None, siblings=()):
    found = limits_met(request, siblings or (request,), policy, on, record)
    return [(each.limit.kind, each.outcome) for each in found]


@pytest.mark.parametrize(
    ("on", "expected"),
    [
        pytest.param(date(2026, 7, 31), [], id="the last day"),
        pytest.param(date(2026, 8, 1), [("first-semester", Outcome.LATE)], id="the day after"),
    ],
)
def test_a_new_student_is_late_after_the_first_semester(make_request, on, expected) -> None:
    request = make_request(status="new", number="2635001200114")

    assert met(request, find_policy("ouc-2016"), on) == expected


def test_the_roll_makes_late_an_exceptional_case(make_request, make_record) -> None:
    request = make_request(status="new", number="2635001200114")
    record = make_record(enrolled_on=date(2026, 3, 1))

    found = met(request, find_policy("ouc-2016"), date(2026, 8, 1), record)

    assert found == [("first-semester", Outcome.EXCEPTIONAL)]


@pytest.mark.parametrize(
    ("changed", "expected"),
    [
        pytest.param(date(2017, 7, 31), [], id="on the day of graduation"),
        pytest.param(
            date(2017, 8, 1),
            [("changed-after-graduation", Outcome.NOT_ACCEPTED)],
            id="the day after",
        ),
        pytest.param(None, [], id="no date of change"),
    ],
)
def test_a_change_after_graduation_is_never_made(
    make_request, make_record, changed, expected
) -> None:
    request = make_request(
        status="graduated", number="511618201705981300", reason="change", change_date=changed
    )
    record = make_record(graduated_on=date(2017, 7, 31))

    found = met(request, find_policy("ouc-2016"), record=record)

    assert found == [("always", Outcome.EXCEPTIONAL), *expected]


@pytest.mark.parametrize(
    ("number", "expected"),
    [
        pytest.param("1535001250001", [], id="autumn 2015"),
        pytest.param("1635001200001", [], id="spring 2016"),
        pytest.param("1635001250001", [("intake-from", Outcome.LATE)], id="autumn 2016, a guess"),
        pytest.param(
            "1735001200001", [("intake-from", Outcome.NOT_ACCEPTED)], id="2017, by the year"
        ),
    ],
)
def test_entry_errors_of_later_intakes_are_refused(make_request, number, expected) -> None:
    request = make_request(number=number, reason="entry_error")

    found = met(request, find_policy("ouc-2016", ["hubei-2019"]))

    assert found == [("always", Outcome.EXCEPTIONAL), *expected]


@pytest.mark.parametrize(
    ("on", "expected"),
    [
        (date(2026, 2, 28), [("outside-window", Outcome.NOT_ACCEPTED)]),
        (date(2026, 3, 1), []),
        (date(2026, 3, 31), []),
        (date(2026, 4, 1), [("outside-window", Outcome.NOT_ACCEPTED)]),
        (date(2026, 11, 30), [("outside-window", Outcome.NOT_ACCEPTED)]),
        (date(2026, 12, 31), []),
    ],
)
def test_a_window_holds_on_its_first_and_last_day(make_request, on, expected) -> None:
    assert met(make_request(), find_policy("ouc-2016", ["windows-hebei"]), on) == expected


@pytest.mark.parametrize(
    ("level", "expected"),
    [
        pytest.param("专升本", [("levels", Outcome.NOT_ACCEPTED)], id="top-up"),
        pytest.param(
            "本科（专科起点）", [("levels", Outcome.NOT_ACCEPTED)], id="top-up, spelled out"
        ),
        pytest.param("专科", [], id="college"),
        pytest.param("", [], id="not told"),
    ],
)
def test_levels_are_judged_by_the_roll(make_request, make_record, level, expected) -> None:
    policy = find_policy("ouc-2016", ["sichuan-top-up"])

    assert met(make_request(), policy, record=make_record(level=level)) == expected


def test_a_graduation_term_is_the_semester_of_the_graduation_date(
    make_request, make_record
) -> None:
    policy = find_policy("ouc-2016", ["windows-guangdong"])
    record = make_record(graduated_on=date(2026, 7, 10))

    assert met(make_request(), policy, date(2026, 3, 1), record) == [
        ("graduation-term", Outcome.NOT_ACCEPTED)
    ]
    assert met(make_request(), policy, date(2025, 9, 30), record) == []


def test_an_earlier_correction_counts_where_the_overlay_says_so(make_request, make_record) -> None:
    request = make_request(field="id_number", new="11010519491231002X")
    record = make_record(corrected=frozenset({"name"}))

    assert met(request, find_policy("ouc-2016", ["hubei-2019"]), record=record) == [
        ("double-correction", Outcome.NOT_ACCEPTED)
    ]
    assert met(request, find_policy("ouc-2016", ["no-double-correction"]), record=record) == []
