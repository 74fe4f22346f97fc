from __future__ import annotations

from typing import Any

import pytest

from correctionkit.policy.calendar import MonthDay, Semester
from correctionkit.policy.diff import Difference, Documents, Part, Subject, differences
from correctionkit.policy.matrix import Standing
from correctionkit.policy.model import Overlay, Policy
from correctionkit.policy.reading import policy_of
from correctionkit.policy.shelf import find_policy, shared_vocabulary

Contents = dict[str, Any]


def read(content: Contents) -> Policy:
    return policy_of(content, "f.toml", shared_vocabulary())


def documents(*all_of: str, one_of: tuple[str, ...] = ()) -> Documents:
    return Documents(frozenset(all_of), frozenset(one_of))


def test_a_policy_does_not_differ_from_itself(small: Policy, policy_content: Contents) -> None:
    assert differences(small, read(policy_content)) == ()


@pytest.mark.parametrize(
    ("row", "key", "value", "expected"),
    [
        ("package", "mixed_reasons", False, Difference(Part.PACKAGE, "mixed_reasons", True, False)),
        ("package", "max_entries", 99, Difference(Part.PACKAGE, "max_entries", 100, 99)),
        ("scan", "min_dpi", 300, Difference(Part.SCAN, "min_dpi", 200, 300)),
        ("table", "max_rows", 11, Difference(Part.TABLE, "max_rows", 10, 11)),
        ("table", "name_characters", 60, Difference(Part.TABLE, "name_characters", 50, 60)),
    ],
)
def test_a_bound_differs_as_its_two_values(
    small: Policy, policy_content: Contents, row: str, key: str, value: Any, expected: Difference
) -> None:
    policy_content[row][key] = value

    assert differences(small, read(policy_content)) == (expected,)
    assert differences(read(policy_content), small) == (
        Difference(expected.part, expected.key, expected.after, expected.before),
    )


def test_documents_differ_for_each_request_that_needs_them(
    small: Policy, policy_content: Contents
) -> None:
    policy_content["evidence"][0]["all_of"] = ["diploma"]

    assert differences(small, read(policy_content)) == (
        Difference(
            Part.EVIDENCE,
            Subject("new", "name", "change", None),
            documents("id_card", one_of=("household_register", "police_change_certificate")),
            documents("diploma", one_of=("household_register", "police_change_certificate")),
        ),
        Difference(
            Part.EVIDENCE,
            Subject("enrolled", "name", "change", None),
            documents(
                "id_card",
                "enrolment_form",
                one_of=("household_register", "police_change_certificate"),
            ),
            documents(
                "diploma",
                "enrolment_form",
                one_of=("household_register", "police_change_certificate"),
            ),
        ),
    )


def test_the_order_of_documents_is_no_difference(small: Policy, policy_content: Contents) -> None:
    policy_content["evidence"][0]["one_of"].reverse()

    assert differences(small, read(policy_content)) == ()


def test_a_range_of_education_differs_where_the_two_part(
    small: Policy, policy_content: Contents
) -> None:
    policy_content["evidence"][1]["education"]["to"] = 29

    found = differences(small, read(policy_content))

    assert {(each.part, each.key.education) for each in found if isinstance(each.key, Subject)} == {
        (Part.EVIDENCE, (30, 39))
    }
    assert len(found) == 3


def test_what_is_no_longer_taken_needs_no_documents(
    small: Policy, policy_content: Contents
) -> None:
    policy_content["accept"][0]["fields"] = ["entry_education"]
    del policy_content["evidence"][0]

    found = differences(small, read(policy_content))

    assert [each for each in found if each.key == Subject("new", "name", "change", None)] == [
        Difference(
            Part.STANDING,
            Subject("new", "name", "change", None),
            Standing.DEADLINE,
            Standing.NEVER,
        ),
        Difference(
            Part.EVIDENCE,
            Subject("new", "name", "change", None),
            documents("id_card", one_of=("household_register", "police_change_certificate")),
            None,
        ),
    ]


def test_a_limit_differs_as_a_whole(small: Policy, policy_content: Contents) -> None:
    policy_content["limit"][1]["outcome"] = "exceptional"
    other = read(policy_content)

    of_limits = [each for each in differences(small, other) if each.part is Part.LIMIT]

    assert [(each.before, each.after) for each in of_limits] == [(small.limits[1], other.limits[1])]


