from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from correctionkit.catalog.words import numbers as words
from correctionkit.numbers.difference import DifferenceKind, NumberDifference, classify

NEW = "11010519491231002X"
K = DifferenceKind


@pytest.mark.parametrize(
    ("old", "expected"),
    [
        (NEW, NumberDifference(K.UNCHANGED)),
        (f" {NEW.lower()} ", NumberDifference(K.UNCHANGED)),
        ("110105491231002", NumberDifference(K.UPGRADED, upgraded=True)),
        ("110105194912310021", NumberDifference(K.CHECK_CHARACTER, (18,), ("check",))),
        ("110106194912310020", NumberDifference(K.ONE_DIGIT, (6, 18), ("area", "check"))),
        ("110105194912310120", NumberDifference(K.ONE_DIGIT, (16, 18), ("order", "check"))),
        ("11010519491231020X", NumberDifference(K.DIGITS_SWAPPED, (16, 17), ("order",))),
        ("110150194912310020", NumberDifference(K.DIGITS_SWAPPED, (5, 6, 18), ("area", "check"))),
        (
            "11010519500131002X",
            NumberDifference(K.BIRTH_PART, (9, 10, 11, 12), ("birth",)),
        ),
        ("44052419491231002X", NumberDifference(K.AREA_PART, (1, 2, 4, 5, 6), ("area",))),
        ("11010519491231999X", NumberDifference(K.ORDER_PART, (15, 16, 17), ("order",))),
        (
            "44010519491231005X",
            NumberDifference(K.AREA_AND_ORDER, (1, 2, 17), ("area", "order")),
        ),
        (
            "11010519500131005X",
            NumberDifference(K.BIRTH_AND_ORDER, (9, 10, 11, 12, 17), ("birth", "order")),
        ),
        (
            "44010519501231002X",
            NumberDifference(K.AREA_AND_BIRTH, (1, 2, 9, 10), ("area", "birth")),
        ),
        (
            "44010519501231005X",
            NumberDifference(K.OTHER_PERSON, (1, 2, 9, 10, 17), ("area", "birth", "order")),
        ),
        (
            "110105491231012",
            NumberDifference(K.ONE_DIGIT, (16, 18), ("order", "check"), upgraded=True),
        ),
        ("1101051949123102X", NumberDifference(K.DIGIT_MISSING)),
        ("110105194912310002X", NumberDifference(K.DIGIT_ADDED)),
        ("810000199408230021", NumberDifference(K.OTHER_DOCUMENT)),
        ("CAN123456789012", NumberDifference(K.OTHER_DOCUMENT)),
        ("", NumberDifference(K.NOT_COMPARABLE)),
        ("无", NumberDifference(K.NOT_COMPARABLE)),
    ],
)
def test_each_kind_of_difference_is_told(old: str, expected: NumberDifference) -> None:
    assert classify(old, NEW) == expected


def test_eighteen_digits_that_became_fifteen() -> None:
    assert classify(NEW, "110105491231002") == NumberDifference(K.DOWNGRADED, upgraded=True)


def test_a_wrong_old_number_is_compared_all_the_same() -> None:
    assert classify("110105199913310021", NEW).kind is K.BIRTH_PART


def test_every_kind_has_words() -> None:
    assert {kind.value for kind in DifferenceKind} <= set(words.WORDS)


@given(
    st.one_of(st.text(max_size=20), st.from_regex(r"[0-9]{15}|[0-9]{17}[0-9X]", fullmatch=True)),
    st.one_of(st.text(max_size=20), st.from_regex(r"[0-9]{15}|[0-9]{17}[0-9X]", fullmatch=True)),
)
@settings(deadline=None, max_examples=150)
def test_any_two_texts_are_compared(old: str, new: str) -> None:
    found = classify(old, new)
    assert all(1 <= position <= 18 for position in found.positions)
    assert (found.kind is K.UNCHANGED) == (classify(new, old).kind is K.UNCHANGED)
