"""What differs between an old and a new value, marked."""

import pytest

from backoffice.desk.cases.marking import marked
from correctionkit.terms import ValueType

OLD = "110105194912310021"


def shown(pieces):
    return "".join(f"[{piece.text}]" if piece.differs else piece.text for piece in pieces)


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        pytest.param("张三", "张叁", ("张[三]", "张[叁]"), id="one character"),
        pytest.param("张三丰", "张三", ("张三[丰]", "张三"), id="one less"),
        pytest.param("张三", "张三丰", ("张三", "张三[丰]"), id="one more"),
        pytest.param("李小龙", "李龙小", ("李[小龙]", "李[龙小]"), id="two changed places"),
        pytest.param("", "张三", ("", "张三"), id="nothing before"),
        pytest.param("张三", "张三", ("张三", "张三"), id="the same"),
    ],
)
def test_names_are_marked_character_by_character(old, new, expected):
    both = marked(ValueType.NAME, old, new, revealed=False)

    assert (shown(both.old), shown(both.new)) == expected


def test_how_a_name_differs_is_said():
    assert marked(ValueType.NAME, "王未", "王末", revealed=False).words == "形近字"
    assert marked(ValueType.NAME, "王未", "王未", revealed=False).words == ""


def test_numbers_are_masked_and_only_the_kind_of_difference_is_told():
    both = marked(ValueType.ID_NUMBER, OLD, "11010519491231002X", revealed=False)

    assert (shown(both.old), shown(both.new)) == ("110***********0021", "110***********002X")
    assert both.words == "仅校验码不同"


def test_revealed_numbers_are_marked_digit_by_digit():
    both = marked(ValueType.ID_NUMBER, OLD, "11010519491231002X", revealed=True)

    assert (shown(both.old), shown(both.new)) == ("11010519491231002[1]", "11010519491231002[X]")


def test_fifteen_digits_are_not_marked_by_the_places_of_eighteen():
    both = marked(ValueType.ID_NUMBER, "610104620927690", "610104196209276909", revealed=True)

    assert shown(both.old) == "610104620927690"


def test_what_cannot_be_seen_is_shown_by_its_code_point():
    both = marked(ValueType.NAME, "张三", "张\u202e三", revealed=False)

    assert shown(both.new) == "张[‹U+202E›]三"


def test_other_values_stand_as_they_are():
    both = marked(ValueType.ETHNICITY, "汉族", "回族", revealed=False)

    assert (shown(both.old), shown(both.new), both.words) == ("汉族", "回族", "")
