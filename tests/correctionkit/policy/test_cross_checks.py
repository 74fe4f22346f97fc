from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

Contents = dict[str, Any]
MistakesOf = Callable[[Contents], list[tuple[str, str, str]]]


OWN_NUMBER = 'the column number, and no other, has the headings ["{number}"]'


def add(content: Contents, row: str, **keys: Any) -> None:
    content.setdefault(row, []).append(keys)


def test_sound_rows_fit_each_other(
    policy_content: Contents, overlay_content: Contents, mistakes_of: MistakesOf
) -> None:
    assert mistakes_of(policy_content) == []
    assert mistakes_of(overlay_content) == []


def test_a_request_that_is_taken_must_have_evidence(
    policy_content: Contents, mistakes_of: MistakesOf
) -> None:
    del policy_content["evidence"][2]

    assert mistakes_of(policy_content) == [
        ("evidence", "", f"no row says which documents are needed: {which}")
        for which in (
            "new, name, entry_error",
            "new, entry_education, change, codes 40 to 99",
            "new, entry_education, entry_error, codes 40 to 99",
            "enrolled, name, entry_error",
            "enrolled, entry_education, change, codes 40 to 99",
            "enrolled, entry_education, entry_error, codes 40 to 99",
        )
    ]


def test_evidence_must_be_stated_for_every_day(
    policy_content: Contents, mistakes_of: MistakesOf
) -> None:
    policy_content["accept"][0]["fields"] = ["name"]
    del policy_content["evidence"][1]
    policy_content["evidence"][1]["in_force"] = {"until": date(2023, 8, 31)}

    assert mistakes_of(policy_content) == [
        ("evidence", "", f"no row says which documents are needed: {which}, from 2023-09-01")
        for which in ("new, name, entry_error", "enrolled, name, entry_error")
    ]


def test_rows_of_one_time_after_another_are_all_reached(
    policy_content: Contents, mistakes_of: MistakesOf
) -> None:
    former = policy_content["evidence"][2]
    add(policy_content, "evidence", all_of=["id_card", "diploma"], clause="one")
    former["in_force"] = {"until": date(2023, 8, 31)}

    assert mistakes_of(policy_content) == []


def test_a_row_behind_one_that_always_holds_is_never_reached(
    policy_content: Contents, mistakes_of: MistakesOf
) -> None:
    add(policy_content, "evidence", fields=["name"], all_of=["diploma"], clause="one")

    assert mistakes_of(policy_content) == [
        (
            "evidence[5]",
            "",
            "never holds: an earlier row does, or no such request is accepted",
        )
    ]


def test_a_limit_on_what_is_not_taken_is_never_reached(
    policy_content: Contents, mistakes_of: MistakesOf
) -> None:
    policy_content["limit"][1]["fields"] = ["gender"]

    assert mistakes_of(policy_content) == [
        ("limit[2]", "", "never holds: an earlier row does, or no such request is accepted")
    ]


def test_a_status_that_is_judged_as_another_is_named_by_no_rule(
    policy_content: Contents, mistakes_of: MistakesOf
) -> None:
    policy_content["status"][0]["judged_as"] = "enrolled"

    assert mistakes_of(policy_content) == [
        ("accept[1]", "statuses", "new is judged as enrolled: name that"),
        ("limit[1]", "statuses", "new is judged as enrolled: name that"),
        ("limit[1]", "", "never holds: an earlier row does, or no such request is accepted"),
    ]


def test_a_status_is_judged_as_one_that_stands_for_itself(
    policy_content: Contents, mistakes_of: MistakesOf
) -> None:
    policy_content["status"][0]["judged_as"] = "enrolled"
    policy_content["status"][1]["judged_as"] = "new"

    assert ("status[1]", "judged_as", "enrolled is itself judged as another status") in mistakes_of(
        policy_content
    )


@pytest.mark.parametrize("key", ["table", "title"])
def test_two_statuses_cannot_share_a_table(
    policy_content: Contents, mistakes_of: MistakesOf, key: str
) -> None:
    text = policy_content["status"][0][key]
    policy_content["status"][1][key] = text

    assert mistakes_of(policy_content) == [("status[2]", key, f"“{text}” is that of new too")]


@pytest.mark.parametrize(
    ("keys", "expected"),
    [
        (
            {"id": "former_name", "en": "former name", "zh": "姓 名", "value": "name"},
            ("field", "aliases", "“姓 名” could be name or former_name"),
        ),
        (
            {
                "id": "former_name",
                "en": "former name",
                "zh": "曾用名",
                "value": "name",
                "aliases": ["ＮＡＭＥ"],
            },
            ("field", "aliases", "“ＮＡＭＥ” could be name or former_name"),
        ),
    ],
)
def test_no_word_means_two_fields(
    policy_content: Contents,
    mistakes_of: MistakesOf,
    keys: Contents,
    expected: tuple[str, str, str],
) -> None:
    add(policy_content, "field", **keys)

    assert mistakes_of(policy_content) == [expected]


