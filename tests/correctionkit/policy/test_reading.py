from __future__ import annotations

import copy
from collections.abc import Callable
from datetime import date, datetime, time
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from correctionkit.policy.calendar import InForce
from correctionkit.policy.limits import FirstSemester, Outcome
from correctionkit.policy.mistakes import PolicyInvalid
from correctionkit.policy.model import Overlay, Policy
from correctionkit.policy.reading import overlay_of, policy_of, read_overlay, read_policy, schema_of
from correctionkit.policy.shelf import shared_vocabulary
from correctionkit.terms import Words

Contents = dict[str, Any]
MistakesOf = Callable[[Contents], list[tuple[str, str, str]]]


def test_a_sound_policy_is_read_whole(small: Policy) -> None:
    assert small.id == "small"
    assert small.heading.title == Words("Small", "小")
    assert small.heading.in_force == InForce(since=date(2020, 1, 1))
    assert small.heading.note is None
    assert list(small.statuses) == ["new", "enrolled"]
    assert [column.id for column in small.columns][:2] == ["number", "name"]
    assert [limit.outcome for limit in small.limits] == [Outcome.EXCEPTIONAL, Outcome.NOT_ACCEPTED]
    assert [limit.guess for limit in small.limits] == [Outcome.LATE, Outcome.NOT_ACCEPTED]
    assert small.limits[0].condition == FirstSemester()
    assert [rule.education for rule in small.evidence] == [None, (10, 39), None, None]
    assert [clause.ours for clause in small.clauses.values()] == [False, True]
    assert small.scan_bounds.max_bytes == 400
    assert small.name_characters == 50
    assert [report.id for report in small.reports] == ["ordinary"]


def test_a_sound_overlay_is_read_whole(narrower: Overlay) -> None:
    assert narrower.heading.id == "narrower"
    assert list(narrower.vocabulary.kinds) == ["approval"]
    assert [limit.kind for limit in narrower.limits] == ["outside-window"]
    assert [rule.adds for rule in narrower.evidence] == [True]


A_PATTERN = "a regular expression of literals, classes, named groups and bounded repeats"
GUESSED = "only limits of intakes are guessed"
LATE = "only limits of intakes are late"
SCHEMAS = "correctionkit/overlay/1, correctionkit/policy/1"


def change(content: Contents, where: list[str | int], value: Any) -> None:
    for step in where[:-1]:
        content = content[step]  # type: ignore[index] - a step is a key or a place in a list
    if value is ...:
        del content[where[-1]]  # type: ignore[arg-type]
    else:
        content[where[-1]] = value  # type: ignore[index]


