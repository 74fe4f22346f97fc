"""附表: the summary table of one status, as it goes to headquarters on paper."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from statements.contexts.columns import ROOM, shares, stands_in_the_middle
from statements.contexts.parts import Box
from statements.contexts.statement import Statement, UnfitStatement

SIGNATURES = (
    Box("学籍主管处长（签字）"),
    Box("经办人（签字）"),
    Box("学籍管理部门（盖章）", seal=True),
    Box("日期"),
)


@dataclass(frozen=True, slots=True)
class SummaryRow:
    """The cells of one row, in the order of the columns."""

    cells: tuple[str, ...]
    whose: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SummaryTable(Statement):
    """A table with the columns that the policy names."""

    template: ClassVar[str] = "summary_table.html"
    paper = "wide"

    label: str
    institution: str
    unit: str
    day: str
    columns: tuple[str, ...]
    lines: tuple[SummaryRow, ...]
    notes: tuple[str, ...] = ()
    boxes: tuple[Box, ...] = SIGNATURES

    def __post_init__(self) -> None:
        """Refuse rows that don't fit the columns."""
        super(SummaryTable, self).__post_init__()
        if not self.columns:
            raise UnfitStatement("a summary table needs columns")
        if any(len(row.cells) != len(self.columns) for row in self.lines):
            raise UnfitStatement("a row has more or fewer cells than the table has columns")

    @property
    def widths(self) -> tuple[float, ...]:
        """Return the columns' widths in percent."""
        return shares(self.columns, [row.cells for row in self.lines], ROOM[self.paper])

    @property
    def middle(self) -> frozenset[int]:
        """Return the places of the columns that are set in the middle."""
        return frozenset(
            place
            for place in range(len(self.columns))
            if stands_in_the_middle([row.cells[place] for row in self.lines])
        )

    @property
    def running_head(self) -> str:
        """Return the table's name for the pages that follow the first."""
        return f"{self.label}　{self.title}（续）"

    @property
    def running_foot(self) -> str:
        """Return unit and day for every page."""
        return f"{self.unit}　{self.day}"
