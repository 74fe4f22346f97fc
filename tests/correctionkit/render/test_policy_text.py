from __future__ import annotations

import re
import unicodedata
from dataclasses import fields, replace

import pytest

from correctionkit.policy.bounds import PackageBounds, ScanBounds, TableBounds
from correctionkit.policy.calendar import Semester
from correctionkit.policy.chains import Kind
from correctionkit.policy.diff import Part
from correctionkit.policy.mistakes import Mistake, PolicyInvalid
from correctionkit.policy.model import Heading, Policy
from correctionkit.policy.rows import (
    Clause,
    Column,
    PackageRules,
    ReportKind,
    Status,
    StudentKey,
)
from correctionkit.policy.shelf import find_overlay, find_policy, overlay_ids, policy_ids
from correctionkit.policy.vocabulary import EvidenceKind, Field, Level, Term
from correctionkit.render.policy_diff_text import show_diff
from correctionkit.render.policy_labels import PARTS, VALUES
from correctionkit.render.policy_text import (
    list_policies,
    show_mistakes,
    show_overlay,
    show_policy,
)
from correctionkit.render.wrapping import columns
from correctionkit.terms import Language, Words

EN, ZH = Language.EN, Language.ZH
LANGUAGES = pytest.mark.parametrize("language", list(Language), ids=str)

# What English text may quote: headings, titles and names that stand in the tables.
_HAN = re.compile("[\u4e00-\u9fff]")


def pages(language: Language, width: int) -> dict[str, str]:
    default = find_policy("ouc-2016")
    return {
        **{name: show_policy(find_policy(name), language, width) for name in policy_ids()},
        **{
            name: show_overlay(find_overlay(name, default), default, language, width)
            for name in overlay_ids()
        },
        "all": show_policy(find_policy("ouc-2021", overlay_ids()), language, width),
        "diff": show_diff(default, find_policy("ouc-2021"), language, width),
        "list": list_policies(language, width),
    }


def section(page: str, heading: str) -> list[str]:
    """Return the lines of a section, without its heading."""
    lines = page.splitlines()
    start = lines.index(heading) + 1
    end = next((at for at in range(start, len(lines)) if not lines[at]), len(lines))
    return lines[start:end]


@LANGUAGES
@pytest.mark.parametrize("width", [80, 120])
def test_no_line_is_wider_than_the_page(language: Language, width: int) -> None:
    too_wide = {
        (name, line)
        for name, page in pages(language, width).items()
        for line in page.splitlines()
        if columns(line) > width
    }

    assert too_wide == set()


@LANGUAGES
def test_no_line_ends_in_a_space_or_holds_what_is_not_seen(language: Language) -> None:
    for page in pages(language, 80).values():
        assert page.endswith("\n")
        assert not page.endswith("\n\n")
        assert [line for line in page.splitlines() if line != line.rstrip()] == []
        assert {sign for sign in page if unicodedata.category(sign) == "Cc"} == {"\n"}


def test_a_page_in_english_quotes_chinese_only_where_files_hold_it() -> None:
    files = re.compile(
        "附表|Columns: |mail subject and folder name: |platform: |whose name holds |the level "
        r"|approval of the province \(|photo of the student holding form and ID card \("
    )
    for page in pages(EN, 400).values():
        lines = page.splitlines()
        at = next((at for at, line in enumerate(lines) if line == "Package"), len(lines))
        told = lines if not page.startswith("ouc-2016 -> ") else lines[:at]
        assert [line for line in told if _HAN.search(line) and not files.search(line)] == []


def test_a_page_in_chinese_is_in_chinese_but_for_ids_and_names_of_formats() -> None:
    ids = "-".join((*policy_ids(), *overlay_ids())).split("-")
    parts = ["unit", "batch", "students", "date", "platform", "reason"]
    formats = ["PDF", "DOCX", "JPG", "JPEG", "PNG", "MB", "GB", "dpi", "CPS"]
    rows = ["new", "enrolled", "fields", "subject", "decision"]
    for page in pages(ZH, 200).values():
        assert set(re.findall("[A-Za-z]+", page)) <= {*ids, *parts, *formats, *rows}