@pytest.mark.parametrize(
    ("where", "value", "expected"),
    [
        (
            ["id"],
            "Big Policy",
            ("", "id", "“Big Policy” is not made of small letters, digits and single hyphens"),
        ),
        (["id"], ..., ("", "id", "is missing")),
        (["in_force"], ..., ("", "in_force", "is missing")),
        (["in_force"], date(2020, 1, 1), ("", "in_force", "must be a table")),
        (
            ["in_force", "from"],
            datetime(2020, 1, 1, 12, 0),  # noqa: DTZ001 - TOML's local time
            ("in_force", "from", "must be a date"),
        ),
        (["in_force", "until"], date(2019, 12, 31), ("in_force", "until", "lies before from")),
        (["title", "zh"], ..., ("title", "zh", "is missing")),
        (["title", "de"], "Klein", ("title", "de", "is not a known key")),
        (["surprise"], 1, ("", "surprise", "is not a known key")),
        (["version"], 1, ("", "version", "must be text")),
        (
            ["clause", 1, "codes"],
            ["evidence-missing"],
            ("clause[2]", "codes", "'evidence-missing' rests on clause 'one' already"),
        ),
        (["number", 0, "pattern"], "(", ("number[1]", "pattern", f"“(” is not {A_PATTERN}")),
        (["number", 0, "pattern"], "[[a]", ("number[1]", "pattern", f"“[[a]” is not {A_PATTERN}")),
        (["number", 0, "pattern"], "a+", ("number[1]", "pattern", f"“a+” is not {A_PATTERN}")),
        (
            ["number", 0, "pattern"],
            "a{99999999999}",
            ("number[1]", "pattern", f"“a{{99999999999}}” is not {A_PATTERN}"),
        ),
        (["number", 0, "length"], [13], ("number[1]", "length", "is not a known key")),
        (
            ["status", 1, "number"],
            "shoe_size",
            ("status[2]", "number", "“shoe_size” is not one of: student_number"),
        ),
        (
            ["status", 1, "judged_as"],
            "expelled",
            ("status[2]", "judged_as", "“expelled” is not one of: enrolled, new"),
        ),
        (["accept"], ..., ("", "accept", "is missing")),
        (["accept", 0, "statuses"], ..., ("accept[1]", "statuses", "is missing")),
        (["accept", 0, "statuses"], [], ("accept[1]", "statuses", "must not be empty")),
        (["limit", 0, "statuses"], [], ("limit[1]", "statuses", "must not be empty")),
        (["limit", 1, "kind"], ..., ("limit[2]", "kind", "is missing")),
        (
            ["limit", 1, "clause"],
            "four",
            ("limit[2]", "clause", "“four” is not one of: one, two"),
        ),
        (
            ["limit", 1, "guess"],
            "late",
            ("limit[2]", "guess", GUESSED),
        ),
        (
            ["limit", 1, "outcome"],
            "late",
            ("limit[2]", "outcome", LATE),
        ),
        (
            ["evidence", 1, "education", "from"],
            40,
            ("evidence[2].education", "to", "lies below from"),
        ),
        (
            ["evidence", 1, "education", "to"],
            100,
            ("evidence[2].education", "to", "must be at most 99"),
        ),
        (["evidence", 2, "all_of"], ..., ("evidence[3]", "all_of", "the row asks for no document")),
        (
            ["evidence", 3, "one_of"],
            ["id_card", "diploma"],
            ("evidence[4]", "one_of", "a row that adds cannot offer a choice"),
        ),
        (
            ["package", "subject"],
            "{unit} {students",
            (
                "package",
                "subject",
                "“{unit} {students” is not a subject that can name a folder too, with no parts "
                "but {unit}, {platform}, {reason}, {batch}, {students}, {date}",
            ),
        ),
        (
            ["package", "report_formats"],
            [".PDF"],
            (
                "package",
                "report_formats",
                "must each be a file extension in small letters, without a dot",
            ),
        ),
        (["package", "max_bytes"], 1e9, ("package", "max_bytes", "must be a whole number")),
        (["package", "colour"], "red", ("package", "colour", "is not a known key")),
        (["scan"], ..., ("", "scan", "is missing")),
        (["scan", "min_dpi"], 0, ("scan", "min_dpi", "must be at least 1")),
        (["table", "name_characters"], 49, ("table", "name_characters", "must be at least 50")),
        (
            ["report_kind", 0, "id"],
            "odd",
            ("report_kind[1]", "id", "“odd” is not one of: exceptional, ordinary, tables"),
        ),
        (
            ["column", 1, "id"],
            "shoe_size",
            (
                "column[2]",
                "id",
                "“shoe_size” is not one of: branch, centre, change_date, field, name, new, note, "
                "number, old, reason, serial",
            ),
        ),
    ],
)
def test_one_wrong_value_is_one_mistake(
    policy_content: Contents,
    mistakes_of: MistakesOf,
    where: list[str | int],
    value: Any,
    expected: tuple[str, str, str],
) -> None:
    change(policy_content, where, value)

    assert mistakes_of(policy_content) == [expected]


@pytest.mark.parametrize("row", ["clause", "number", "status"])
def test_no_id_stands_twice(policy_content: Contents, mistakes_of: MistakesOf, row: str) -> None:
    again = copy.deepcopy(policy_content[row][-1])
    again.pop("codes", None)
    policy_content[row].append(again)

    assert mistakes_of(policy_content) == [
        (f"{row}[{len(policy_content[row])}]", "id", f"{again['id']!r} stands twice")
    ]


def test_all_mistakes_are_found_at_once_in_both_languages(policy_content: Contents) -> None:
    change(policy_content, ["limit", 1, "kind"], "sometimes")
    change(policy_content, ["scan", "min_dpi"], "200")
    change(policy_content, ["column", 2, "needed"], "yes")

    with pytest.raises(PolicyInvalid) as invalid:
        policy_of(policy_content, "f.toml", shared_vocabulary())

    assert [each.words().zh for each in invalid.value.mistakes if each.key != "kind"] == [
        "f.toml column[3] needed：应为true 或 false",
        "f.toml scan min_dpi：应为整数",
    ]
    assert len(invalid.value.mistakes) == 3


def test_an_overlay_is_no_policy(overlay_content: Contents) -> None:
    with pytest.raises(PolicyInvalid) as invalid:
        policy_of(overlay_content, "f.toml", shared_vocabulary())

    (mistake,) = invalid.value.mistakes
    assert mistake.words() == Words(
        "f.toml schema: this is an overlay, not a policy: name it with --overlay",
        "f.toml schema：这是附加规则，不是规则包，请用 --overlay 指定",
    )


def test_a_policy_is_no_overlay(policy_content: Contents, small: Policy) -> None:
    with pytest.raises(PolicyInvalid) as invalid:
        overlay_of(policy_content, "f.toml", small)

    (mistake,) = invalid.value.mistakes
    assert mistake.words().en == (
        "f.toml schema: this is a policy, not an overlay: name it with --policy"
    )


