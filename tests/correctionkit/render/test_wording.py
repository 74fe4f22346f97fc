from __future__ import annotations

import re
from collections.abc import Callable
from types import MappingProxyType

import pytest

from correctionkit.catalog import (
    ALL,
    BY_CODE,
    evidence_codes,
    folder_codes,
    package_codes,
    request_codes,
    scan_codes,
    table_codes,
    value_codes,
)
from correctionkit.findings import NOWHERE, Finding, FindingType, Location
from correctionkit.packages.checked import CheckedPackage
from correctionkit.policy.shelf import find_policy
from correctionkit.render.lexicon import all_words
from correctionkit.render.wording import Wording, own_numbers
from correctionkit.terms import Language, Severity, Words

POLICY = find_policy("ouc-2016")
EN, ZH = Wording(POLICY, Language.EN), Wording(POLICY, Language.ZH)
PLACE = re.compile(r"\{([a-z_]+)\}")

CASES = {
    "one kind": (
        evidence_codes.EVIDENCE_MISSING.at(
            NOWHERE, field="gender", fields=["gender", "name"], kinds=["id_card"]
        ),
        "Evidence missing for gender and name: ID card.",
        "性别和姓名缺少证明材料：身份证。",
    ),
    "a choice of kinds": (
        evidence_codes.EVIDENCE_MISSING.at(
            NOWHERE,
            fields=["entry_education"],
            kinds=["diploma", "register_lookup", "degree_authentication"],
        ),
        "Evidence missing for prior education: diploma, look-up in the national register or "
        "report of authenticated education.",
        "入学文化程度缺少证明材料：毕业证书、学信网学历网查结果或学历认证报告。",
    ),
    "a kind that no policy knows": (
        evidence_codes.EVIDENCE_SURPLUS.at(NOWHERE, kind="horoscope"),
        "No request of this student needs horoscope.",
        "该生的申请不需要horoscope。",
    ),
    "reasons": (
        package_codes.PACKAGE_MIXED.at(NOWHERE, reasons=["change", "entry_error"]),
        "The package holds more than one reason: change of information and entry error.",
        "一个材料包里有多种更正原因：信息变更和录入错误。",
    ),
    "the finding's own field, at the start of a sentence": (
        request_codes.REQUEST_REPEATED.at(NOWHERE, field="id_number", first_row=3),
        "ID number of this student stands in row 3 already.",
        "该生的身份证号在第 3 行已申请。",
    ),
    "a rule of policy data": (
        request_codes.REQUEST_EXCEPTIONAL.at(
            NOWHERE,
            field="name",
            status="graduated",
            reason="change",
            rule_en="in principle not",
            rule_zh="原则上不受理",
        ),
        "Graduate, change of information, name: only as an exceptional case (in principle not).",
        "毕业生的姓名（信息变更）只能按个例办理：原则上不受理。",
    ),
    "a rule as a pair": (
        request_codes.REQUEST_NOT_ACCEPTED.at(
            NOWHERE, field="name", status="new", reason="change", rule={"en": "never", "zh": "不收"}
        ),
        "New student, change of information, name: not accepted (never).",
        "新生的姓名（信息变更）不予受理：不收。",
    ),
    "a rule as a code": (
        request_codes.REQUEST_NOT_ACCEPTED.at(
            NOWHERE, field="birth_date", status="new", reason="change", rule="not-listed"
        ),
        "New student, change of information, birth date: not accepted "
        "(the policy does not list it).",
        "新生的出生日期（信息变更）不予受理：规则包未列入此项。",
    ),
    "words with values of their own": (
        value_codes.ID_INVALID.at(NOWHERE, value="110***********0021", fault="check", expected="X"),
        "Identity number 110***********0021: the check character should be X.",
        "证件号码 110***********0021 有误：校验码应为 X。",
    ),
    "a list of signs": (
        scan_codes.SCAN_PHOTO.at(NOWHERE, signs=["camera-iso", "camera-lens"]),
        "Taken with a camera or phone (ISO speed, lens).",
        "这是相机或手机拍摄的照片（感光度、镜头）。",
    ),
    "names in quotes": (
        folder_codes.FOLDER_MISMATCH.at(NOWHERE, name="王五", accepted=["张三", "张山"]),
        "The folder says “王五”, the table says “张三” or “张山”.",
        "文件夹中的姓名为“王五”，表中为“张三”或“张山”。",
    ),
    "an empty list": (
        table_codes.TABLE_COLUMNS.at(NOWHERE, missing=["姓名", "更正后"], doubled=[]),
        "The heading row is not complete. Missing: 姓名, 更正后. Doubled: none.",
        "表头不符。缺少：姓名、更正后；重复：无。",
    ),
    "a column that the table lacks": (
        request_codes.RECORD_DISAGREES.at(NOWHERE, column="old", typed="张山", record="张三"),
        "更正前 “张山”, but the roll says “张三”.",
        "“更正前”为“张山”，学籍库为“张三”。",
    ),
    "a large number": (
        package_codes.PACKAGE_TOO_LARGE.at(NOWHERE, measure="entries", actual=20001, limit=20000),
        "Beyond the bounds: number of files and folders 20,001, at most 20,000.",
        "超出限制：文件和文件夹总数为 20,001，上限为 20,000。",
    ),
    "a text that looks like a template or a code": (
        package_codes.JUNK_FILE.at(NOWHERE, name="{fault} spring {0} %s"),
        "Left by the system, ignored: {fault} spring {0} %s.",
        "系统遗留文件，已忽略：{fault} spring {0} %s。",
    ),
    "a code without words": (
        package_codes.PACKAGE_UNREADABLE.at(NOWHERE, fault="eaten-by-dog"),
        "The package cannot be read: eaten-by-dog.",
        "材料包无法读取：eaten-by-dog。",
    ),
    "a value that is not there": (
        package_codes.PACKAGE_UNREADABLE.at(NOWHERE),
        "The package cannot be read: none.",
        "材料包无法读取：无。",
    ),
}