def test_the_matrix_of_2016_for_enrolled_students() -> None:
    page = show_policy(find_policy("ouc-2016"), EN, 80)

    assert section(page, "enrolled student (附表2, by student number)")[:20] == [
        "  Fields and reasons: [1]",
        "  Field              Reason              Taken        Documents           Clause",
        "  -----------------  ------------------  -----------  ------------------  ------",
        "  name               change of           ordinary     ID card; and one    [2]",
        "                     information                      of: household",
        "                                                      register or police",
        "                                                      certificate of",
        "                                                      changed main items",
        "  name, gender, ID   entry error         exceptional  ID card, enrolment  [3]",
        "  number, ethnicity                                   form",
        "  gender, ethnicity  change of           ordinary     ID card             [4]",
        "                     information",
        "  ID number          change of           ordinary     ID card; and one    [5]",
        "                     information                      of: notice of",
        "                                                      corrected ID",
        "                                                      number,",
        "                                                      certificate of",
        "                                                      changed ID number",
        "                                                      or police",
        "                                                      certificate of",
    ]


def test_the_matrix_of_2016_for_graduates_in_chinese() -> None:
    page = show_policy(find_policy("ouc-2016"), ZH, 80)

    assert section(page, "毕业生（附表3，按注册证号）") == [
        "  更正内容与原因：[1]",
        "  更正内容                  更正原因  受理    证明材料                   条款",
        "  ------------------------  --------  ------  -------------------------  -------",
        "  姓名                      信息变更  按个例  身份证、毕业生登记表；另   [2] [9]",
        "                                              须任选其一：户口本或公安",
        "                                              主项信息变更更正证明",
        "  姓名、性别、身份证号、民  录入错误  按个例  身份证、报名登记表、毕业   [3] [9]",
        "  族                                          生登记表",
        "  性别、民族                信息变更  按个例  身份证、毕业生登记表       [4] [9]",
        "  身份证号                  信息变更  按个例  身份证、毕业生登记表；另   [5] [9]",
        "                                              须任选其一：公民身份证号",
        "                                              码更正事项告知函、公民身",
        "                                              份证号码变更证明或公安主",
        "                                              项信息变更更正证明",
        "  出生日期、入学文化程度    不限      不受理  -",
        "  - 原则上不再接受毕业生信息更改申请：只能按个例办理 [10]",
        "  - [信息变更] 变更发生在毕业后：不予受理 [10]",
    ]


def test_new_students_of_2021_are_told_to_be_judged_as_enrolled() -> None:
    page = show_policy(find_policy("ouc-2021"), EN, 120)

    assert section(page, "new student (附表1, by student number)")[0] == (
        "  Judged as enrolled student."
    )


def test_a_page_ends_with_every_clause_it_cites() -> None:
    page = show_policy(find_policy("ouc-2021", ["jilin-2018"]), EN, 100)
    body, clauses = page.split("\nClauses\n")

    cited = {int(mark) for mark in re.findall(r"\[(\d+)\]", body)}
    listed = [int(mark) for mark in re.findall(r"^  \[(\d+)\]", clauses, re.MULTILINE)]

    assert listed == list(range(1, len(cited) + 1))
    assert cited == set(listed)


def test_a_page_says_what_is_ours() -> None:
    assert section(show_policy(find_policy("ouc-2016"), EN), "What has no source and is ours") == [
        "  - Columns of the summary tables (ours: the official list is not public)",
        "  - Requirements, part 2, 2 (2); old or new name both serve (ours)",
        "  - Bounds of packages (ours)",
        "  - Days on which the first semester ends (ours)",
        "  - Mail subject and name of the package (ours: no source gives one)",
        "  - One sheet a branch and day, signed as the report is (ours)",
        "  - Steps that take back a mistaken correction (ours)",
    ]


