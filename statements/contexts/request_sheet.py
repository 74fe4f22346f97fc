"""申请表: one unit's requests of one kind of one day, to be signed and stamped."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from statements.contexts.parts import Box, Count
from statements.contexts.statement import Statement, UnfitStatement
from statements.sheet_code import SheetCode

BOXES = (Box("经办人（签字）"), Box("负责人（签字）"), Box("单位（盖章）", seal=True), Box("日期"))


@dataclass(frozen=True, slots=True)
class RequestLine:
    """One request; ``number`` is the student's or the certificate's."""

    centre: str
    number: str
    name: str
    field: str
    old: str
    new: str
    reason: str
    evidence: str
    remark: str = ""

    @property
    def whose(self) -> str:
        """Return the student's name."""
        return self.name


@dataclass(frozen=True, slots=True, kw_only=True)
class RequestSheet(Statement):
    """A closed revision of a day's sheet; lines stand in the order given."""

    template: ClassVar[str] = "request_sheet.html"
    paper = "coded"

    institution: str
    unit: str
    kind: str
    day: str
    number: str
    revision: int
    code: SheetCode
    lines: tuple[RequestLine, ...]
    field_counts: tuple[Count, ...]
    reason_counts: tuple[Count, ...]
    declaration: str = ""
    boxes: tuple[Box, ...] = BOXES

    def __post_init__(self) -> None:
        """Refuse a sheet that contradicts itself."""
        super(RequestSheet, self).__post_init__()
        if not self.lines:
            raise UnfitStatement("a request sheet needs a line")
        if (self.code.number, self.code.revision) != (self.number, self.revision):
            raise UnfitStatement("the code is of another sheet or revision")

    @property
    def bookmark(self) -> str:
        """Return number and unit: what tells a sheet from those beside it."""
        return f"{self.number}　{self.unit}"

    @property
    def running_head(self) -> str:
        """Return the sheet's name for the pages that follow the first."""
        return f"{self.unit}　{self.title}（续）"

    @property
    def running_foot(self) -> str:
        """Return number, revision and code for every page."""
        return (
            f"编号：{self.number}　第{self.revision}版　"
            f"校验码：{self.code.short}　日志链：{self.code.short_chain}"
        )
