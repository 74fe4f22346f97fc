"""Letters of the police: what was changed or corrected in the register of residents."""

from __future__ import annotations

import random

from correctionkit.samples import marks
from correctionkit.samples.entries import Entries
from correctionkit.samples.forms import Form, Row
from correctionkit.samples.page import Page

_OFFICE = "样例市公安局样例派出所"
_TABLE_TOP = 122.0
_ROW_HEIGHT = 13.0
_WIDTHS = (32.0, 50.0, 50.0, 28.0)
_TABLE_HEAD = Row(
    _ROW_HEIGHT, tuple(zip(_WIDTHS, ("变更项目", "变更前", "变更后", "变更日期"), strict=True))
)


def printed_police_change(page: Page) -> None:
    """Draw the heading of the certificate of a change."""
    _head(page, "公安主项信息变更更正证明")


def filled_police_change(page: Page, values: Entries, _rng: random.Random) -> None:
    """Write what was changed, one line a field."""
    y = _addressed(page)
    page.paragraph(
        25,
        y,
        160,
        f"　　兹有居民{values['name']}，性别{values['gender']}，{values['ethnicity']}，"
        f"公民身份号码{values['id_number']}，其户籍登记主项信息已作变更，具体如下：",
        size=13,
    )
    rows = tuple(
        Row(
            _ROW_HEIGHT,
            tuple(zip(_WIDTHS, (*change, values["changed_short"]), strict=True)),
        )
        for change in values.changes
    )
    Form(25, _TABLE_TOP, (_TABLE_HEAD, *rows), size=10.5).rule(page)
    below = _TABLE_TOP + _ROW_HEIGHT * (len(rows) + 1) + 14
    page.paragraph(
        25, below, 160, "　　其余登记项目未作变更，变更前后系同一人。特此证明。", size=13
    )
    _signed(page, values)


def printed_correction_notice(page: Page) -> None:
    """Draw the heading of the notice that a number was corrected."""
    _head(page, "公民身份证号码更正事项告知函")


def filled_correction_notice(page: Page, values: Entries, _rng: random.Random) -> None:
    """Write the wrong number and the right one."""
    y = _addressed(page)
    y = page.paragraph(
        25,
        y,
        160,
        f"　　经核查，居民{values['name']}，性别{values['gender']}，{values['birth']}出生，"
        "原登记的公民身份证号码有误，现予更正，并将有关事项告知如下：",
        size=13,
    )
    _two_numbers(page, y, "更正前号码", "更正后号码", values)
    page.paragraph(
        25, y + 44, 160, "　　两个号码系同一人所有，原号码自更正之日起停止使用。", size=13
    )
    _signed(page, values)


def printed_number_change(page: Page) -> None:
    """Draw the heading of the certificate that a number was changed."""
    _head(page, "公民身份证号码变更证明")


def filled_number_change(page: Page, values: Entries, _rng: random.Random) -> None:
    """Write the old number and the new one."""
    y = _addressed(page)
    y = page.paragraph(
        25,
        y,
        160,
        f"　　兹证明{values['name']}，性别{values['gender']}，{values['ethnicity']}，"
        f"住{values['address']}，其公民身份证号码已于{values['changed']}变更：",
        size=13,
    )
    _two_numbers(page, y, "原号码", "现号码", values)
    page.paragraph(25, y + 44, 160, "　　变更前后系同一人，特此证明。", size=13)
    _signed(page, values)


def _head(page: Page, title: str) -> None:
    page.text(105, 46, title, size=22, anchor="mm", bold=True)
    page.text(185, 62, "样公户字〔样本〕第0000号", size=10.5, anchor="rm")
    page.line(25, 67, 185, 67, width=0.4)
    marks.stamp(page, 122, 238, "样例派出所")


def _addressed(page: Page) -> float:
    page.text(25, 80, "样例开放大学：", size=13)
    return 92.0


def _two_numbers(page: Page, y: float, old: str, new: str, values: Entries) -> None:
    for place, label, number in (
        (y + 6, old, values["former_id_number"]),
        (y + 20, new, values["id_number"]),
    ):
        page.box(35, place, 140, 14, rim=0.25)
        page.line(80, place, 80, place + 14, width=0.25)
        page.text(57.5, place + 7, label, size=12, anchor="mm")
        page.text(127.5, place + 7, number, size=18, anchor="mm", bold=True)


def _signed(page: Page, values: Entries) -> None:
    page.text(182, 228, _OFFICE, size=13, anchor="rm")
    page.text(182, 240, values["changed"], size=13, anchor="rm")
    page.text(25, 262, "经办人：样例民警　　联系电话：（样本，不填写）", size=10.5)
