"""The ruled forms: the school's own two, and the page of the household register."""

from __future__ import annotations

import random

from correctionkit.samples import marks
from correctionkit.samples.entries import NOTHING, Entries
from correctionkit.samples.forms import Form, Row
from correctionkit.samples.page import FAINT, Page

SCHOOL = "样例开放大学"
_NOBODY = "本表为虚构样本，所写人物并不存在。"

_HOUSEHOLD = Form(
    left=25,
    top=52,
    rows=(
        Row(14, ((32, "姓名"), (48, "{name}"), (40, "户主或与户主关系"), (40, "户主"))),
        Row(14, ((32, "曾用名"), (48, "{former_name}"), (40, "性别"), (40, "{gender}"))),
        Row(14, ((32, "出生地"), (48, "样例省样例市"), (40, "民族"), (40, "{ethnicity_short}"))),
        Row(14, ((32, "籍贯"), (48, "样例省样例市"), (40, "出生日期"), (40, "{birth}"))),
        Row(14, ((32, "住址"), (128, "{address}"))),
        Row(14, ((48, "公民身份证件编号"), (112, "{id_number}"))),
        Row(14, ((32, "文化程度"), (48, "{education}"), (40, "婚姻状况"), (40, "（未填写）"))),
        Row(14, ((32, "服务处所"), (48, "样例公司"), (40, "职业"), (40, "（未填写）"))),
        Row(14, ((48, "何时由何地迁来本址"), (112, "（未填写）"))),
        Row(34, ((32, "变更登记"), (128, "{household_note}"))),
    ),
)

_ENROLMENT = Form(
    left=20,
    top=58,
    rows=(
        Row(
            12,
            (
                (28, "姓名"),
                (42, "{name}"),
                (24, "性别"),
                (20, "{gender}"),
                (22, "民族"),
                (34, "{ethnicity}"),
            ),
        ),
        Row(12, ((28, "出生日期"), (66, "{birth}"), (30, "证件类型"), (46, "居民身份证"))),
        Row(12, ((28, "证件号码"), (66, "{id_number}"), (30, "入学文化程度"), (46, "{education}"))),
        Row(12, ((28, "报考层次"), (42, "{level}"), (24, "专业"), (76, "{major}"))),
        Row(12, ((28, "学习中心"), (66, "{centre}"), (30, "入学日期"), (46, "{enrolled}"))),
        Row(12, ((28, "学号"), (142, "{student_number}"))),
        Row(12, ((28, "家庭住址"), (142, "{address}"))),
        Row(12, ((28, "联系电话"), (66, "（样本，不填写）"), (30, "邮政编码"), (46, "000000"))),
        Row(40, ((28, "学习经历"), (142, "{enrolment_note}"))),
        Row(34, ((28, "本人承诺"), (142, "{promise}"))),
        Row(28, ((28, "审核意见"), (142, "{verdict}"))),
    ),
)

_GRADUATE = Form(
    left=20,
    top=58,
    rows=(
        Row(
            12,
            (
                (28, "姓名"),
                (42, "{name}"),
                (24, "性别"),
                (20, "{gender}"),
                (22, "民族"),
                (34, "{ethnicity}"),
            ),
        ),
        Row(12, ((28, "出生日期"), (66, "{birth}"), (30, "入学文化程度"), (46, "{education}"))),
        Row(12, ((28, "身份证号"), (142, "{id_number}"))),
        Row(12, ((28, "学号"), (66, "{student_number}"), (30, "层次"), (46, "{level}"))),
        Row(12, ((28, "注册证号"), (66, "{certificate_number}"), (30, "专业"), (46, "{major}"))),
        Row(12, ((28, "入学日期"), (66, "{enrolled}"), (30, "毕业日期"), (46, "{graduated}"))),
        Row(12, ((28, "分部"), (66, "{branch}"), (30, "学习中心"), (46, "{centre}"))),
        Row(12, ((28, "家庭住址"), (142, "{address}"))),
        Row(44, ((28, "学习经历"), (142, "{enrolment_note}"))),
        Row(40, ((28, "自我鉴定"), (142, "{self_portrait}"))),
    ),
)


def printed_household(page: Page) -> None:
    """Draw the empty page of the register."""
    page.text(105, 36, "常住人口登记卡", size=20, anchor="mm", bold=True)
    page.text(105, 45, "（虚构样本，不是户籍资料）", size=10, anchor="mm", colour=FAINT)
    _HOUSEHOLD.rule(page)
    page.text(25, 222, "承办人签章：样例民警", size=11)
    page.text(118, 222, "登记日期：", size=11)
    marks.stamp(page, 156, 250, "样例派出所")


def filled_household(page: Page, values: Entries, _rng: random.Random) -> None:
    """Write one person into the register; a former name has its line of change."""
    former = values["former_name"]
    note = "（无变更记录）"
    if former != NOTHING:
        note = f"{values['changed']}，姓名由“{former}”变更为“{values['name']}”。"
    _HOUSEHOLD.fill(page, values.texts | {"household_note": note})
    page.text(138, 222, values["changed"], size=11)


def printed_enrolment(page: Page) -> None:
    """Draw the empty form that a student fills in to enrol."""
    page.text(105, 34, SCHOOL, size=18, anchor="mm", bold=True)
    page.text(105, 46, "招生报名登记表", size=20, anchor="mm", bold=True)
    _ENROLMENT.rule(page)
    _signed(page, 262, "报名人签字：", "填表日期：")


def filled_enrolment(page: Page, values: Entries, _rng: random.Random) -> None:
    """Write one person into the enrolment form."""
    notes = {
        "enrolment_note": _schooling(values),
        "promise": "本人承诺以上所填信息真实、准确。" + _NOBODY,
        "verdict": "经审核，符合入学条件，同意录取。（样本）",
    }
    _ENROLMENT.fill(page, values.texts | notes)
    _sign(page, 262, values["name"], values["enrolled"])


def printed_graduate(page: Page) -> None:
    """Draw the empty form that is kept of a graduate, its page with personal data."""
    page.text(105, 34, SCHOOL, size=18, anchor="mm", bold=True)
    page.text(105, 46, "毕业生登记表", size=20, anchor="mm", bold=True)
    _GRADUATE.rule(page)
    _signed(page, 254, "毕业生签字：", "填表日期：")


def filled_graduate(page: Page, values: Entries, _rng: random.Random) -> None:
    """Write one person into the graduate's form."""
    notes = {
        "enrolment_note": _schooling(values),
        "self_portrait": "在校期间按教学计划完成全部课程，成绩合格。" + _NOBODY,
    }
    _GRADUATE.fill(page, values.texts | notes)
    _sign(page, 254, values["name"], values["graduated"])


def _schooling(values: Entries) -> str:
    return (
        f"{values['started_year']}年9月至{values['finished_year']}年7月，"
        f"样例学校，{values['education']}，毕业。"
    )


def _signed(page: Page, y: float, left: str, right: str) -> None:
    page.text(20, y, left, size=11)
    page.text(118, y, right, size=11)


def _sign(page: Page, y: float, name: str, right: str) -> None:
    page.text(46, y, name, size=14)
    page.text(140, y, right, size=11)
