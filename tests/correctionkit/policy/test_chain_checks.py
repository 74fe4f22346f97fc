from __future__ import annotations

import copy
import re
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

Contents = dict[str, Any]
MistakesOf = Callable[[Contents], list[tuple[str, str, str]]]

ORDER = "the order is: sign_off and consent, then report, then decide"
UNDECIDED = "nobody decides an ordinary case: add a step decide without exceptional"
UNSIGNED = (
    "nobody signs the sheet of an ordinary case: "
    "add a step sign_off without exceptional, or leave out sheet"
)
UNFILED = (
    "without a sheet nothing files an ordinary case: "
    "add a step report without exceptional, or name the level of the sheet"
)
TWICE_FILED = "the signed sheet files the request: leave out this step, or sheet"
REPORTED = "a request is reported once: leave out this step"

ACTS = {"s": "sign_off", "c": "consent", "r": "report", "d": "decide"}


def put_chain(content: Contents, steps: str, *, sheet: bool) -> Contents:
    """Give the first kind these steps by their initials, capitals for exceptional ones."""
    kind = content["kind"][0]
    kind["step"] = [
        {
            "act": ACTS[each.lower()],
            "role": "head",
            "level": "branch",
            "exceptional": each.isupper(),
        }
        for each in steps
    ]
    if not sheet:
        kind.pop("sheet", None)
    return content


@pytest.mark.parametrize("steps", ["sd", "csd", "sscSdd", "sSdD", "Csd", "scdDd"])
def test_a_chain_with_a_sheet_signs_and_decides(
    policy_content: Contents, mistakes_of: MistakesOf, steps: str
) -> None:
    assert mistakes_of(put_chain(policy_content, steps, sheet=True)) == []


@pytest.mark.parametrize("steps", ["rd", "srd", "cSrdD", "ssrddd"])
def test_a_chain_without_a_sheet_reports_and_decides(
    policy_content: Contents, mistakes_of: MistakesOf, steps: str
) -> None:
    assert mistakes_of(put_chain(policy_content, steps, sheet=False)) == []


@pytest.mark.parametrize(
    ("steps", "sheet", "expected"),
    [
        ("ds", True, [("kind[1].step[2]", "act", f"sign_off cannot follow decide; {ORDER}")]),
        ("sdC", True, [("kind[1].step[3]", "act", f"consent cannot follow decide; {ORDER}")]),
        ("rsd", False, [("kind[1].step[2]", "act", f"sign_off cannot follow report; {ORDER}")]),
        (
            "drs",
            False,
            [
                ("kind[1].step[2]", "act", f"report cannot follow decide; {ORDER}"),
                ("kind[1].step[3]", "act", f"sign_off cannot follow decide; {ORDER}"),
            ],
        ),
        ("s", True, [("kind[1]", "step", UNDECIDED)]),
        ("sD", True, [("kind[1]", "step", UNDECIDED)]),
        ("d", True, [("kind[1]", "step", UNSIGNED)]),
        ("Scd", True, [("kind[1]", "step", UNSIGNED)]),
        ("srd", True, [("kind[1].step[2]", "act", TWICE_FILED)]),
        ("sRd", True, [("kind[1].step[2]", "act", TWICE_FILED)]),
        ("sd", False, [("kind[1]", "step", UNFILED)]),
        ("sRd", False, [("kind[1]", "step", UNFILED)]),
        ("rrd", False, [("kind[1].step[2]", "act", REPORTED)]),
        ("rRd", False, [("kind[1].step[2]", "act", REPORTED)]),
    ],
)
def test_a_chain_that_cannot_be_walked_says_what_to_do(
    policy_content: Contents,
    mistakes_of: MistakesOf,
    steps: str,
    sheet: bool,
    expected: list[tuple[str, str, str]],
) -> None:
    assert mistakes_of(put_chain(policy_content, steps, sheet=sheet)) == expected


@given(steps=st.text("scrdSCRD", min_size=1, max_size=6), sheet=st.booleans())
@settings(
    deadline=None, max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_a_chain_is_sound_where_both_its_cases_can_be_walked(
    policy_content: Contents, mistakes_of: MistakesOf, steps: str, sheet: bool
) -> None:
    ordinary = "".join(each for each in steps if each.islower())
    walked = re.compile("[sc]*d+" if sheet else "[sc]*rd+")
    sound = all(walked.fullmatch(case) for case in (ordinary, steps.lower()))
    if sheet:
        sound = sound and "s" in ordinary

    content = put_chain(copy.deepcopy(policy_content), steps, sheet=sheet)

    assert (mistakes_of(content) == []) is sound


def test_only_one_kind_reverses(policy_content: Contents, mistakes_of: MistakesOf) -> None:
    policy_content["kind"][0]["reverses"] = True

    assert mistakes_of(policy_content) == [
        ("kind[2]", "reverses", "correction reverses already; only one kind does")
    ]
