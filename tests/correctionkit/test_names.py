from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from correctionkit.catalog.words import names as words
from correctionkit.characters import explain
from correctionkit.names import (
    MAX_LENGTH,
    Likeness,
    compare,
    explain_difference,
    faults,
    kept_characters,
    normalise,
)

CHARACTERS = Path(__file__).resolve().parents[2].parent / "shared/corpora/names/tygfhzb"


def found(name: str, **options: Any) -> list[tuple[str, dict[str, Any]]]:
    return [(each.fault, dict(each.params)) for each in faults(name, **options)]


@pytest.mark.parametrize(
    "name",
    [
        "张三",
        "䶮",
        "𬱖",
        "李䶮𬱖",
        "阿卜杜拉·买买提",
        "Anna Maria",
        "O’Brien",
        "Jean-Luc J. Picard",
        "\uf9dc\ufa0e",
        "\ue816",
        "张\U00031350",
        "阿·\U00031350",
        "佐々木〇",
        "Müller",
        "김철수",
        "买" * 50,
        "买" * MAX_LENGTH,
    ],
)
def test_a_name_may_hold_any_character_of_the_standard(name: str) -> None:
    assert found(name) == []


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("", [("name-missing", {})]),
        ("买" * (MAX_LENGTH + 1), [("name-too-long", {"length": 101, "limit": 100})]),
        ("张\x00三", [("name-control", {"characters": ["U+0000"]})]),
        ("张\x1f三", [("name-control", {"characters": ["U+001F"]})]),
        ("\u202e张三", [("name-bidi", {"characters": ["U+202E"]})]),
        ("葛\U000e0100", [("name-variation", {"characters": ["U+E0100"]})]),
        ("张\ue000", [("name-private-use", {"characters": ["U+E000"]})]),
        ("张\ue81e", [("name-private-use", {"characters": ["U+E81E"], "expected": ["\u9fb4"]})]),
        ("张⼀", [("name-radical", {"characters": ["⼀ (U+2F00)"], "expected": ["一"]})]),
        ("张\uffff", [("name-unassigned", {"characters": ["U+FFFF"]})]),
        ("张\ud800", [("name-unassigned", {"characters": ["U+D800"]})]),
        ("张3三3", [("name-digit", {"characters": ["3 (U+0033)"]})]),
        ("张😀", [("name-symbol", {"characters": ["😀 (U+1F600)"]})]),
        ("张（三）", [("name-symbol", {"characters": ["（ (U+FF08)", "） (U+FF09)"]})]),
        ("王?", [("name-placeholder", {"characters": ["? (U+003F)"]})]),
        ("·阿明", [("name-separator", {"characters": ["· (U+00B7)"]})]),
        ("阿明·", [("name-separator", {"characters": ["· (U+00B7)"]})]),
        ("阿··明", [("name-separator", {"characters": ["· (U+00B7)"]})]),
        (".阿明", [("name-separator", {"characters": [". (U+002E)"]})]),
        ("阿.明", [("name-separator", {"characters": [". (U+002E)"]})]),
        ("𝐀nna", [("name-symbol", {"characters": ["𝐀 (U+1D400)"]})]),
        ("é\u0301\u0301\u0301", [("name-symbol", {"characters": ["U+0301"]})]),
        (
            "张3\u202e😀",
            [
                ("name-digit", {"characters": ["3 (U+0033)"]}),
                ("name-bidi", {"characters": ["U+202E"]}),
                ("name-symbol", {"characters": ["😀 (U+1F600)"]}),
            ],
        ),
    ],
)
def test_what_no_name_can_hold_is_named(
    name: str, expected: list[tuple[str, dict[str, Any]]]
) -> None:
    assert found(name) == expected


def test_the_limit_of_length_is_a_parameter() -> None:
    assert found("买买", max_length=2) == []
    assert found("买买提", max_length=2) == [("name-too-long", {"length": 3, "limit": 2})]


