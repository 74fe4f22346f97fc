"""What proves schooling: the diploma, the look-up in the register, the authentication."""

from __future__ import annotations

import random

from correctionkit.samples import marks
from correctionkit.samples.entries import Entries
from correctionkit.samples.forms import Form, Row
from correctionkit.samples.page import FAINT, Page

_LOOKUP = Form(
    left=30,
    top=72,
    rows=(
        Row(13, ((40, "姓名"), (110, "{name}"))),
        Row(13, ((40, "性别"), (110, "{gender}"))),
        Row(13, ((40, "出生日期"), (110, "{birth}"))),
        Row(13, ((40, "入学日期"), (110, "{started_year}年9月1日"))),
        Row(13, ((40, "毕业日期"), (110, "{finished}"))),
        Row(13, ((40, "学校名称"), (110, "样例学院"))),
        Row(13, ((40, "专业名称"), (110, "{major}"))),
        Row(13, ((40, "学历层次"), (110, "{education}"))),
        Row(13, ((40, "学习形式"), (110, "普通全日制"))),
        Row(13, ((40, "证书编号"), (110, "{finished_number}"))),
        Row(13, ((40, "毕结业结论"), (110, "毕业"))),
    ),
    size=12,
)

_AUTHENTICATION = Form(
    left=25,
    top=88,
    rows=(
        Row(13, ((30, "姓名"), (50, "{name}"), (30, "性别"), (50, "{gender}"))),
        Row(13, ((30, "出生日期"), (130, "{birth}"))),
        Row(13, ((30, "证件号码"), (130, "{id_number}"))),
        Row(13, ((30, "毕业院校"), (130, "样例学院"))),
        Row(13, ((30, "所学专业"), (50, "{major}"), (30, "学历层次"), (50, "{education}"))),
        Row(
            13, ((30, "毕业日期"), (50, "{finished}"), (30, "证书编号"), (50, "{finished_number}"))
        ),
    ),
    size=11.5,
)


def printed_diploma(page: Page) -> None:
    """Draw the empty diploma, a sheet on its side."""
    page.box(14, 14, 269, 182, rim=1.2, radius=4)
    page.box(18, 18, 261, 174, rim=0.3, radius=3)
    page.text(148.5, 48, "毕业证书", size=40, anchor="mm", bold=True)
    page.text(148.5, 66, "（虚构样本，不是证书）", size=12, anchor="mm", colour=FAINT)
    page.box(34, 78, 34, 46, rim=0.3)
    page.text(51, 101, "照片（样本）", size=9, anchor="mm", colour=FAINT)
    marks.stamp(page, 208, 160, "样例学校", across=42)


def filled_diploma(page: Page, values: Entries, _rng: random.Random) -> None:
    """Write who finished which school."""
    page.paragraph(
        82,
        84,
        176,
        f"　　学生{values['name']}，性别{values['gender']}，{values['birth']}生，"
        f"于{values['started_year']}年9月至{values['finished_year']}年7月"
        f"在本校学习，学历层次为{values['education']}，修业期满，成绩合格，准予毕业。",
        size=17,
        leading=13,
    )
    page.text(34, 166, f"证书编号：{values['finished_number']}", size=12)
    page.text(262, 150, "样例学校", size=16, anchor="rm")
    page.text(262, 164, values["finished"], size=14, anchor="rm")


def printed_lookup(page: Page) -> None:
    """Draw the empty page of the register on the web, as it is printed."""
    page.text(30, 24, "学历查询（样例网站）", size=10, colour=FAINT)
    page.line(30, 29, 180, 29, width=0.3)
    page.text(105, 48, "学历网查结果", size=22, anchor="mm", bold=True)
    page.text(105, 60, "（虚构样本，不可用于核验）", size=11, anchor="mm", colour=FAINT)
    _LOOKUP.rule(page)
    page.text(30, 230, "说明：本页为软件测试样本，所列学校、专业与编号均不存在。", size=10)


def filled_lookup(page: Page, values: Entries, _rng: random.Random) -> None:
    """Write one person's entry in the register."""
    _LOOKUP.fill(page, values.texts)
    page.text(180, 24, f"打印日期：{values['changed']}", size=10, anchor="rm")


def printed_authentication(page: Page) -> None:
    """Draw the empty report of an authentication."""
    page.text(105, 42, "学历认证报告", size=26, anchor="mm", bold=True)
    page.text(105, 56, "（虚构样本，不是认证结论）", size=11, anchor="mm", colour=FAINT)
    page.text(185, 74, "报告编号：样本0000000000", size=10.5, anchor="rm")
    _AUTHENTICATION.rule(page)
    marks.stamp(page, 128, 236, "样例中心")


def filled_authentication(page: Page, values: Entries, _rng: random.Random) -> None:
    """Write one person's schooling and the verdict on it."""
    _AUTHENTICATION.fill(page, values.texts)
    page.paragraph(
        25,
        184,
        160,
        f"　　经核查，{values['name']}所持{values['education']}毕业证书的内容与样例学院的记录一致。"
        "本报告为软件测试样本。",
        size=13,
    )
    page.text(182, 226, "样例认证中心", size=13, anchor="rm")
    page.text(182, 238, values["changed"], size=13, anchor="rm")
