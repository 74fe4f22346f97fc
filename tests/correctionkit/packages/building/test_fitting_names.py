from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from correctionkit.packages.building.fitting_names import FreeNames, fitting_name
from correctionkit.packages.reader.entry_names import clash_key
from correctionkit.packages.writer.writing import name_fault


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("身份证.jpg", "身份证.jpg"),
        ("身份证?.jpg", "身份证_.jpg"),
        ("con.jpg", "_con.jpg"),
        ("身份证. ", "身份证"),
        ("???", "___"),
        (" .", "_"),
    ],
)
def test_a_name_is_changed_only_where_windows_could_not_hold_it(name: str, expected: str) -> None:
    assert fitting_name(name) == expected


def test_names_too_long_are_numbered_behind_what_is_left_of_them() -> None:
    free = FreeNames()

    first, second = free.take("甲" * 100, "jpg"), free.take("甲" * 101, "jpg")

    assert name_fault(first) is None
    assert name_fault(second) is None
    assert second.endswith("(2).jpg")


@given(
    st.lists(st.text("甲a.?( )", max_size=6).map(lambda text: text * 30), min_size=2, max_size=4)
)
@settings(deadline=None, max_examples=60)
def test_no_two_names_pass_for_each_other_and_windows_holds_all(stems: list[str]) -> None:
    free = FreeNames()

    taken = [free.take(stem, "jpg") for stem in stems]

    assert [name_fault(name) for name in taken] == [None] * len(taken)
    assert len({clash_key(name) for name in taken}) == len(taken)