@pytest.mark.parametrize(
    ("one", "other", "likeness"),
    [
        ("张三", "张三", Likeness.IDENTICAL),
        ("张三", " 张\u3000三", Likeness.READ_ALIKE),
        ("阿•明", "阿·明", Likeness.READ_ALIKE),
        ("\uf9dc", "隆", Likeness.UNIFIED_ALIKE),
        ("\ue816", "\U00020087", Likeness.UNIFIED_ALIKE),
        ("张三", "张四", Likeness.DIFFERENT),
    ],
)
def test_names_are_compared(one: str, other: str, likeness: Likeness) -> None:
    assert compare(one, other) is likeness
    assert compare(other, one) is likeness


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("张三", "张三", []),
        ("张未", "张末", [("look-alike", 2, "未", "末")]),
        ("李䶮", "李龑", [("variant", 2, "䶮", "龑")]),
        ("\uf9dc", "隆", [("compatibility", 1, "\uf9dc", "隆")]),
        ("隆", "\uf9dc", [("compatibility", 1, "隆", "\uf9dc")]),
        ("⼀", "一", [("radical", 1, "⼀", "一")]),
        ("\ue816", "\U00020087", [("private-use", 1, "\ue816", "\U00020087")]),
        ("Ａ", "A", [("letter-width", 1, "Ａ", "A")]),
        ("a", "A", [("letter-case", 1, "a", "A")]),
        ("阿•明", "阿·明", [("look-alike", 2, "•", "·")]),
        ("张三丰", "张丰三", [("swapped", 2, "三", "丰")]),
        ("张三", "张四", [("replaced", 2, "三", "四")]),
        ("王", "王五", [("character-added", 2, None, "五")]),
        ("欧阳明", "阳明", [("character-missing", 1, "欧", None)]),
        ("王小明", "王晓", [("replaced", 2, "小", "晓"), ("character-missing", 3, "明", None)]),
    ],
)
def test_a_difference_is_explained_character_by_character(
    old: str, new: str, expected: list[tuple[str, int, str | None, str | None]]
) -> None:
    assert [
        (
            each.kind,
            each.position,
            each.old.character if each.old else None,
            each.new.character if each.new else None,
        )
        for each in explain_difference(old, new)
    ] == expected


def test_a_character_is_explained_with_its_place_in_the_standards() -> None:
    rare, everyday, kept = explain("𬱖"), explain("张"), explain("\uf9dc")
    assert (rare.code_point, rare.block, rare.in_gbk, rare.in_gb18030, rare.outside_bmp) == (
        "U+2CC56",
        "extension-e",
        False,
        True,
        True,
    )
    assert (everyday.block, everyday.in_gbk, everyday.gb18030) == ("basic", True, "D5C5")
    assert (kept.block, kept.unified) == ("compatibility", "隆")
    assert (explain("\ufa0e").block, explain("\ufa0e").unified) == ("compatibility", None)
    assert not explain("\ud800").in_gb18030


def test_kept_characters_are_told() -> None:
    told = kept_characters("王\uf9dc\ufa0e\ue816三\uf9dc")
    assert [(each.code_point, each.unified) for each in told] == [
        ("U+F9DC", "隆"),
        ("U+FA0E", None),
        ("U+E816", "\U00020087"),
    ]


def test_every_code_has_words() -> None:
    for block in (
        "basic",
        "extension-j",
        "compatibility",
        "private-use",
        "radical",
        "not-ideograph",
    ):
        assert block in words.WORDS
    assert set(Likeness) <= set(words.WORDS)


@given(st.text(max_size=30), st.text(max_size=30))
@settings(deadline=None, max_examples=150)
def test_no_text_is_too_odd(one: str, other: str) -> None:
    one, other = normalise(one).read, normalise(other).read
    assert {each.fault for each in faults(one)} <= set(words.WORDS)
    differences = explain_difference(one, other)
    assert {each.kind for each in differences} <= set(words.WORDS)
    assert bool(differences) == (one != other)
    added = sum(each.kind == "character-added" for each in differences)
    missing = sum(each.kind == "character-missing" for each in differences)
    assert len(one) + added - missing == len(other)


def test_the_8105_standard_characters_are_names_and_276_are_not_in_gbk() -> None:
    if not CHARACTERS.is_dir():
        pytest.skip("the shared corpora are not beside the repository")
    signs = [
        sign
        for level in (1, 2, 3)
        for sign in (CHARACTERS / f"level-{level}.txt").read_text(encoding="utf-8").split()
    ]
    assert [sign for sign in signs if found(sign)] == []
    assert sum(not explain(sign).in_gbk for sign in signs) == 276
    assert all(explain(sign).in_gb18030 for sign in signs)


def test_what_is_in_gbk_agrees_with_the_codec_all_over_the_plane() -> None:
    def encodes(sign: str) -> bool:
        try:
            sign.encode("gbk")
        except UnicodeEncodeError:
            return False
        return True

    signs = [chr(code) for code in (*range(0xD800), *range(0xE000, 0x10000))]
    assert [sign for sign in signs if encodes(sign) != explain(sign).in_gbk] == []