@pytest.mark.parametrize(
    ("language", "heading", "expected"),
    [
        (
            EN,
            "Kinds of requests, step by step",
            [
                "  - Correction of basic information: one sheet a branch and day [11]",
                "    1. head of student records (branch) signs and seals [12]",
                "    2. responsible president (branch) signs and seals, exceptional cases only",
                "       [13]",
                "    3. reviewer (headquarters) decides [14]",
                "  - Reversal of a correction in effect: without a sheet; the former value stands",
                "    again [15]",
                "    1. registrar (headquarters) reports",
                "    2. reviewer (headquarters) decides",
            ],
        ),
        (
            ZH,
            "申请种类与办理步骤",
            [
                "  - 基本信息修改：每个分部每日一张申请表 [11]",
                "    1. 分部学籍主管签字盖章 [12]",
                "    2. 分部主管校长签字盖章（仅限个例） [13]",
                "    3. 总部审核员审批 [14]",
                "  - 撤销已生效修改：不用申请表；恢复修改前的内容 [15]",
                "    1. 总部学籍科上报",
                "    2. 总部审核员审批",
            ],
        ),
    ],
    ids=["en", "zh"],
)
def test_a_page_says_who_does_what_in_turn(
    language: Language, heading: str, expected: list[str]
) -> None:
    assert section(show_policy(find_policy("ouc-2016"), language), heading) == expected


def test_a_page_names_the_overlays_in_use_with_their_notes() -> None:
    page = show_policy(find_policy("ouc-2016", ["sichuan-top-up"]), EN)

    assert section(page, "Overlays in use") == [
        "  + sichuan-top-up: Sichuan: top-up students correct nothing",
        "    In force  no dates stated",
        "    Source    An ordinary college's page; whether it holds for open universities",
        "              is not sure",
        "    Note      Judged where the roll tells the level of study.",
    ]


def test_what_an_overlay_refuses_altogether_is_never_taken() -> None:
    page = show_policy(find_policy("ouc-2016", ["jilin-2018"]), EN, 120)

    rows = section(page, "graduate (附表3, by certificate number)")
    assert [line.split("  ")[1] for line in rows if " never " in line] == [
        "name, gender, ID number,",
        "birth date, prior education",
    ]


def test_an_overlay_shows_what_it_adds() -> None:
    default = find_policy("ouc-2016")
    page = show_overlay(find_overlay("jilin-2018", default), default, EN)

    assert page.split("\n\n")[1:] == [
        "Limits added\n"
        "  - [change of information] the change came before enrolment or after\n"
        "    graduation: not accepted [1]\n"
        "  - [graduate; change of information] after graduation only a proven error is\n"
        "    put right: not accepted [2]",
        "Documents added\n  - graduate; entry error: approval of the province [2]",
        "Kinds of document added\n"
        "  - approval of the province (省级批准文件, 省级批复, 省校批复, 分部批复)",
        "Clauses\n"
        "  [1] Jilin 2018: the change lies between enrolment and graduation\n"
        "  [2] Jilin 2018: after graduation only a proven error, approved by the province\n",
    ]


@pytest.mark.parametrize(("base", "told"), [("ouc-2016", True), ("ouc-2021", False)])
def test_documents_for_what_is_not_taken_are_told_to_be_for_nothing(base: str, told: bool) -> None:
    policy = find_policy(base)
    page = show_overlay(find_overlay("windows-guangdong", policy), policy, ZH)

    assert (f"{base} 不受理涉及上述材料的申请。" in page) is told


def test_the_list_marks_the_default_and_says_how_sure_a_source_is() -> None:
    lines = list_policies(EN, 120).splitlines()

    assert lines[:4] == [
        "Policies",
        "  ouc-2016 (default): Open University of China, corrections from autumn 2016",
        "    In force  from 2016-09-01, no end stated",
        "    Source    Requirements for filing changes of students' basic information",
    ]
    assert [line.strip().split(":")[0] for line in lines if re.match("  [a-z]", line)] == [
        "ouc-2016 (default)",
        *policy_ids()[1:],
        *overlay_ids(),
    ]
    assert sum("whether it holds for open universities is not sure" in line for line in lines) == 3