@pytest.mark.parametrize(("finding", "english", "chinese"), CASES.values(), ids=CASES.keys())
def test_values_become_words(finding: Finding, english: str, chinese: str) -> None:
    assert (EN.message(finding), ZH.message(finding)) == (english, chinese)


def test_hints_take_values_too() -> None:
    finding = scan_codes.SCAN_EXTENSION.at(
        NOWHERE, format="PNG", extension="no-extension", expected=".png"
    )
    assert (EN.hint(finding), ZH.hint(finding)) == (
        "Give it the extension .png.",
        "请把扩展名改为 .png。",
    )
    assert EN.message(finding) == "The content is PNG, the name says nothing."


def test_the_clause_is_the_finding_s_own_else_the_policy_s_else_the_code_s() -> None:
    own = Words("Rule 7", "第7条")
    assert ZH.clause(scan_codes.SCAN_BLURRED.at(NOWHERE, clause=own)) == "第7条"
    assert ZH.clause(scan_codes.SCAN_BLURRED.at(NOWHERE)) == "《上报材料要求》二、材料要求 4（3）"
    assert ZH.clause(scan_codes.SCAN_PRIVATE.at(NOWHERE)) == "图片隐藏信息清除规则（本工具自定）"


def test_terms_have_names_and_unknown_ones_are_shown_as_they_are() -> None:
    told = [
        EN.kind("id_card"),
        ZH.field("name"),
        ZH.reason("entry_error"),
        ZH.status("graduated"),
        ZH.severity(Severity.WARNING),
        ZH.kind("\u202e"),
        ZH.fields(["name", "gender"]),
    ]
    assert told == ["ID card", "姓名", "录入错误", "毕业生", "警告", "‹U+202E›", "姓名、性别"]


def test_typed_text_is_shortened_and_what_cannot_be_seen_is_named() -> None:
    finding = package_codes.JUNK_FILE.at(NOWHERE, name="\u202e" + "a" * 200)
    told = EN.message(finding)
    assert told.startswith("Left by the system, ignored: ‹U+202E›aaa")
    assert told.endswith("…" + "a" * 24 + ".")


def test_programs_get_texts_as_typed() -> None:
    wording = Wording(POLICY, Language.EN, as_typed=True)
    name = "\u202e" + "a" * 200
    assert wording.message(package_codes.JUNK_FILE.at(NOWHERE, name=name)) == (
        f"Left by the system, ignored: {name}."
    )


def test_an_identity_number_is_masked_wherever_it_stands() -> None:
    finding = package_codes.JUNK_FILE.at(NOWHERE, name="11010519491231002X 张三.tmp")
    assert ZH.message(finding) == "系统遗留文件，已忽略：110***********002X 张三.tmp。"


