"""书面报告: the letter that goes with a package."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from statements.contexts.columns import ROOM, shares_of_lines
from statements.contexts.parts import Box
from statements.contexts.statement import Statement, UnfitStatement


@dataclass(frozen=True, slots=True)
class ReportCount:
    """How many requests of one status have which reason, in the order of the reasons."""

    status: str
    numbers: tuple[int, ...]

    @property
    def total(self) -> int:
        """Return how many requests of this status there are."""
        return sum(self.numbers)


@dataclass(frozen=True, slots=True)
class ExceptionalCase:
    """A request that is late or otherwise out of the rule, and why."""

    number: str
    name: str
    request: str
    cause: str

    @property
    def whose(self) -> str:
        """Return the student's name."""
        return self.name


@dataclass(frozen=True, slots=True, kw_only=True)
class CorrectionReport(Statement):
    """A letter; its paragraphs are what the office made of them before printing."""

    template: ClassVar[str] = "correction_report.html"
    columns: ClassVar[tuple[str, ...]] = (
        "序号",
        "学号／注册证号",
        "姓名",
        "申请事项",
        "原因",
    )

    addressee: str
    opening: tuple[str, ...]
    reasons: tuple[str, ...]
    counts: tuple[ReportCount, ...]
    lines: tuple[ExceptionalCase, ...]
    causes: tuple[str, ...] = ()
    closing: tuple[str, ...] = ()
    enclosures: tuple[str, ...] = ()
    sender: str
    day: str
    boxes: tuple[Box, ...]

    def __post_init__(self) -> None:
        """Refuse counts that don't fit the reasons, and a letter that nobody signs."""
        super(CorrectionReport, self).__post_init__()
        if any(len(row.numbers) != len(self.reasons) for row in self.counts):
            raise UnfitStatement("a status has more or fewer numbers than there are reasons")
        if not self.boxes:
            raise UnfitStatement("a report needs a signature")

    @property
    def totals(self) -> tuple[int, ...]:
        """Return how many requests have each reason, whatever the status."""
        return tuple(
            sum(row.numbers[place] for row in self.counts) for place in range(len(self.reasons))
        )

    @property
    def total(self) -> int:
        """Return how many requests there are."""
        return sum(self.totals)

    @property
    def widths(self) -> tuple[float, ...]:
        """Return the columns' widths in percent."""
        return shares_of_lines(self.columns, self.lines, ROOM[self.paper])

    @property
    def running_foot(self) -> str:
        """Return the sender for every page."""
        return self.sender
