from __future__ import annotations

from datetime import date, datetime
from typing import Any

import pytest

from correctionkit.policy.mistakes import Mistake, PolicyInvalid
from correctionkit.policy.toml_rows import Row
from correctionkit.terms import Words


def row(**table: Any) -> Row:
    return Row(table, "f.toml", "limit[2]")


def faults(of: Row) -> list[tuple[str, str]]:
    assert all(each.fault.zh for each in of.mistakes)
    return [(each.key, each.fault.en) for each in of.mistakes]


def test_a_mistake_names_file_row_and_key_in_both_languages() -> None:
    mistake = Mistake("f.toml", "limit[2]", "kind", Words("is missing", "缺少该键"))

    assert mistake.words() == Words(
        "f.toml limit[2] kind: is missing", "f.toml limit[2] kind：缺少该键"
    )


def test_a_mistake_at_the_top_names_no_row() -> None:
    assert Mistake("f.toml", "", "id", Words("x", "y")).words().en == "f.toml id: x"


def test_a_key_of_control_characters_is_shown_on_one_line() -> None:
    words = Mistake("f.toml", "", "a\x1b[31m\n", Words("x", "y")).words()

    assert words.en == "f.toml a\\x1b[31m\\n: x"


def test_an_endless_key_is_cut() -> None:
    words = Mistake("f.toml", "", "k" * 500, Words("x", "y")).words()

    assert words.en == f"f.toml {'k' * 79}…: x"


def test_a_mistake_is_told_once() -> None:
    mistake = Mistake("f.toml", "", "id", Words("x", "y"))

    assert PolicyInvalid([mistake, mistake]).mistakes == (mistake,)
    assert str(PolicyInvalid([mistake])) == "f.toml id: x"


def test_values_of_the_right_kind_are_taken_as_they_are() -> None:
    of = row(a="x", b=["x", "y"], c=3, d=True, e=date(2020, 1, 2), f={"en": "x", "zh": "y"})

    taken = (
        of.text("a"),
        of.texts("b"),
        of.integer("c"),
        of.boolean("d"),
        of.day("e"),
        of.words("f"),
    )
    of.done()

    assert taken == ("x", ("x", "y"), 3, True, date(2020, 1, 2), Words("x", "y"))
    assert faults(of) == []


def test_optional_values_may_be_missing() -> None:
    of = row()

    taken = (
        of.text("a", optional=True),
        of.texts("a", optional=True),
        of.boolean("a"),
        of.day("a", optional=True),
        of.rows("a"),
        of.choice("a", ["x"], optional=True),
    )

    assert taken == ("", (), False, None, (), "")
    assert faults(of) == []


@pytest.mark.parametrize("method", ["text", "texts", "integer", "day", "words", "row"])
def test_a_needed_value_that_is_missing_is_one_mistake(method: str) -> None:
    of = row()

    getattr(of, method)("a")

    assert faults(of) == [("a", "is missing")]


@pytest.mark.parametrize(
    ("method", "value", "fault"),
    [
        ("text", 3, "must be text"),
        ("text", ["x"], "must be text"),
        ("text", "", "must not be empty"),
        ("text", " ", "must not be empty"),
        ("text", "\u3000", "must not be empty"),
        ("text", " x", "must not begin or end with a space"),
        ("text", "x\u3000", "must not begin or end with a space"),
        ("text", "x\ty", "must not hold tabs, line breaks or invisible characters"),
        ("text", "x\ny", "must not hold tabs, line breaks or invisible characters"),
        ("text", "x\u202ey", "must not hold tabs, line breaks or invisible characters"),
        ("text", "x\u200by", "must not hold tabs, line breaks or invisible characters"),
        ("texts", "x", "must be a list of texts"),
        ("texts", {"x": 1}, "must be a list of texts"),
        ("texts", [], "must not be empty"),
        ("texts", ["x", 1], "must hold texts only"),
        ("texts", [["x"]], "must hold texts only"),
        ("texts", [""], "holds a text that must not be empty"),
        ("texts", ["x", "x"], "holds a value twice"),
        ("integer", True, "must be a whole number"),
        ("integer", 1.0, "must be a whole number"),
        ("integer", float("nan"), "must be a whole number"),
        ("integer", "1", "must be a whole number"),
        ("integer", -1, "must be at least 0"),
        ("integer", 2**63, "must be at most 9223372036854775807"),
        ("boolean", 1, "must be true or false"),
        ("boolean", "true", "must be true or false"),
        ("day", "2020-01-02", "must be a date"),
        ("day", datetime(2020, 1, 2, 3, 4), "must be a date"),  # noqa: DTZ001 - TOML's local time
        ("words", "x", "must be a table"),
        ("row", [{}], "must be a table"),
        ("rows", {}, "must be a list of tables"),
        ("rows", [], "must not be empty"),
        ("rows", [{}, 1], "must hold tables only"),
    ],
)
def test_a_value_of_the_wrong_kind_is_one_mistake(method: str, value: Any, fault: str) -> None:
    of = row(a=value)

    getattr(of, method)("a")

    assert faults(of) == [("a", fault)]


@pytest.mark.parametrize(
    ("number", "expected"),
    [(4, ["must be at least 5"]), (5, []), (9, []), (10, ["must be at most 9"])],
)
def test_a_number_keeps_within_its_bounds(number: int, expected: list[str]) -> None:
    of = row(a=number)

    assert 5 <= of.integer("a", least=5, most=9) <= 9
    assert [fault for _, fault in faults(of)] == expected


def test_an_empty_text_is_a_mistake_even_where_it_may_be_missing() -> None:
    of = row(a="")

    of.choice("a", ["x"], optional=True)

    assert faults(of) == [("a", "must not be empty")]


def test_a_choice_lists_what_there_is() -> None:
    of = row(a="z", b=["x", "q"])

    of.choice("a", {"y", "x"})
    of.choices("b", {"y", "x"})

    assert of.mistakes == [
        Mistake(
            "f.toml", "limit[2]", "a", Words("“z” is not one of: x, y", "“z”不在可选值中：x, y")
        ),
        Mistake(
            "f.toml", "limit[2]", "b", Words("“q” is not one of: x, y", "“q”不在可选值中：x, y")
        ),
    ]


def test_a_text_that_cannot_be_parsed_says_what_was_wanted() -> None:
    of = row(a="x")

    assert of.parsed("a", int, 7, Words("a number", "数字")) == 7
    assert of.mistakes == [
        Mistake("f.toml", "limit[2]", "a", Words("“x” is not a number", "“x”不是数字"))
    ]


def test_a_row_in_a_row_is_named_by_both() -> None:
    of = row(window=[{"from": 1}, {}], rule={"en": 1})

    for each in of.rows("window"):
        each.text("from")
    of.row("rule").text("en")

    assert [(each.row, each.key) for each in of.mistakes] == [
        ("limit[2].window[1]", "from"),
        ("limit[2].window[2]", "from"),
        ("limit[2].rule", "en"),
    ]


def test_the_keys_of_a_missing_table_are_not_missing_too() -> None:
    of = row()

    of.row("a").text("b")

    assert faults(of) == [("a", "is missing")]


def test_every_unknown_key_is_a_mistake() -> None:
    of = row(a="x", b=1, c=2)
    of.text("a")

    of.done()

    assert faults(of) == [("b", "is not a known key"), ("c", "is not a known key")]
