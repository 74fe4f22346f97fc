from __future__ import annotations

from types import ModuleType

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from correctionkit.codes import document_kinds, education, ethnicity, gender
from correctionkit.codes.table import CodeRow, CodeTable, CodeTableError
from correctionkit.terms import Language


def code_of(module: ModuleType, text: str) -> str | None:
    row: CodeRow | None = module.find(text)
    return row.code if row else None


@pytest.mark.parametrize("module", [document_kinds, education, ethnicity, gender])
def test_every_row_is_found_by_code_and_names_and_aliases(module: ModuleType) -> None:
    rows = module.table().rows
    assert [code_of(module, row.code) for row in rows] == [row.code for row in rows]
    for row in rows:
        words = (row.zh, row.en, f" {row.zh}\u3000", *row.aliases)
        assert {code_of(module, word) for word in words} == {row.code}
        assert module.label(row.code, Language.ZH) == row.zh
        assert module.label(row.code, Language.EN) == row.en
    assert module.table().source
    assert module.table().edition


@pytest.mark.parametrize("module", [document_kinds, education, ethnicity, gender])
def test_what_no_row_has_is_not_found(module: ModuleType) -> None:
    assert module.find("") is None
    assert module.find("没有这一项") is None
    assert module.label("??", Language.ZH) == "??"


def test_gender_knows_the_four_codes() -> None:
    assert [row.code for row in gender.table().rows] == ["0", "1", "2", "9"]
    assert code_of(gender, "男性") == "1"
    assert code_of(gender, "Female") == "2"


def test_ethnicity_has_56_nationalities_and_two_more() -> None:
    codes = [row.code for row in ethnicity.table().rows]
    assert codes == [*(f"{code:02}" for code in range(1, 57)), "97", "98"]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("汉", "01"),
        ("汉族", "01"),
        ("１", "01"),
        ("毛难族", "36"),
        ("毛南", "36"),
        ("崩龙", "46"),
        ("德昂族", "46"),
        ("维族", "05"),
        ("UYGUR", "05"),
        ("JN", "56"),
        ("其它", "97"),
        ("入籍", "98"),
    ],
)
def test_ethnicity_is_understood_as_people_write_it(text: str, code: str) -> None:
    assert code_of(ethnicity, text) == code


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("研究生", "10"),
        ("硕士", "14"),
        ("研究生毕业", "14"),
        ("本科", "20"),
        ("本科毕业", "21"),
        ("大学本科结业", "22"),
        ("本科肄业", "23"),
        ("专科", "30"),
        ("大专", "30"),
        ("大专（毕业）", "31"),
        ("专科毕业生", "31"),
        ("大专学历", "30"),
        ("中专", "41"),
        ("中专毕业", "41"),
        ("职高", "44"),
        ("职业高中肄业", "46"),
        ("技校", "47"),
        ("技校结业", "48"),
        ("高中", "60"),
        ("高 中 毕 业", "61"),
        ("高中文化程度", "60"),
        ("初中", "70"),
        ("初中毕业", "71"),
        ("初中结业", "70"),
        ("初中肄业", "73"),
        ("小学", "80"),
        ("小学毕业", "81"),
        ("６１", "61"),
        ("文盲", "90"),
    ],
)
def test_education_is_understood_as_people_write_it(text: str, code: str) -> None:
    assert code_of(education, text) == code


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        ("09", False),
        ("10", True),
        ("30", True),
        ("39", True),
        ("40", False),
        ("90", False),
        ("3", False),
        ("1a", False),
        ("", False),
    ],
)
def test_college_or_above_runs_from_10_to_39(code: str, expected: bool) -> None:
    assert education.college_or_above(code) is expected


def test_close_names_are_suggested() -> None:
    assert ethnicity.suggestions("维吾族") == ("维吾尔族",)
    assert ethnicity.suggestions("哈萨斯克族")[0] == "哈萨克族"
    assert education.suggestions("大学本科毕")[0] == "大学本科毕业"
    assert gender.suggestions("难") == ()
    assert document_kinds.suggestions("身份正")[0] == "居民身份证"


@given(st.text(max_size=20))
@settings(deadline=None, max_examples=60)
@pytest.mark.parametrize("module", [document_kinds, education, ethnicity, gender])
def test_any_text_can_be_asked_for(module: ModuleType, text: str) -> None:
    found = module.find(text)
    assert found is None or found in module.table().rows
    assert len(module.suggestions(text)) <= 3


def test_a_table_that_names_one_thing_twice_is_refused() -> None:
    one, other = CodeRow("1", "甲", "a"), CodeRow("2", "乙", "b", ("甲",))
    with pytest.raises(CodeTableError, match="names two codes"):
        CodeTable("source", "edition", (one, other))
    with pytest.raises(CodeTableError, match="stands twice"):
        CodeTable("source", "edition", (one, CodeRow("1", "丙", "c")))