@pytest.mark.parametrize("stem", ["户口簿", "身份证正面", "身份证"])
def test_no_file_name_means_two_kinds(
    policy_content: Contents, mistakes_of: MistakesOf, stem: str
) -> None:
    add(policy_content, "evidence_kind", id="paper", en="paper", zh="材料", aliases=[stem])

    (mistake,) = mistakes_of(policy_content)
    assert mistake[:2] == ("evidence_kind", "aliases")
    assert mistake[2].endswith("or paper")


@pytest.mark.parametrize(
    ("pattern", "faults"),
    [
        (
            "[0-9]{13}",
            [
                "has no group category, which categories needs",
                "has no group year, serial, which autumn_serial_from needs",
            ],
        ),
        (
            "(?P<year>[0-9]{2})(?P<category>[0-9]{3})[0-9]{8}",
            ["has no group serial, which autumn_serial_from needs"],
        ),
    ],
)
def test_a_pattern_has_the_groups_that_its_settings_need(
    policy_content: Contents, mistakes_of: MistakesOf, pattern: str, faults: list[str]
) -> None:
    policy_content["number"][0]["pattern"] = pattern

    assert mistakes_of(policy_content) == [("number[1]", "pattern", fault) for fault in faults]


def test_a_pattern_without_such_settings_needs_no_groups(
    policy_content: Contents, mistakes_of: MistakesOf
) -> None:
    number = policy_content["number"][0]
    number["pattern"] = "[0-9]{13}"
    del number["categories"], number["autumn_serial_from"]

    assert mistakes_of(policy_content) == []


@pytest.mark.parametrize("place", range(5))
def test_a_table_without_a_column_that_every_check_needs_is_a_mistake(
    policy_content: Contents, mistakes_of: MistakesOf, place: int
) -> None:
    gone = policy_content["column"].pop(place)["id"]

    assert mistakes_of(policy_content) == [("column", "id", f"there is no column {gone}")]


@pytest.mark.parametrize(
    ("place", "key", "value", "expected"),
    [
        (
            0,
            "headings",
            ["学号"],
            (
                "column[1]",
                "headings",
                OWN_NUMBER,
            ),
        ),
        (
            1,
            "headings",
            ["{number}"],
            (
                "column[2]",
                "headings",
                OWN_NUMBER,
            ),
        ),
        (0, "needed", False, ("column[1]", "needed", "the column number must be needed")),
        (1, "optional", True, ("column[2]", "optional", "is both needed and optional")),
        (2, "headings", ["姓　名"], ("column[3]", "headings", "“姓　名” is a heading of name too")),
        (2, "headings", ["学号"], ("column[3]", "headings", "“学号” is a heading of number too")),
        (5, "id", "new", ("column[6]", "id", "“new” stands twice")),
    ],
)
def test_columns_are_told_apart(
    policy_content: Contents,
    mistakes_of: MistakesOf,
    place: int,
    key: str,
    value: Any,
    expected: tuple[str, str, str],
) -> None:
    policy_content["column"][place][key] = value

    assert expected in mistakes_of(policy_content)


def test_columns_of_the_roll_are_those_that_code_asks_for(
    policy_content: Contents, mistakes_of: MistakesOf
) -> None:
    add(policy_content, "roll_column", id="enroled_on", headings=["入学"])

    (mistake,) = mistakes_of(policy_content)
    assert mistake[:2] == ("roll_column[3]", "id")
    assert mistake[2].startswith("“enroled_on” is not one of: birth_date, branch, ")


def test_the_roll_has_the_number_by_which_students_are_found(
    policy_content: Contents, mistakes_of: MistakesOf
) -> None:
    del policy_content["roll_column"][0]

    assert mistakes_of(policy_content) == [
        ("roll_column", "id", f"there is no column student_number, by which {status} is found")
        for status in ("new", "enrolled")
    ]


def test_semesters_do_not_stand_twice_or_overlap(
    policy_content: Contents, mistakes_of: MistakesOf
) -> None:
    policy_content["semester"][1] |= {"season": "spring", "ends": "03-01"}

    assert mistakes_of(policy_content) == [
        ("semester[2]", "season", "“spring” stands twice"),
        ("semester[2]", "starts", "overlaps another semester"),
        ("limit[1]", "kind", "needs semesters that the policy has not: autumn"),
    ]


def test_a_limit_of_semesters_needs_semesters(
    policy_content: Contents, mistakes_of: MistakesOf
) -> None:
    del policy_content["semester"]

    assert mistakes_of(policy_content) == [
        ("limit[1]", "kind", "needs semesters that the policy has not: autumn, spring")
    ]


