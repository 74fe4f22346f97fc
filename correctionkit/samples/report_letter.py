"""The correction report: the letter that goes with a package."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from correctionkit.samples import marks
from correctionkit.samples.entries import in_words
from correctionkit.samples.page import Page

# Causes of an exceptional case, in characters that the face has.
CAUSES = (
    "录入人员核对不严，报名时信息录入错误，毕业前未能及时发现",
    "学生入学后办理户籍变更，未及时向学习中心说明",
)


@dataclass(frozen=True, slots=True)
class Letter:
    """What a report states; a *cause* makes it the report of exceptional cases."""

    unit: str
    on: date
    changes: int
    entry_errors: int
    cause: str = ""

    @property
    def number(self) -> str:
        """What tells one letter from another."""
        return f"{self.unit}/{self.on:%Y%m%d}/{self.changes}/{self.entry_errors}/{self.cause}"


def printed_letter(page: Page) -> None:
    """Draw the heading of the letter and its stamp."""
    page.text(105, 50, "关于学生基本信息修改的报告", size=22, anchor="mm", bold=True)
    page.line(25, 62, 185, 62, width=0.4)
    page.text(25, 78, "总部学籍科：", size=14)
    marks.stamp(page, 130, 220, "样例分部")


def filled_letter(page: Page, letter: Letter) -> None:
    """Write the counts, the cause if there is one, and who signs."""
    total = letter.changes + letter.entry_errors
    y = page.paragraph(
        25,
        92,
        160,
        f"　　现报送{letter.unit}学生基本信息修改材料，共{total}项，"
        f"其中信息变更{letter.changes}项，录入错误{letter.entry_errors}项。所附证明材料均由原件扫描，内容真实、完整。",
        size=14,
        leading=10.5,
    )
    if letter.cause:
        y = page.paragraph(
            25,
            y,
            160,
            f"　　其中部分申请已超过规定时限，原因如下：{letter.cause}。特此说明，请予审核。",
            size=14,
            leading=10.5,
        )
    page.paragraph(25, y, 160, "　　特此报告。", size=14)
    signer = "主管校长（签字）" if letter.cause else "学籍主管处长（签字）"
    page.text(25, 186, f"{signer}：样例签名", size=14)
    page.text(182, 210, letter.unit, size=14, anchor="rm")
    page.text(182, 222, in_words(letter.on), size=14, anchor="rm")
