"""Repairs and remarks in words."""

from __future__ import annotations

import re
from typing import Any

import pytest

from correctionkit.catalog.words import repairs as words
from correctionkit.packages.repairing.repairs import Remark, Repair
from correctionkit.policy.shelf import find_policy
from correctionkit.render.lexicon import all_words
from correctionkit.render.repairs_text import headed, remark_lines, repair_lines
from correctionkit.render.wording import Wording
from correctionkit.terms import Language, Words

POLICY = find_policy("ouc-2016")
ID_NUMBER = "11010519491231002X"
PARAMS: dict[str, Any] = {
    "accepted": ["张三", "张叁"],
    "after": "9.1 MB",
    "before": "11.0 MB",
    "bytes": 12,
    "changes": ["spaces"],
    "column": "姓名",
    "columns": 1,
    "count": 3,
    "digits": "13350012091149",
    "cause": "member-broken",
    "files": 4,
    "found": "format-pdf",
    "headings": ["联系电话"],
    "name": "李四",
    "number": "1335001209114",
    "other": "another",
    "places": ["A!B2"],
    "read": "张三",
    "row": 3,
    "rows": [3, 4],
    "sheet": "Sheet1",
    "signs": ["private-location"],
    "students": ["1335001209114", "1335001209222"],
    "typed": "张 三",
}


@pytest.mark.parametrize("language", Language)
@pytest.mark.parametrize("code", words.WORDS)
def test_every_code_says_all_its_facts(code: str, language: Language) -> None:
    wording = Wording(POLICY, language)

    (text,) = remark_lines([Remark("folder/file", code, PARAMS)], wording, 1000)

    template = words.WORDS[code].in_language(language)
    named = set(re.findall(r"\{(\w+)\}", template))
    assert "{" not in text
    assert named <= PARAMS.keys()
    assert text.startswith("  folder/file")


def test_no_code_means_something_else_elsewhere() -> None:
    elsewhere = {code: all_words().get(code, said) for code, said in words.WORDS.items()}

    assert elsewhere == words.WORDS


@pytest.mark.parametrize(
    ("before", "after", "line"),
    [
        ("a", "b", "  a → b: moved up out of a folder inside"),
        ("a", "a", "  a: moved up out of a folder inside"),
        ("a", "", "  a: moved up out of a folder inside"),
        ("", "b", "  b: moved up out of a folder inside"),
    ],
)
def test_repair_says_where_it_was_and_is(before: str, after: str, line: str) -> None:
    wording = Wording(POLICY, Language.EN)

    assert list(repair_lines([Repair(before, after, "moved-up")], wording, 100)) == [line]


def test_identity_numbers_are_masked_and_hidden_signs_shown() -> None:
    wording = Wording(POLICY, Language.EN)
    repair = Repair(f"{ID_NUMBER}/\u202egpj.exe", "x", "file-renamed")

    (line,) = repair_lines([repair], wording, 200)

    assert ID_NUMBER not in line
    assert "‹U+202E›" in line


def test_title_stands_only_above_something() -> None:
    wording = Wording(POLICY, Language.ZH)
    title = Words("Done:", "完成：")

    assert headed(title, [], wording) == []
    assert headed(title, ["  x"], wording) == ["完成：", "  x", ""]
