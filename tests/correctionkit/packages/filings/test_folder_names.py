from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from correctionkit.packages.filings.folder_names import number_lengths, parse_folder_name
from correctionkit.policy.shelf import find_policy

LENGTHS = number_lengths(find_policy("ouc-2016"))


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        pytest.param("1335001209114张三", ("1335001209114", "张三", None), id="a student number"),
        pytest.param(
            "511618201705981300李四", ("511618201705981300", "李四", None), id="a graduate"
        ),
        pytest.param(
            "1335001209114阿·里", ("1335001209114", "阿·里", None), id="a dot in the name"
        ),
        pytest.param(
            "1335001209114 张三", ("1335001209114", "张三", None), id="a space, told elsewhere"
        ),
        pytest.param(
            "１３３５００１２０９１１４张三", ("1335001209114", "张三", None), id="full width"
        ),
        pytest.param(
            "1335001209114+张三", ("1335001209114", "张三", "plus-sign"), id="a plus sign"
        ),
        pytest.param(
            "1335001209114＋张三", ("1335001209114", "张三", "plus-sign"), id="a wide plus"
        ),
        pytest.param("1335001209114-张三", ("1335001209114", "张三", "separator"), id="a hyphen"),
        pytest.param(
            "1335001209114_张三", ("1335001209114", "张三", "separator"), id="an underscore"
        ),
        pytest.param(
            "张三1335001209114", ("1335001209114", "张三", "number-last"), id="the name first"
        ),
        pytest.param("张三", ("", "张三", "number-absent"), id="no number"),
        pytest.param("1335001209114", ("1335001209114", "", "name-absent"), id="no name"),
        pytest.param(
            "133500120911张三", ("133500120911", "张三", "number-length"), id="a digit short"
        ),
    ],
)
def test_a_folder_name_is_number_and_name(
    typed: str, expected: tuple[str, str, str | None]
) -> None:
    found = parse_folder_name(typed, LENGTHS)

    assert (found.number, found.name, found.fault) == expected


def test_lengths_are_those_of_all_numbers_of_the_policy() -> None:
    assert frozenset({13, 17, 18}) == LENGTHS


@given(st.text(max_size=40))
def test_any_folder_name_can_be_read(typed: str) -> None:
    found = parse_folder_name(typed, LENGTHS)

    assert found.reading.typed == typed
    assert found.number == "" or found.number.isascii()


@given(
    st.from_regex(r"[0-9]{13}", fullmatch=True), st.text("张王李赵䶮𬱖·", min_size=1, max_size=8)
)
def test_what_is_written_by_the_rule_reads_as_itself(number: str, name: str) -> None:
    found = parse_folder_name(f"{number}{name}", LENGTHS)

    if not name.startswith("·"):
        assert (found.number, found.name, found.fault) == (number, name, None)