@pytest.mark.parametrize(
    ("limit", "language", "text", "known"),
    [
        (0, "zh", "已于 {date} 截止", "{basis}, {deadline}, {season}, {year}"),
        (0, "en", "over {deadline", "{basis}, {deadline}, {season}, {year}"),
        (1, "en", "over since {deadline}", "none"),
        (1, "en", "over }", "none"),
    ],
)
def test_the_words_of_a_rule_hold_only_what_the_finding_knows(
    policy_content: Contents,
    mistakes_of: MistakesOf,
    limit: int,
    language: str,
    text: str,
    known: str,
) -> None:
    policy_content["limit"][limit]["rule"][language] = text

    assert mistakes_of(policy_content) == [
        (
            f"limit[{limit + 1}].rule",
            language,
            f"holds parts that are not known here; known: {known}",
        )
    ]


def test_only_educations_are_narrowed_by_education(
    policy_content: Contents, mistakes_of: MistakesOf
) -> None:
    policy_content["evidence"][1]["fields"] = ["entry_education", "name"]

    assert mistakes_of(policy_content) == [
        (
            "evidence[2]",
            "education",
            "only rows whose fields are all educations are narrowed by education",
        )
    ]


@pytest.mark.parametrize(
    ("row", "keys", "expected"),
    [
        (
            "package",
            {"platforms": ["国开平台"]},
            ("package", "platforms", "platforms and {platform} in the subject go together"),
        ),
        (
            "package",
            {"subject": "{unit}{platform}"},
            ("package", "platforms", "platforms and {platform} in the subject go together"),
        ),
        (
            "package",
            {"subject": "{unit}{reason}"},
            ("package", "subject", "names one reason, but packages may hold several"),
        ),
        (
            "package",
            {"max_entry_bytes": 1001},
            ("package", "max_entry_bytes", "is more than max_bytes allows (1000)"),
        ),
        (
            "scan",
            {"max_bytes": 501},
            ("scan", "max_bytes", "is more than package max_entry_bytes allows (500)"),
        ),
    ],
)
def test_what_is_said_of_packages_does_not_contradict_itself(
    policy_content: Contents,
    mistakes_of: MistakesOf,
    row: str,
    keys: Contents,
    expected: tuple[str, str, str],
) -> None:
    policy_content[row] |= keys

    assert mistakes_of(policy_content) == [expected]


def test_bounds_may_be_equal(policy_content: Contents, mistakes_of: MistakesOf) -> None:
    policy_content["package"]["max_entry_bytes"] = 1000
    policy_content["scan"]["max_bytes"] = 1000

    assert mistakes_of(policy_content) == []


def test_no_paper_stands_twice(policy_content: Contents, mistakes_of: MistakesOf) -> None:
    policy_content["report_kind"] *= 2

    assert mistakes_of(policy_content) == [("report_kind[2]", "id", "“ordinary” stands twice")]


def test_an_overlay_only_adds_documents(overlay_content: Contents, mistakes_of: MistakesOf) -> None:
    overlay_content["evidence"][0]["adds"] = False

    assert mistakes_of(overlay_content) == [
        ("evidence[1]", "adds", "an overlay may only add documents: adds = true")
    ]


@pytest.mark.parametrize(
    ("row", "keys"),
    [
        ("clause", {"id": "one", "en": "Another", "zh": "其他"}),
        ("evidence_kind", {"id": "id_card", "en": "ID card", "zh": "身份证"}),
        ("field", {"id": "name", "en": "name", "zh": "姓名", "value": "gender"}),
        ("reason", {"id": "change", "en": "change", "zh": "改名"}),
        ("role", {"id": "head", "en": "anyone", "zh": "任何人"}),
        ("level", {"id": "branch", "en": "branch", "zh": "分部", "rank": 0}),
    ],
)
def test_an_overlay_changes_no_row_of_the_policy(
    overlay_content: Contents, mistakes_of: MistakesOf, row: str, keys: Contents
) -> None:
    add(overlay_content, row, **keys)
    number = len(overlay_content[row])

    assert mistakes_of(overlay_content) == [
        (
            f"{row}[{number}]",
            "id",
            f"“{keys['id']}” is a row of the policy; an overlay cannot change it",
        )
    ]


def test_an_overlay_may_rest_on_the_semesters_of_the_policy(
    overlay_content: Contents, mistakes_of: MistakesOf
) -> None:
    overlay_content["limit"][0] = {
        "kind": "graduation-term",
        "outcome": "not-accepted",
        "clause": "one",
        "rule": {"en": "no", "zh": "否"},
    }

    assert mistakes_of(overlay_content) == []


def test_an_overlay_has_no_parts_of_a_policy(
    overlay_content: Contents, mistakes_of: MistakesOf
) -> None:
    add(overlay_content, "accept", fields=["birth_date"])

    assert mistakes_of(overlay_content) == [("", "accept", "is not a known key")]


def test_an_overlay_changes_no_chain(
    overlay_content: Contents, policy_content: Contents, mistakes_of: MistakesOf
) -> None:
    overlay_content["kind"] = policy_content["kind"]

    assert mistakes_of(overlay_content) == [
        ("", "kind", "kinds and their chains are the policy's: an overlay cannot change them")
    ]
