"""案卷: everything of one case with its history, for the archive."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import ClassVar

from statements.contexts.columns import ROOM, shares_of_lines
from statements.contexts.parts import Change, Fact
from statements.contexts.statement import Statement, UnfitStatement, Variant

# Bytes: originals are in memory as they came, and three times as they are written.
MOST_ATTACHED = 40 * 1024**2


@dataclass(frozen=True, slots=True)
class Attachment:
    """An original that the archive keeps inside the file."""

    name: str
    media_type: str
    description: str
    content: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class Enclosure:
    """One scan as the case file lists it: with its whole hash."""

    kind: str
    name: str
    size: str
    sha256: str


@dataclass(frozen=True, slots=True)
class Decision:
    """One decision on one field."""

    when: str
    field: str
    outcome: str
    reviewer: str
    opinion: str


@dataclass(frozen=True, slots=True)
class Event:
    """One step of the case's history."""

    when: str
    who: str
    act: str
    became: str
    opinion: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseFile(Statement):
    """A case, closed; its originals are attached to the file."""

    template: ClassVar[str] = "case_file.html"
    columns: ClassVar[tuple[str, ...]] = (
        "序号",
        "时间",
        "经手人",
        "操作",
        "状态",
        "意见",
    )
    variant: ClassVar[Variant] = "pdf/a-3u"

    institution: str
    number: str
    name: str
    facts: tuple[Fact, ...]
    changes: tuple[Change, ...]
    enclosures: tuple[Enclosure, ...]
    decisions: tuple[Decision, ...]
    lines: tuple[Event, ...]
    attachments: tuple[Attachment, ...] = ()

    def __post_init__(self) -> None:
        """Refuse two attachments of one name: a reader could save only one."""
        super(CaseFile, self).__post_init__()
        names = [attachment.name for attachment in self.attachments]
        if len(set(names)) != len(names):
            raise UnfitStatement("two attachments have the same name")

    @property
    def apart(self) -> int:
        """Return how many of the originals are kept elsewhere."""
        return len(self.enclosures) - len(self.attachments)

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
        """Return the case's number for every page."""
        return f"案卷编号：{self.number}"
