from __future__ import annotations

import copy
from collections.abc import Callable
from typing import Any

import pytest

from correctionkit.policy.chains import Kind, Step
from correctionkit.policy.model import Overlay, Policy
from correctionkit.policy.reading import policy_of
from correctionkit.policy.shelf import shared_vocabulary
from correctionkit.policy.vocabulary import Level, Term
from correctionkit.terms import Act, Words

Contents = dict[str, Any]
MistakesOf = Callable[[Contents], list[tuple[str, str, str]]]

LEVELS = "branch, centre, headquarters"
ROLES = "administrator, auditor, clerk, consenting, head, president, registrar, reviewer"


def test_kinds_are_read_whole(small: Policy) -> None:
    one, two = small.clauses["one"], small.clauses["two"]

    assert dict(small.kinds) == {
        "correction": Kind(
            id="correction",
            label=Words("Correction", "修改"),
            sheet="branch",
            reverses=False,
            steps=(
                Step(Act.CONSENT, "consenting", "centre", False, two),
                Step(Act.SIGN_OFF, "head", "branch", False, one),
                Step(Act.SIGN_OFF, "president", "branch", True, two),
                Step(Act.DECIDE, "reviewer", "headquarters", False, two),
            ),
            clause=two,
        ),
        "reversal": Kind(
            id="reversal",
            label=Words("Reversal", "撤销"),
            sheet=None,
            reverses=True,
            steps=(
                Step(Act.REPORT, "registrar", "headquarters", False, two),
                Step(Act.DECIDE, "reviewer", "headquarters", False, two),
            ),
            clause=two,
        ),
    }


def test_exceptional_cases_alone_take_the_exceptional_steps(small: Policy) -> None:
    kind = small.kinds["correction"]

    assert [step.role for step in kind.chain(exceptional=False)] == [
        "consenting",
        "head",
        "reviewer",
    ]
    assert kind.chain(exceptional=True) == kind.steps


def test_a_policy_needs_no_kinds(policy_content: Contents, mistakes_of: MistakesOf) -> None:
    del policy_content["kind"]

    assert mistakes_of(policy_content) == []


def test_an_overlay_leaves_the_kinds_as_they_are(small: Policy, narrower: Overlay) -> None:
    assert small.narrowed_by(narrower).kinds == small.kinds


@pytest.mark.parametrize(
    ("at", "key", "value", "expected"),
    [
        (None, "sheet", "school", ("kind[1]", "sheet", f"“school” is not one of: {LEVELS}")),
        (None, "clause", "four", ("kind[1]", "clause", "“four” is not one of: one, two")),
        (None, "clause", ..., ("kind[1]", "clause", "is missing")),
        (None, "zh", ..., ("kind[1]", "zh", "is missing")),
        (None, "step", ..., ("kind[1]", "step", "is missing")),
        (None, "step", [], ("kind[1]", "step", "must not be empty")),
        (None, "colour", "red", ("kind[1]", "colour", "is not a known key")),
        (None, "id", "reversal", ("kind[2]", "id", "'reversal' stands twice")),
        (None, "reverses", "yes", ("kind[1]", "reverses", "must be true or false")),
        (
            1,
            "act",
            "apply",
            (
                "kind[1].step[2]",
                "act",
                "“apply” is not one of: consent, decide, report, sign_off",
            ),
        ),
        (1, "act", ..., ("kind[1].step[2]", "act", "is missing")),
        (1, "role", "boss", ("kind[1].step[2]", "role", f"“boss” is not one of: {ROLES}")),
        (1, "level", "moon", ("kind[1].step[2]", "level", f"“moon” is not one of: {LEVELS}")),
        (1, "clause", "four", ("kind[1].step[2]", "clause", "“four” is not one of: one, two")),
        (2, "exceptional", 1, ("kind[1].step[3]", "exceptional", "must be true or false")),
        (3, "when", "late", ("kind[1].step[4]", "when", "is not a known key")),
    ],
)
def test_one_wrong_key_of_a_chain_is_one_mistake(
    policy_content: Contents,
    mistakes_of: MistakesOf,
    at: int | None,
    key: str,
    value: Any,
    expected: tuple[str, str, str],
) -> None:
    kind = policy_content["kind"][0]
    row = kind if at is None else kind["step"][at]
    if value is ...:
        del row[key]
    else:
        row[key] = value

    assert mistakes_of(policy_content) == [expected]


def test_a_policy_has_roles_and_levels_of_its_own(policy_content: Contents) -> None:
    content = copy.deepcopy(policy_content)
    content["role"] = [{"id": "dean", "en": "dean", "zh": "院长"}]
    content["level"] = [{"id": "school", "en": "school", "zh": "学校", "rank": 3}]
    content["kind"][0] |= {"sheet": "school"}
    content["kind"][0]["step"][1] |= {"role": "dean", "level": "school"}

    policy = policy_of(content, "f.toml", shared_vocabulary())

    assert policy.vocabulary.roles["dean"] == Term("dean", Words("dean", "院长"), ())
    assert policy.vocabulary.levels["school"] == Level("school", Words("school", "学校"), (), 3)
    assert policy.kinds["correction"].sheet == "school"


def test_the_shared_roles_and_levels() -> None:
    shared = shared_vocabulary()

    assert {each.id: each.label.zh for each in shared.roles.values()} == {
        "clerk": "经办人",
        "head": "学籍主管",
        "president": "主管校长",
        "consenting": "同意单位",
        "reviewer": "审核员",
        "registrar": "学籍科",
        "auditor": "审计员",
        "administrator": "系统管理员",
    }
    assert {each.id: (each.rank, each.label.zh) for each in shared.levels.values()} == {
        "headquarters": (0, "总部"),
        "branch": (1, "分部"),
        "centre": (2, "学习中心"),
    }