def test_a_number_is_masked_before_a_long_text_is_cut_in_its_middle() -> None:
    name = "a" * 90 + "11010519491231002X" + "b" * 60
    assert "1101051949" not in ZH.message(package_codes.JUNK_FILE.at(NOWHERE, name=name))


def test_a_certificate_number_that_looks_like_an_identity_number_is_kept(
    checked: Callable[..., CheckedPackage],
) -> None:
    number = "511618201705011300"
    finding = folder_codes.FOLDER_UNKNOWN.at(
        Location(path=f"{number}李四"), student=number, number=number
    )
    package = checked(finding)
    assert number in own_numbers(package)
    assert Wording.of(package, Language.EN).message(finding) == (
        f"Number {number} of this folder stands in no table."
    )


def test_an_identity_number_in_the_column_of_student_numbers_is_not_kept(
    checked: Callable[..., CheckedPackage],
) -> None:
    number = "11010519491231002X"
    package = checked(folder_codes.FOLDER_EMPTY.at(NOWHERE, student=number))
    assert number not in own_numbers(package)


# One set of plain values for each parameter of the catalog.
SAMPLES: dict[str, object] = {
    "accepted": ["张三"],
    "actual": 3,
    "area": "123456",
    "aspect": "gender",
    "basis": "dpi-stated",
    "bytes": 12,
    "category": "099",
    "certificate": "511618201705981300",
    "changes": ["spaces", "full-width"],
    "column": "姓名",
    "columns": 1,
    "count": 2,
    "doubled": [],
    "dpi": 150,
    "edition": "2023",
    "example": "1335001209114张三",
    "expected": "X",
    "extension": ".jpg",
    "fault": "check",
    "fields": ["name", "id_number"],
    "first_row": 3,
    "format": "PNG",
    "found": "format-pdf",
    "height": 1080,
    "kind": "id_card",
    "kinds": ["id_card", "diploma"],
    "limit": 200,
    "measure": "ratio",
    "missing": ["姓名"],
    "name": "张三",
    "number": "1335001209114",
    "on": "2026-11-20",
    "cause": "manifest-file-changed",
    "other": "1335001209115李四",
    "policy": "ouc-2016",
    "previous": "1335001209113",
    "read": "张三",
    "reason": "change",
    "request": "C000012",
    "reasons": ["change", "entry_error"],
    "record": "张三",
    "rows": [3, 4],
    "rule": "not-listed",
    "said": "male",
    "season": "spring",
    "sheet": "Sheet1",
    "shown": "1.3E+12",
    "signs": ["camera-iso"],
    "since": "2016-09-01",
    "size": "12.0 MB",
    "stands": "female",
    "state": "已撤回",
    "status": "new",
    "typed": "张 三",
    "until": "…",
    "value": "张三",
    "why": "本人经办",
    "width": 1920,
    "year": 2025,
}


# What the samples hold and no message should show.
RAW = (
    "dpi-stated",
    "manifest-file",
    "camera-iso",
    "not-listed",
    "format-pdf",
    "id_card",
    "id_number",
    "entry_error",
)


@pytest.mark.parametrize("type_", ALL, ids=lambda type_: type_.code)
@pytest.mark.parametrize("wording", [EN, ZH], ids=["en", "zh"])
def test_every_message_and_hint_is_said_in_full(wording: Wording, type_: FindingType) -> None:
    params = MappingProxyType({name: SAMPLES[name] for name in _places(type_) - {"field"}})
    finding = Finding(type_, NOWHERE, "1335001209114", "name", None, params)
    told = f"{wording.message(finding)} {wording.hint(finding)} {wording.clause(finding)}"
    assert "{" not in told
    assert [code for code in RAW if code in told] == []


@pytest.mark.parametrize("wording", [EN, ZH], ids=["en", "zh"])
def test_every_word_is_said_as_the_fault_of_a_finding(wording: Wording) -> None:
    type_ = BY_CODE["package-unreadable"]
    template = wording.say(type_.message)
    told, expected = {}, {}
    for code, words in all_words().items():
        values = dict.fromkeys(PLACE.findall(words.en), "7")
        told[code] = wording.message(type_.at(NOWHERE, **(values | {"fault": code})))
        expected[code] = template.replace("{fault}", PLACE.sub("7", wording.say(words)))
    assert told == expected


def _places(type_: FindingType) -> set[str]:
    return set(PLACE.findall(" ".join((*_both(type_.message), *_both(type_.hint)))))


def _both(words: Words) -> tuple[str, str]:
    return words.en, words.zh
