from __future__ import annotations

from typing import Any

from correctionkit.policy.matrix import Standing, cell, cells, education_ranges
from correctionkit.policy.model import Overlay, Policy

Contents = dict[str, Any]


def standing(policy: Policy, status: str, field: str, reason: str) -> Standing:
    education = (10, 39) if field == "entry_education" else None
    return cell(policy, status, field, reason, education).standing


def test_a_policy_stands_to_requests_by_the_strictest_that_is_sure(small: Policy) -> None:
    assert {
        (status, field, reason): standing(small, status, field, reason)
        for status in ("new", "enrolled")
        for field in ("name", "gender")
        for reason in ("change", "entry_error")
    } == {
        ("new", "name", "change"): Standing.DEADLINE,
        ("new", "name", "entry_error"): Standing.DEADLINE,
        ("new", "gender", "change"): Standing.NEVER,
        ("new", "gender", "entry_error"): Standing.NEVER,
        ("enrolled", "name", "change"): Standing.ORDINARY,
        ("enrolled", "name", "entry_error"): Standing.NEVER,
        ("enrolled", "gender", "change"): Standing.NEVER,
        ("enrolled", "gender", "entry_error"): Standing.NEVER,
    }


def test_a_window_of_an_overlay_makes_a_deadline(small: Policy, narrower: Overlay) -> None:
    assert standing(small.narrowed_by(narrower), "enrolled", "name", "change") is Standing.DEADLINE


def test_ranges_of_education_end_where_a_rule_does(small: Policy) -> None:
    assert education_ranges(small) == ((10, 39), (40, 99))
    assert education_ranges() == ((10, 99),)


def test_there_is_a_cell_for_each_status_field_reason_and_range(small: Policy) -> None:
    laid_out = [(each.status, each.field, each.reason, each.education) for each in cells(small)]

    assert len(laid_out) == len(set(laid_out)) == 2 * (5 + 2) * 2
    assert laid_out[0] == ("new", "name", "change", None)


def test_what_is_not_taken_needs_nothing(small: Policy) -> None:
    found = cell(small, "new", "gender", "change", None)

    assert (found.acceptance, found.limits, found.requirement.kinds) == (None, (), frozenset())
