"""Several tagged PDFs as one."""

from __future__ import annotations

from collections.abc import Iterable
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Self

from pikepdf import Array, Object, ObjectStreamMode, Pdf

from statements.faults import Unprintable

# What was copied stays in memory twice, as it was read and as it is to be written, until the
# whole is written.  Written to disk and opened again, only what is looked at is read.
PAGES_BETWEEN_WRITES = 100
# Tags take a third of a megabyte a page at the last, when all of them are written: with this
# many pages a process stays below 350 MB.
MOST_PAGES = 500


class Merger:
    """Collects parts into one PDF that keeps the first part's metadata and all parts' tags.

    A context manager: pages wait in a private temporary folder.
    """

    def __init__(self, first: bytes) -> None:
        self._folder = TemporaryDirectory(prefix="statements-")
        self.pdf = Pdf.open(BytesIO(first))
        self._next_key = len(self.pdf.pages)
        self._unwritten = 0
        # A part's anchors are its own; two parts have the same ones.
        names = self.pdf.Root.get("/Names")
        if names is not None and "/Dests" in names:
            del names["/Dests"]

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *fault: object) -> None:
        self.pdf.close()
        self._folder.cleanup()

    def add(self, part: bytes) -> None:
        """Append the pages of *part* and what its tags say about them.

        Raises :exc:`Unprintable` when the whole would have more than :data:`MOST_PAGES`.
        """
        other = Pdf.open(BytesIO(part))
        pages = len(other.pages)
        if self._next_key + pages > MOST_PAGES:
            raise Unprintable(f"more than {MOST_PAGES} pages do not go into one file")
        for page in other.pages:
            page.obj.StructParents = int(page.obj.StructParents) + self._next_key
        self.pdf.pages.extend(other.pages)
        # Copied after the pages, or the tags would point to none.
        theirs = self.pdf.copy_foreign(other.Root.StructTreeRoot)
        ours = self.pdf.Root.StructTreeRoot
        for element in _items(theirs.K):
            element.P = ours
            ours.K.append(element)
        keys = theirs.ParentTree.Nums
        for place in range(0, len(keys), 2):
            ours.ParentTree.Nums.append(int(keys[place]) + self._next_key)
            ours.ParentTree.Nums.append(keys[place + 1])
        self._next_key += pages
        self._unwritten += pages
        if self._unwritten >= PAGES_BETWEEN_WRITES:
            self._write_and_reopen()

    def _write_and_reopen(self) -> None:
        path = Path(self._folder.name) / f"{self._next_key}.pdf"
        _save(self.pdf, path)
        self.pdf.close()
        self.pdf = Pdf.open(path)
        self._unwritten = 0

    def retitle(self, title: str) -> None:
        """Name the whole, which the first part's title does not."""
        self.pdf.docinfo["/Title"] = title
        with self.pdf.open_metadata(set_pikepdf_as_editor=False, update_docinfo=False) as metadata:
            metadata["dc:title"] = title

    def written(self) -> bytes:
        """Return the PDF; the same parts give the same bytes."""
        target = BytesIO()
        _save(self.pdf, target)
        return target.getvalue()


def merged(parts: Iterable[bytes], title: str) -> bytes:
    """Return *parts* as one PDF under *title*; raise :exc:`ValueError` for none."""
    several = iter(parts)
    first = next(several, None)
    if first is None:
        raise ValueError("there is nothing to join")
    with Merger(first) as merger:
        for part in several:
            merger.add(part)
        # The first part's headings would pass for those of the whole.
        if "/Outlines" in merger.pdf.Root:
            del merger.pdf.Root["/Outlines"]
        merger.retitle(title)
        return merger.written()


def _save(pdf: Pdf, target: BytesIO | Path) -> None:
    pdf.save(target, deterministic_id=True, object_stream_mode=ObjectStreamMode.generate)


def _items(kids: Object) -> Iterable[Object]:
    return list(kids) if isinstance(kids, Array) else [kids]
