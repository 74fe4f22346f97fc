"""审批结果通知单: what headquarters decided on one case, for the branch to hand on."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from statements.contexts.columns import ROOM, shares_of_lines
from statements.contexts.parts import Fact
from statements.contexts.statement import Statement, UnfitStatement


@dataclass(frozen=True, slots=True)
class DecidedChange:
    """One field with its outcome, why, and what is to be done now."""

    field: str
    old: str
    new: str
    outcome: str
    opinion: str = ""
    next_step: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class DecisionNotice(Statement):
    """A notice; what was approved, returned and rejected stands in the order given."""

    template: ClassVar[str] = "decision_notice.html"
    columns: ClassVar[tuple[str, ...]] = (
        "更正内容",
        "更正前",
        "更正后",
        "审批结果",
        "审批意见",
        "请办理",
    )

    institution: str
    number: str
    addressee: str
    name: str
    facts: tuple[Fact, ...]
    lines: tuple[DecidedChange, ...]
    remarks: tuple[str, ...] = ()
    issuer: str
    day: str

    def __post_init__(self) -> None:
        """Refuse a notice of nothing."""
        super(DecisionNotice, self).__post_init__()
        if not self.lines:
            raise UnfitStatement("a notice needs a decision")

    @property
    def whose(self) -> str:
        """Return the student's name."""
        return self.name

    @property
    def particulars(self) -> tuple[Fact, ...]:
        """Return the facts as the document shows them."""
        return self.facts

    @property
    def widths(self) -> tuple[float, ...]:
        """Return the columns' widths in percent."""
        return shares_of_lines(self.columns, self.lines, ROOM[self.paper])

    @property
    def running_foot(self) -> str:
        """Return the notice's number for every page."""
        return f"编号：{self.number}"
