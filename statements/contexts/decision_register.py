"""审批登记表: every decision of a period, for headquarters."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from statements.contexts.columns import ROOM, shares_of_lines
from statements.contexts.parts import Box, Count
from statements.contexts.statement import Statement

SIGNATURES = (Box("审核员（签字）"), Box("学籍科负责人（签字）"), Box("日期"))


@dataclass(frozen=True, slots=True)
class RegisterLine:
    """One decision on one field."""

    day: str
    case: str
    unit: str
    number: str
    name: str
    field: str
    old: str
    new: str
    outcome: str
    opinion: str
    reviewer: str

    @property
    def whose(self) -> str:
        """Return the student's name."""
        return self.name


@dataclass(frozen=True, slots=True, kw_only=True)
class DecisionRegister(Statement):
    """The register of a period; an empty one says that nothing was decided."""

    template: ClassVar[str] = "decision_register.html"
    columns: ClassVar[tuple[str, ...]] = (
        "序号",
        "日期",
        "案卷编号",
        "单位",
        "学号／注册证号",
        "姓名",
        "更正内容",
        "更正前",
        "更正后",
        "结果",
        "审批意见",
        "审核员",
    )
    paper = "wide"

    institution: str
    office: str
    period: str
    lines: tuple[RegisterLine, ...]
    counts: tuple[Count, ...]
    boxes: tuple[Box, ...] = SIGNATURES

    @property
    def widths(self) -> tuple[float, ...]:
        """Return the columns' widths in percent."""
        return shares_of_lines(self.columns, self.lines, ROOM[self.paper])

    @property
    def running_head(self) -> str:
        """Return the register's name for the pages that follow the first."""
        return f"{self.title}（续）"

    @property
    def running_foot(self) -> str:
        """Return office and period for every page."""
        return f"{self.office}　{self.period}"
