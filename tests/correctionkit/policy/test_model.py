from __future__ import annotations

import copy
from datetime import date
from typing import Any

import pytest

from correctionkit.policy.model import Overlay, Policy
from correctionkit.policy.reading import policy_of
from correctionkit.policy.shelf import shared_vocabulary
from correctionkit.terms import Words

Contents = dict[str, Any]


def read(content: Contents) -> Policy:
    return policy_of(content, "f.toml", shared_vocabulary())


def needed(
    policy: Policy, status: str, field: str, reason: str, education: int | None = None
) -> tuple[list[tuple[str, str]], tuple[str, ...], str | None]:
    found = policy.requirement(status, field, reason, education)
    clause = found.one_of_clause
    return (
        [(kind, clause.id) for kind, clause in found.all_of],
        found.one_of,
        clause.id if clause else None,
    )


def test_the_first_row_that_fits_says_what_is_needed(small: Policy) -> None:
    assert needed(small, "new", "name", "change") == (
        [("id_card", "one")],
        ("household_register", "police_change_certificate"),
        "one",
    )


def test_rows_that_add_hold_besides(small: Policy) -> None:
    assert needed(small, "enrolled", "name", "entry_error") == (
        [("id_card", "two"), ("enrolment_form", "one")],
        (),
        None,
    )


@pytest.mark.parametrize(
    ("education", "kind"),
    [
        (9, "id_card"),
        (10, "register_lookup"),
        (39, "register_lookup"),
        (40, "id_card"),
        (None, "id_card"),
    ],
)
def test_a_range_of_education_holds_to_both_its_ends(
    small: Policy, education: int | None, kind: str
) -> None:
    found = small.requirement("new", "entry_education", "change", education)

    assert [each for each, _ in found.all_of] == [kind]


def test_every_kind_of_a_requirement_serves(small: Policy) -> None:
    assert small.requirement("new", "name", "change").kinds == {
        "id_card",
        "household_register",
        "police_change_certificate",
    }


def test_requests_are_taken_where_a_row_says_so(small: Policy) -> None:
    assert small.accepts("new", "name", "change") == small.acceptances[0]
    assert small.accepts("new", "gender", "change") is None


def test_a_clause_is_found_by_the_code_that_rests_on_it(small: Policy) -> None:
    assert small.clause_for("evidence-missing") == Words("Item 1", "第1条")
    assert small.clause_for("scan-blank") is None


def test_a_table_has_the_headings_of_its_own_number(small: Policy) -> None:
    assert [column.headings for column in small.columns_of("new")][:2] == [("学号",), ("姓名",)]
    assert small.key_of("new").id == "student_number"


def test_rows_of_their_own_dates_hold_on_those_days_only(policy_content: Contents) -> None:
    late = copy.deepcopy(policy_content["evidence"][2])
    late |= {"all_of": ["diploma"], "in_force": {"from": date(2023, 9, 1)}}
    policy_content["evidence"][2]["in_force"] = {"until": date(2023, 8, 31)}
    policy_content["evidence"].append(late)
    policy = read(policy_content)

    assert [
        needed(policy.on(day), "new", "name", "entry_error")[0]
        for day in (date(2023, 8, 31), date(2023, 9, 1))
    ] == [[("id_card", "two")], [("diploma", "two")]]


def test_a_policy_that_was_named_judges_whatever_its_own_dates(small: Policy) -> None:
    assert small.on(date(2000, 1, 1)) == small


def test_an_overlay_adds_and_takes_nothing_back(small: Policy, narrower: Overlay) -> None:
    narrowed = small.narrowed_by(narrower)

    assert needed(narrowed, "new", "name", "change") == (
        [("id_card", "one"), ("approval", "three")],
        ("household_register", "police_change_certificate"),
        "one",
    )
    assert narrowed.limits == (*small.limits, *narrower.limits)
    assert narrowed.acceptances == small.acceptances
    assert narrowed.overlays == (narrower.heading,)
    assert "approval" in narrowed.vocabulary.kinds
    assert narrowed.clauses["three"].words == Words("Item 3", "第3条")
    assert small.overlays == ()
