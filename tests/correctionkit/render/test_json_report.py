from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date

from correctionkit.catalog import evidence_codes, package_codes, value_codes
from correctionkit.findings import NOWHERE, Counts, Location
from correctionkit.packages.checked import CheckedPackage
from correctionkit.render.json_report import to_json
from correctionkit.terms import Language, Words

EXPECTED = """\
{
  "schema": "correctionkit/report/1",
  "policy": "ouc-2016",
  "overlays": [
    "no-double-correction"
  ],
  "on": "2026-11-20",
  "package": "演示分部第3批",
  "counts": {
    "students": 3,
    "requests": 4,
    "scans": 9,
    "errors": 1,
    "warnings": 0,
    "notes": 1
  },
  "findings": [
    {
      "code": "evidence-missing",
      "severity": "error",
      "path": "1335001209114张三",
      "table": null,
      "row": null,
      "student": "1335001209114",
      "field": "name",
      "message": "姓名缺少证明材料：户口本或公安主项信息变更更正证明。",
      "hint": "请扫描该材料原件，并以材料名称命名图片。",
      "clause": "《上报材料要求》二、材料要求 3（3）",
      "params": {
        "fields": [
          "name"
        ],
        "kinds": [
          "household_register",
          "police_change_certificate"
        ]
      }
    },
    {
      "code": "junk-file",
      "severity": "note",
      "path": "Thumbs.db",
      "table": null,
      "row": null,
      "student": null,
      "field": null,
      "message": "系统遗留文件，已忽略：Thumbs.db。",
      "hint": "无需处理。",
      "clause": "材料包安全处理规则（本工具自定）",
      "params": {
        "name": "Thumbs.db",
        "files": 1
      }
    }
  ]
}
"""


def test_the_shape_is_public_to_the_letter(checked: Callable[..., CheckedPackage]) -> None:
    package = checked(
        package_codes.JUNK_FILE.at(Location(path="Thumbs.db"), name="Thumbs.db", files=1),
        evidence_codes.EVIDENCE_MISSING.at(
            Location(path="1335001209114张三"),
            student="1335001209114",
            field="name",
            clause=Words("Requirements, part 2, 3 (3)", "《上报材料要求》二、材料要求 3（3）"),
            fields=["name"],
            kinds=["household_register", "police_change_certificate"],
        ),
        counts=Counts(3, 4, 9),
        overlays=("no-double-correction",),
    )
    assert to_json(package, Language.ZH) == EXPECTED


def test_a_finding_of_a_table_has_no_path(checked: Callable[..., CheckedPackage]) -> None:
    where = Location(path="附表1.xlsx", table="附表1.xlsx", row=3, column="学号")
    package = checked(
        value_codes.NUMBER_MALFORMED.at(where, column="学号", value="1", fault="length")
    )
    (finding,) = json.loads(to_json(package, Language.EN))["findings"]
    assert (finding["path"], finding["table"], finding["row"]) == (None, "附表1.xlsx", 3)


def test_values_stay_whole_and_plain_whatever_they_hold(
    checked: Callable[..., CheckedPackage],
) -> None:
    finding = package_codes.JUNK_FILE.at(
        NOWHERE,
        name="\u202e\x00<b>\ud83d" + "长" * 500,
        several=("b", "a"),
        unordered={"b", "a"},
        day=date(2026, 1, 2),
        words=Words("one", "一"),
        ratio=float("inf"),
        half=0.5,
        yes=True,
        nothing=None,
        pair={"en": "x", "zh": "甲"},
    )
    text = to_json(checked(finding), Language.EN)
    text.encode("utf-8")
    (told,) = json.loads(text)["findings"]
    assert told["params"] == {
        "name": "\u202e\x00<b>\ud83d" + "长" * 500,
        "several": ["b", "a"],
        "unordered": ["a", "b"],
        "day": "2026-01-02",
        "words": {"en": "one", "zh": "一"},
        "ratio": "inf",
        "half": 0.5,
        "yes": True,
        "nothing": None,
        "pair": {"en": "x", "zh": "甲"},
    }
    assert told["message"] == f"Left by the system, ignored: {told['params']['name']}."


def test_identity_numbers_are_masked_in_message_and_parameters(
    checked: Callable[..., CheckedPackage],
) -> None:
    finding = package_codes.JUNK_FILE.at(
        NOWHERE, name="11010519491231002X", other=["110105194912310021"], number=110105194912310021
    )
    text = to_json(checked(finding), Language.ZH)
    assert "19491231" not in text
    (told,) = json.loads(text)["findings"]
    assert told["params"] == {
        "name": "110***********002X",
        "other": ["110***********0021"],
        "number": "110***********0021",
    }


def test_an_empty_student_number_is_none(checked: Callable[..., CheckedPackage]) -> None:
    package = checked(package_codes.JUNK_FILE.at(NOWHERE, student="", name="x"))
    assert json.loads(to_json(package, Language.EN))["findings"][0]["student"] is None


def test_the_same_package_gives_the_same_bytes(rich: CheckedPackage) -> None:
    for language in Language:
        assert to_json(rich, language).encode() == to_json(rich, language).encode()
