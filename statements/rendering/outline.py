"""Bookmarks and page labels of a file that several documents or scans were joined into."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from pikepdf import Array, Dictionary, Name, OutlineItem, Pdf, String


@dataclass(frozen=True, slots=True)
class Bookmark:
    """What begins on a page, counted from 0."""

    title: str
    page: int


def write_outline(pdf: Pdf, bookmarks: Sequence[Bookmark]) -> None:
    """Give *pdf* these bookmarks instead of its own, and readers that open with them."""
    if "/Outlines" in pdf.Root:
        del pdf.Root["/Outlines"]
    with pdf.open_outline() as outline:
        outline.root.extend(OutlineItem(each.title, each.page) for each in bookmarks)
    pdf.Root.PageMode = Name.UseOutlines


def label_pages(pdf: Pdf, bookmarks: Sequence[Bookmark]) -> None:
    """Call the pages of each document as they are numbered on paper: 3-1 is the third's first."""
    labels = Array()
    for place, each in enumerate(bookmarks, 1):
        labels.append(each.page)
        labels.append(Dictionary(S=Name.D, P=String(f"{place}-")))
    pdf.Root.PageLabels = pdf.make_indirect(Dictionary(Nums=labels))
