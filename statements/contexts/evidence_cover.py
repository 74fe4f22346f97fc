"""证明材料封面: what is enclosed for one student."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import ClassVar

from statements.contexts.columns import ROOM, shares_of_lines
from statements.contexts.parts import Change, Fact
from statements.contexts.statement import Statement, UnfitStatement


@dataclass(frozen=True, slots=True)
class EnclosedScan:
    """One scan; ``fingerprint`` is the beginning of its hash, as shown in the office."""

    kind: str
    page: str
    fingerprint: str
    remark: str = ""


@dataclass(frozen=True, slots=True)
class ScanPage:
    """One scan as it follows the cover: a JPEG or PNG."""

    kind: str
    page: str
    content: bytes = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class EvidenceCover(Statement):
    """The cover of one student's evidence."""

    template: ClassVar[str] = "evidence_cover.html"
    columns: ClassVar[tuple[str, ...]] = (
        "序号",
        "材料种类",
        "页",
        "文件校验码",
        "备注",
    )

    institution: str
    unit: str
    number: str
    name: str
    facts: tuple[Fact, ...]
    changes: tuple[Change, ...]
    lines: tuple[EnclosedScan, ...]
    missing: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        """Refuse a cover of nobody."""
        super(EvidenceCover, self).__post_init__()
        if not self.name:
            raise UnfitStatement("a cover needs the student's name")

    @property
    def whose(self) -> str:
        """Return the student's name."""
        return self.name

    @property
    def bookmark(self) -> str:
        """Return whose evidence it is."""
        return f"{self.title}　{self.name}"

    @property
    def particulars(self) -> tuple[Fact, ...]:
        """Return the facts as the document shows them."""
        return (Fact("学号／注册证号", self.number), Fact("姓名", self.name), *self.facts)

    @property
    def widths(self) -> tuple[float, ...]:
        """Return the columns' widths in percent."""
        return shares_of_lines(self.columns, self.lines, ROOM[self.paper])

    @property
    def running_foot(self) -> str:
        """Return whose evidence it is, for every page."""
        return f"{self.number}　{self.name}"
