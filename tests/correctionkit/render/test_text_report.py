from __future__ import annotations

import io
from collections.abc import Callable

import pytest

from correctionkit.catalog import package_codes, scan_codes
from correctionkit.findings import NOWHERE, Location
from correctionkit.packages.checked import CheckedPackage, CheckedStudent
from correctionkit.render.streams import write_text
from correctionkit.render.text_report import to_text
from correctionkit.render.wrapping import columns
from correctionkit.terms import Language

SOUND_ZH = """\
演示分部第3批
按国家开放大学学生基本信息修改（2016 年秋季起）〔ouc-2016〕检查，日期 2026-11-20。
学生 1 名，申请 1 项，图片 2 张。

无需改正的学生：1 名。
可以上报。
"""

SOUND_EN = """\
演示分部第3批
Checked by Open University of China, corrections from autumn 2016 [ouc-2016], for
2026-11-20.
Students: 1; requests: 1; scans: 2.

Nothing to correct: 1 student.
Ready to file.
"""

RICH_ZH = """\
演示分部第3批
按国家开放大学学生基本信息修改（2016 年秋季起）〔ouc-2016〕检查，日期 2026-11-20。
学生 6 名，申请 7 项，图片 15 张。

材料包整体  1 处警告
  警告  有个例申请（2 项），材料包中没有书面报告。
        → 请另寄纸质书面报告：说明原因，主管校长签字，加盖学校公章。〔《上报材料要求》一、修改情况
          第4条；二、材料要求 1（1）〕

附表2.xlsx  1 处警告
"""


@pytest.mark.parametrize(
    ("language", "expected"), [(Language.ZH, SOUND_ZH), (Language.EN, SOUND_EN)]
)
def test_a_sound_package_is_said_in_six_lines(
    checked: Callable[..., CheckedPackage], language: Language, expected: str
) -> None:
    assert to_text(checked(), language, width=82) == expected


def test_what_concerns_all_comes_first_and_the_verdict_last(rich: CheckedPackage) -> None:
    text = to_text(rich, Language.ZH, width=100)
    assert text.startswith(RICH_ZH)
    assert text.endswith(
        "无需改正的学生：2 名。\n"
        "提示：系统遗留文件 2、图片含隐藏信息 1（用 --verbose 逐条列出）。\n"
        "有 10 处错误，请改正后再上报。\n"
    )


def test_students_come_worst_first_with_all_they_have(rich: CheckedPackage) -> None:
    headings = [
        line
        for line in to_text(rich, Language.EN, width=120).splitlines()
        if line[:1].isdigit() and "  " in line
    ]
    assert headings == [
        "1335001209114 张三 (enrolled student, name, 2 scans, folder under the new name)  7 errors",
        "1335001209200 赵敏 (enrolled student, ID number, 2 scans)  1 error, 1 warning",
        "1335001209300 买买提·艾力 (enrolled student, ethnicity, 2 scans)  1 error, 1 warning",
        "1335001209999 孙六  1 error",
        "511618201705981300 李四 (graduate, ID number, 3 scans)  1 warning",
    ]


def test_a_finding_has_place_message_step_and_clause(
    checked: Callable[..., CheckedPackage],
) -> None:
    folder = "1335001209114张三"
    package = checked(
        scan_codes.SCAN_BLANK.at(Location(path=f"{folder}/身份证.jpg"), student="1335001209114")
    )
    assert to_text(package, Language.ZH, width=100).splitlines()[4:7] == [
        "1335001209114 张三（在籍生，姓名，2 张图片，文件夹用更正后姓名）  1 处错误",
        "  错误  身份证.jpg：图片是空白的。",
        "        → 请检查是否放反，重新扫描有内容的一面。〔《上报材料要求》二、材料要求 4（2）〕",
    ]


def test_repeats_are_folded_unless_all_is_asked_for(
    checked: Callable[..., CheckedPackage],
) -> None:
    student = "1335001209114"
    blanks = [
        scan_codes.SCAN_BLANK.at(Location(path=f"{student}张三/户口本{n}.jpg"), student=student)
        for n in range(1, 6)
    ]
    trailing = [
        scan_codes.SCAN_TRAILING.at(
            Location(path=f"{student}张三/毕业证{n}.jpg"), student=student, bytes=n
        )
        for n in range(1, 6)
    ]
    package = checked(*blanks, *trailing)
    folded = to_text(package, Language.EN, width=200)
    assert "户口本1.jpg; 户口本2.jpg; 户口本3.jpg and 2 more: Nothing is on it." in folded
    assert "毕业证3.jpg: 3 bytes follow the end of the picture." in folded
    assert "毕业证4.jpg" not in folded
    assert "… and 2 more places of this kind." in folded
    full = to_text(package, Language.EN, width=200, verbose=True)
    assert all(
        f"户口本{n}.jpg" in full and f"毕业证{n}.jpg: {n} bytes" in full for n in range(1, 6)
    )
    assert "more" not in full


def test_notes_on_the_whole_package_are_never_folded(
    checked: Callable[..., CheckedPackage],
) -> None:
    package = checked(
        package_codes.POLICY_NOT_IN_FORCE.at(
            NOWHERE, policy="ouc-2016", since="2016-09-01", until="…", on="2010-01-01"
        )
    )
    text = to_text(package, Language.ZH)
    assert "  提示  规则包 ouc-2016 的有效期为 2016-09-01 至 …" in text
    assert "--verbose" not in text


def test_no_line_is_wider_than_the_terminal(rich: CheckedPackage) -> None:
    for language in Language:
        for width in (40, 61, 80):
            assert max(map(columns, to_text(rich, language, width=width).splitlines())) <= width


def test_colours_are_there_only_when_asked_for(rich: CheckedPackage) -> None:
    plain, coloured = to_text(rich, Language.ZH), to_text(rich, Language.ZH, colour=True)
    assert "\x1b" not in plain
    assert "\x1b[1;31m错误\x1b[0m" in coloured
    assert "\x1b[33m警告\x1b[0m" in coloured


def test_a_name_cannot_send_commands_to_the_terminal(
    checked: Callable[..., CheckedPackage],
) -> None:
    evil = "\x1b]0;owned\x07\x1b[2J\r\n\u202e"
    student = CheckedStudent("1", evil, None, (), 0, evil)
    package = checked(
        scan_codes.SCAN_BLANK.at(Location(path=f"{evil}/{evil}.jpg"), student="1"),
        students=(student,),
        name=evil,
    )
    text = to_text(package, Language.EN, colour=False)
    assert not {"\x1b", "\x07", "\r", "\u202e"} & set(text)


def test_code_page_936_takes_the_whole_report(
    checked: Callable[..., CheckedPackage],
) -> None:
    student = CheckedStudent(
        "1335001209114", "\U0002cc56䶮", None, (), 0, "1335001209114\U0002cc56䶮"
    )
    package = checked(
        scan_codes.SCAN_BLANK.at(Location(path=f"{student.folder}/a.jpg"), student=student.number),
        students=(student,),
    )
    for language in Language:
        raw = io.BytesIO()
        stream = io.TextIOWrapper(raw, encoding="cp936")
        write_text(stream, to_text(package, language))
        stream.flush()
        assert "[U+2CC56][U+4DAE]" in raw.getvalue().decode("cp936")
