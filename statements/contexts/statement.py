"""What every document says of itself."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar, Literal

Variant = Literal["pdf/a-2u", "pdf/a-3u"]


class UnfitStatement(ValueError):
    """What was given cannot become a document."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """The part that all documents share; a document adds its own texts.

    ``made_at`` becomes the dates in the file, so that a reprint has the same bytes: give the
    time at which the content was fixed, not the time of printing.
    """

    title: str
    made_at: datetime
    # Over every page, for what is not for use: 样本.
    watermark: str = ""

    template: ClassVar[str]
    variant: ClassVar[Variant] = "pdf/a-2u"
    # Upright, wide, or wide with a code in the upper margin: classes of the style sheet.
    paper: ClassVar[Literal["upright", "wide", "coded"]] = "upright"
    # The field that grows without bound: long documents are rendered in pieces of it.
    flow: ClassVar[str] = "lines"

    def __post_init__(self) -> None:
        if not self.title.strip():
            raise UnfitStatement("a document needs a title")
        if self.made_at.tzinfo is None:
            raise UnfitStatement("the time that a document was made at needs a time zone")

    @property
    def bookmark(self) -> str:
        """Return what readers list the document as, in a file with others."""
        return self.title

    @property
    def running_head(self) -> str:
        """Return what stands above every page but the first."""
        return self.title

    @property
    def running_foot(self) -> str:
        """Return what stands below every page, beside its number."""
        return ""
