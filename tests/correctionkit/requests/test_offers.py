from __future__ import annotations

from dataclasses import replace
from datetime import date
from itertools import product

import pytest

from correctionkit.policy.calendar import InForce
from correctionkit.policy.shelf import find_policy, overlay_ids, policy_ids
from correctionkit.requests.offers import Offer, offers
from correctionkit.requests.taken import check_taken, is_exceptional, is_taken

POLICY = find_policy("ouc-2016")
ON = date(2026, 11, 20)
FIVE = ("name", "gender", "id_number", "ethnicity", "entry_education")
SPRING_2026 = "2635001200114"


def told(found: tuple[Offer, ...]) -> list[tuple[str, str, bool, bool]]:
    return [(each.field, each.reason, each.exceptional, each.late) for each in found]


def test_an_enrolled_student_is_offered_changes_and_exceptional_entry_errors() -> None:
    assert told(offers(POLICY, "enrolled", ON)) == [
        (field, reason, reason == "entry_error", False)
        for field, reason in product(FIVE, ("change", "entry_error"))
    ]


def test_what_is_not_accepted_is_not_offered(make_record) -> None:
    assert {each.field for each in offers(POLICY, "graduated", ON)} == set(FIVE[:4])
    assert offers(find_policy("ouc-2016", ["windows-hebei"]), "enrolled", ON) == ()
    top_up = find_policy("ouc-2016", ["sichuan-top-up"])
    assert offers(top_up, "enrolled", ON, make_record(level="专升本")) == ()
    assert len(offers(top_up, "enrolled", ON, make_record(level="专科"))) == 10


def test_nothing_is_offered_after_the_last_day_on_which_it_is_accepted() -> None:
    until = InForce(until=ON)
    acceptances = tuple(replace(each, in_force=until) for each in POLICY.acceptances)
    policy = replace(POLICY, acceptances=acceptances)

    assert offers(policy, "enrolled", ON) == offers(POLICY, "enrolled", ON)
    assert offers(policy, "enrolled", date(2026, 11, 21)) == ()


def test_a_status_is_offered_what_the_one_is_that_it_is_judged_as() -> None:
    policy = find_policy("ouc-2021")

    assert told(offers(policy, "new", ON)) == told(offers(policy, "enrolled", ON))


@pytest.mark.parametrize(
    ("on", "number", "enrolled_on", "expected"),
    [
        pytest.param(date(2026, 7, 31), SPRING_2026, None, (False, False), id="the last day"),
        pytest.param(date(2026, 8, 1), SPRING_2026, None, (False, True), id="late by the number"),
        pytest.param(date(2026, 8, 1), "", None, (False, False), id="nothing known"),
        pytest.param(
            date(2026, 8, 1), SPRING_2026, date(2026, 3, 1), (True, False), id="late by the roll"
        ),
        pytest.param(
            date(2026, 8, 1),
            SPRING_2026,
            date(2026, 9, 1),
            (False, False),
            id="in time by the roll",
        ),
    ],
)
def test_the_roll_or_else_the_number_tells_what_is_late(
    make_record, on, number, enrolled_on, expected
) -> None:
    record = make_record(enrolled_on=enrolled_on) if enrolled_on else None

    found = offers(POLICY, "new", on, record, number=number)

    assert {(each.exceptional, each.late) for each in found} == {expected}
    assert len(found) == 10


def test_what_would_make_an_earlier_correction_double_is_not_offered(make_record) -> None:
    policy = find_policy("ouc-2016", ["hubei-2019"])
    renamed = make_record(corrected=frozenset({"name"}))

    fields = [
        {each.field for each in offers(policy, "enrolled", ON, record)}
        for record in (make_record(), renamed)
    ]

    assert fields[0] - fields[1] == {"id_number"}


def test_an_offer_carries_the_findings_of_such_a_request(make_request) -> None:
    (offer,) = (
        each
        for each in offers(POLICY, "enrolled", ON)
        if (each.field, each.reason) == ("name", "entry_error")
    )
    (asked,) = check_taken(make_request(reason="entry_error"), POLICY, ON)

    assert [(each.type, each.clause, each.params) for each in offer.findings] == [
        (asked.type, asked.clause, asked.params)
    ]


@pytest.mark.parametrize("name", policy_ids())
@pytest.mark.parametrize("overlay", [None, *overlay_ids()])
@pytest.mark.parametrize("on", [ON, date(2026, 3, 25)], ids=str)
def test_an_offer_and_a_request_are_judged_alike(make_request, name, overlay, on) -> None:
    policy = find_policy(name, [overlay] if overlay else [])
    rules = policy.on(on)
    expected = []
    for status in policy.statuses:
        for field, reason in product(policy.vocabulary.fields, policy.vocabulary.reasons):
            request = make_request(status=status, field=field, reason=reason)
            if is_taken(request, rules, on):
                expected.append((status, field, reason, is_exceptional(request, policy, on)))

    assert [
        (status, each.field, each.reason, each.exceptional)
        for status in policy.statuses
        for each in offers(policy, status, on, number="1335001209114")
    ] == expected