@LANGUAGES
def test_colour_adds_nothing_but_marks(language: Language) -> None:
    policy = find_policy("ouc-2016")
    coloured = show_policy(policy, language, 80, colour=True)

    assert "\x1b[1m" in coloured
    assert re.sub("\x1b\\[[01]m", "", coloured) == show_policy(policy, language, 80)


def test_policies_that_say_the_same_differ_in_nothing() -> None:
    policy = find_policy("ouc-2016")

    assert show_diff(policy, policy, EN) == "ouc-2016 -> ouc-2016\n  The two say the same.\n"


def test_a_difference_shows_both_sides() -> None:
    page = show_diff(find_policy("ouc-2016"), find_policy("ouc-2021"), EN)

    assert section(page, "Package") == [
        "  * several reasons in one package",
        "    - yes",
        "    + no",
        "  * mail subject and folder name",
        "    - {unit}学生基本信息修改材料 第{batch}批 {students}人 {date}",
        "    + {unit}（{platform}）信息修改（{reason}）第{batch}批{students}人{date}",
        "  * platforms",
        "    - none",
        "    + CPS平台, 国开平台",
    ]
    assert section(page, "What is taken")[-3:] == [
        "  * graduate, change of information, entry error, birth date",
        "    - never",
        "    + exceptional",
    ]


def test_a_changed_chain_shows_as_both_its_courses() -> None:
    policy = find_policy("ouc-2016")
    kind = policy.kinds["correction"]
    shorter = replace(kind, sheet="centre", steps=(kind.steps[0], *kind.steps[2:]))
    other = replace(policy, kinds={"correction": shorter})

    assert section(show_diff(policy, other, EN), "Kinds of requests") == [
        "  * Correction of basic information: daily sheet of",
        "    - branch",
        "    + learning centre",
        "  * Correction of basic information: steps",
        "    - head of student records (branch) signs and seals; responsible president",
        "      (branch) signs and seals, exceptional cases only; reviewer (headquarters)",
        "      decides",
        "    + head of student records (branch) signs and seals; reviewer (headquarters)",
        "      decides",
        "  - Reversal of a correction in effect",
    ]
    assert "  * 撤销已生效修改：每日申请表所属层级\n    - 无\n    + 总部\n" in show_diff(
        policy, replace(policy, kinds=on_a_sheet(policy)), ZH
    )


def on_a_sheet(policy: Policy) -> dict[str, Kind]:
    """Give every kind that has none a sheet."""
    return {
        each.id: replace(each, sheet=each.sheet or "headquarters") for each in policy.kinds.values()
    }


def test_a_difference_made_by_an_overlay_names_it() -> None:
    page = show_diff(find_policy("ouc-2016"), find_policy("ouc-2016", ["windows-hebei"]), EN)

    assert page.splitlines()[0] == "ouc-2016 -> ouc-2016 + windows-hebei"
    assert section(page, "Limits") == [
        "  + on days outside 1 March to the last day of March, 1 December to the last day",
        "    of December: not accepted (Hebei: corrections in March and December)",
    ]


def test_mistakes_stand_a_line_each() -> None:
    invalid = PolicyInvalid(
        [
            Mistake("f.toml", "limit[2]", "kind", Words("is missing", "缺少该键")),
            Mistake("f.toml", "", "", Words("not UTF-8 text", "不是 UTF-8 文本")),
        ]
    )

    assert (
        show_mistakes(invalid, EN) == "f.toml limit[2] kind: is missing\nf.toml: not UTF-8 text\n"
    )
    assert show_mistakes(invalid, ZH) == "f.toml limit[2] kind：缺少该键\nf.toml：不是 UTF-8 文本\n"


def test_every_part_of_a_row_that_can_differ_has_words() -> None:
    rows = (Heading, Status, Semester, StudentKey, Column, ReportKind, Kind)
    terms = (Field, Term, EvidenceKind, Level)
    values = (Clause, ScanBounds, TableBounds, PackageRules, PackageBounds)
    names = {part.name for row in (*rows, *terms, *values) for part in fields(row)}

    assert names - VALUES.keys() == set()
    assert set(PARTS) == set(Part)