def test_rows_differ_as_rows(small: Policy, policy_content: Contents) -> None:
    policy_content["semester"][0]["ends"] = "07-15"
    policy_content["column"][1]["headings"] = ["学生姓名"]
    policy_content["report_kind"][0]["zh"] = "书面报告"
    policy_content["number"][0]["categories"] = ["012", "014"]
    other = read(policy_content)

    assert differences(small, other) == (
        Difference(
            Part.SEMESTER,
            "spring",
            Semester("spring", MonthDay(3, 1), MonthDay(7, 31)),
            Semester("spring", MonthDay(3, 1), MonthDay(7, 15)),
        ),
        Difference(
            Part.NUMBER,
            "student_number",
            small.numbers["student_number"],
            other.numbers["student_number"],
        ),
        Difference(Part.COLUMN, "name", small.columns[1], other.columns[1]),
        Difference(Part.REPORT, "ordinary", small.reports[0], other.reports[0]),
    )


def test_a_clause_differs_with_the_limits_that_rest_on_it(
    small: Policy, policy_content: Contents
) -> None:
    policy_content["clause"][1]["zh"] = "第2款"
    other = read(policy_content)

    found = differences(small, other)

    assert [(each.before, each.after) for each in found] == [
        (small.limits[0], other.limits[0]),
        (small.clauses["two"], other.clauses["two"]),
    ]


def test_a_chain_differs_as_its_kind_whatever_it_rests_on(
    small: Policy, policy_content: Contents
) -> None:
    policy_content["kind"][0]["clause"] = "one"
    assert differences(small, read(policy_content)) == ()

    policy_content["kind"][0]["step"][1]["role"] = "registrar"
    (found,) = differences(small, read(policy_content))

    assert (found.part, found.key) == (Part.KIND, "correction")
    assert [[step.role for step in kind.steps] for kind in (found.before, found.after)] == [
        ["consenting", "head", "president", "reviewer"],
        ["consenting", "registrar", "president", "reviewer"],
    ]


@pytest.mark.parametrize(
    ("row", "keys"),
    [
        ("role", {"id": "head", "en": "dean", "zh": "院长"}),
        ("level", {"id": "branch", "en": "branch", "zh": "分部", "rank": 3}),
    ],
)
def test_roles_and_levels_differ_as_terms(
    small: Policy, policy_content: Contents, row: str, keys: Contents
) -> None:
    policy_content[row] = [keys]

    found = differences(small, read(policy_content))

    assert [(each.part, each.key) for each in found] == [(Part.TERM, keys["id"])]


def test_the_order_of_columns_is_a_difference(small: Policy, policy_content: Contents) -> None:
    columns = policy_content["column"]
    columns[1], columns[2] = columns[2], columns[1]

    assert differences(small, read(policy_content)) == (
        Difference(
            Part.COLUMN,
            "order",
            ("number", "name", "field", "new", "reason", "change_date"),
            ("number", "field", "name", "new", "reason", "change_date"),
        ),
    )


def test_an_overlay_shows_as_what_it_adds(small: Policy, narrower: Overlay) -> None:
    found = differences(small, small.narrowed_by(narrower))

    assert {each.part for each in found if each.before is None} == {
        Part.LIMIT,
        Part.OVERLAY,
        Part.TERM,
        Part.CLAUSE,
    }
    assert all(
        each.after.all_of - each.before.all_of == {"approval"}
        for each in found
        if each.part is Part.EVIDENCE
    )


def test_the_change_of_august_2021() -> None:
    found = differences(find_policy("ouc-2016"), find_policy("ouc-2021"))
    standings = {
        each.key: (each.before, each.after) for each in found if each.part is Part.STANDING
    }

    assert {
        (key.status, key.field): change
        for key, change in standings.items()
        if isinstance(key, Subject) and key.reason == "entry_error"
    } == {
        **{
            ("enrolled", field): (Standing.EXCEPTIONAL, Standing.DEADLINE)
            for field in ("name", "gender", "id_number", "ethnicity")
        },
        ("new", "birth_date"): (Standing.NEVER, Standing.DEADLINE),
        ("enrolled", "birth_date"): (Standing.NEVER, Standing.DEADLINE),
        ("graduated", "birth_date"): (Standing.NEVER, Standing.EXCEPTIONAL),
        ("new", "entry_education"): (Standing.DEADLINE, Standing.NEVER),
        ("enrolled", "entry_education"): (Standing.EXCEPTIONAL, Standing.NEVER),
    }
    assert Difference(Part.PACKAGE, "mixed_reasons", True, False) in found
    assert not {each.part for each in found} & {
        Part.SCAN,
        Part.TABLE,
        Part.COLUMN,
        Part.ROLL_COLUMN,
        Part.NUMBER,
        Part.SEMESTER,
        Part.REPORT,
    }