@pytest.mark.parametrize(
    ("schema", "expected"),
    [
        (..., "is missing"),
        (1, "must be text"),
        (
            "correctionkit/policy/9",
            f"“correctionkit/policy/9” is not one of: {SCHEMAS}",
        ),
    ],
)
def test_a_file_of_an_unknown_schema_is_one_mistake(
    policy_content: Contents, mistakes_of: MistakesOf, schema: Any, expected: str
) -> None:
    change(policy_content, ["schema"], schema)

    assert mistakes_of(policy_content) == [("", "schema", expected)]


def test_files_are_read_by_their_path(tmp_path: Path, small: Policy) -> None:
    path = tmp_path / "规则.toml"
    path.write_text("schema = 'correctionkit/policy/1'\n", encoding="utf-8")

    assert schema_of(path, path.name) == "correctionkit/policy/1"
    with pytest.raises(PolicyInvalid) as of_policy:
        read_policy(path, path.name, shared_vocabulary())
    with pytest.raises(PolicyInvalid) as of_overlay:
        read_overlay(path, path.name, small)

    assert {each.file for each in of_policy.value.mistakes} == {"规则.toml"}
    assert [each.key for each in of_overlay.value.mistakes] == ["schema"]


def test_a_mistake_that_quotes_what_cannot_be_printed_escapes_it(policy_content: Contents) -> None:
    policy_content["clause"][0]["id"] = "\ud7fc"

    with pytest.raises(PolicyInvalid) as invalid:
        policy_of(policy_content, "f.toml", shared_vocabulary())

    assert invalid.value.mistakes[0].words() == Words(
        "f.toml number[1] clause: “one” is not one of: two, \\ud7fc",
        "f.toml number[1] clause：“one”不在可选值中：two, \\ud7fc",
    )


ODD = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.just(10**400),
    st.floats(),
    st.text(max_size=8),
    st.sampled_from(["", "\t", "{", "}", "{}", "a" * 300, "new", "name", "id_card", "one", "None"]),
    st.dates(),
    st.datetimes(),
    st.just(time(1, 2)),
    st.recursive(
        st.text(max_size=3) | st.integers() | st.booleans(),
        lambda inner: (
            st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner, max_size=3)
        ),
        max_leaves=6,
    ),
)


def places(value: Any, path: tuple[str | int, ...] = ()) -> list[tuple[str | int, ...]]:
    inside: list[tuple[str | int, ...]] = [path] if path else []
    if isinstance(value, dict):
        for key, each in value.items():
            inside += places(each, (*path, key))
    elif isinstance(value, list):
        for at, each in enumerate(value):
            inside += places(each, (*path, at))
    return inside


def mutated(data: st.DataObject, content: Contents) -> Contents:
    """Change a few places of sound content to something odd, or take them out, or double them."""
    for _ in range(data.draw(st.integers(1, 3))):
        *way, last = data.draw(st.sampled_from(places(content)))
        holder: Any = content
        for step in way:
            holder = holder[step]
        match data.draw(st.sampled_from(["odd", "gone", "other", "more"])):
            case "odd":
                holder[last] = data.draw(ODD)
            case "gone":
                del holder[last]
            case "other":
                *other_way, other_last = data.draw(st.sampled_from(places(content)))
                source: Any = content
                for step in (*other_way, other_last):
                    source = source[step]
                holder[last] = copy.deepcopy(source)
            case _ if isinstance(holder, list):
                holder.append(copy.deepcopy(holder[last]))
            case _:
                holder[data.draw(st.text(max_size=3))] = data.draw(ODD)
        if not places(content):
            break
    return content


def check_words(invalid: PolicyInvalid) -> None:
    assert all(each.fault.en and each.fault.zh for each in invalid.mistakes)
    assert all(each.words().en.isprintable() for each in invalid.mistakes)


SETTINGS = settings(
    deadline=None, max_examples=120, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


@given(st.data())
@SETTINGS
def test_any_policy_is_read_or_its_mistakes_are_named(
    policy_content: Contents, data: st.DataObject
) -> None:
    content = mutated(data, copy.deepcopy(policy_content))

    try:
        policy = policy_of(content, "f.toml", shared_vocabulary())
    except PolicyInvalid as invalid:
        check_words(invalid)
    else:
        assert policy.on(date(2024, 2, 29)).requirement("new", "name", "change") is not None


@given(st.data())
@SETTINGS
def test_any_overlay_is_read_or_its_mistakes_are_named(
    overlay_content: Contents, small: Policy, data: st.DataObject
) -> None:
    content = mutated(data, copy.deepcopy(overlay_content))

    try:
        overlay = overlay_of(content, "f.toml", small)
    except PolicyInvalid as invalid:
        check_words(invalid)
    else:
        assert small.narrowed_by(overlay).overlays == (overlay.heading,)
