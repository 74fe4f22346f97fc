"""Several tagged PDFs as one."""

from __future__ import annotations

from collections.abc import Iterable
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Self

from pikepdf import Array, Object, ObjectStreamMode, Pdf

from statements.faults import TooLarge, Unprintable
from statements.rendering.outline import Bookmark, label_pages, write_outline

# What was copied stays in memory twice, as it was read and as it is to be written, until the
# whole is written.  Written to disk and opened again, only what is looked at is read.
PAGES_BETWEEN_WRITES = 100
BYTES_BETWEEN_WRITES = 16 * 1024**2
# Tags take a third of a megabyte a page at the last, when all of them are written: with this
# many pages a process stays below 350 MB.
MOST_PAGES = 500
# Whoever asked gets the file as it is, in memory.
MOST_BYTES = 120 * 1024**2


class Merger:
    """Collects parts into one PDF that keeps the first part's metadata and all parts' tags.

    A context manager: pages wait in a private temporary folder.
    """

    def __init__(self, first: bytes, bookmark: str = "") -> None:
        self._folder = TemporaryDirectory(prefix="statements-")
        self._path: Path | None = None
        self.pdf = Pdf.open(BytesIO(first))
        self._next_key = len(self.pdf.pages)
        self._bytes = len(first)
        self._unwritten_pages, self._unwritten_bytes = 0, len(first)
        self.bookmarks = [Bookmark(bookmark, 0)] if bookmark else []
        # A part's anchors are its own; two parts have the same ones.
        names = self.pdf.Root.get("/Names")
        if names is not None and "/Dests" in names:
            del names["/Dests"]

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *fault: object) -> None:
        self.pdf.close()
        self._folder.cleanup()

    def add(self, part: bytes, bookmark: str = "") -> None:
        """Append the pages of *part* and what its tags say about them, under a *bookmark*.

        Raises :exc:`Unprintable` when the whole would have more than :data:`MOST_PAGES`, and
        :exc:`TooLarge` beyond :data:`MOST_BYTES`.
        """
        self._bytes += len(part)
        if self._bytes > MOST_BYTES:
            raise TooLarge(f"more than {MOST_BYTES} bytes do not go into one file")
        other = Pdf.open(BytesIO(part))
        pages = len(other.pages)
        if self._next_key + pages > MOST_PAGES:
            raise Unprintable(f"more than {MOST_PAGES} pages do not go into one file")
        if bookmark:
            self.bookmarks.append(Bookmark(bookmark, self._next_key))
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
        self._unwritten_pages += pages
        self._unwritten_bytes += len(part)
        many = self._unwritten_pages >= PAGES_BETWEEN_WRITES
        if many or self._unwritten_bytes >= BYTES_BETWEEN_WRITES:
            self._write_and_reopen()

    def _write_and_reopen(self) -> None:
        before = self._path
        self._path = Path(self._folder.name) / f"{self._next_key}.pdf"
        _save(self.pdf, self._path)
        self.pdf.close()
        if before is not None:
            before.unlink()
        self.pdf = Pdf.open(self._path)
        self._unwritten_pages, self._unwritten_bytes = 0, 0

    def retitle(self, title: str) -> None:
        """Name the whole, which the first part's title does not."""
        self.pdf.docinfo["/Title"] = title
        with self.pdf.open_metadata(set_pikepdf_as_editor=False, update_docinfo=False) as metadata:
            metadata["dc:title"] = title

    def written(self) -> bytes:
        """Return the PDF; the same parts give the same bytes."""
        if self._path is None:
            target = BytesIO()
            _save(self.pdf, target)
            return target.getvalue()
        # A large one: as it grows in memory it would be there twice.
        whole = self._path.with_name("whole.pdf")
        _save(self.pdf, whole)
        self.pdf.close()
        return whole.read_bytes()


def merged(documents: Iterable[tuple[str, bytes]], title: str) -> bytes:
    """Return *documents*, each under its bookmark, as one PDF under *title*.

    Raises :exc:`ValueError` for none.
    """
    several = iter(documents)
    first = next(several, None)
    if first is None:
        raise ValueError("there is nothing to join")
    bookmark, pdf = first
    with Merger(pdf, bookmark) as merger:
        for bookmark, pdf in several:
            merger.add(pdf, bookmark)
        # The first document's headings would pass for those of the whole.
        write_outline(merger.pdf, merger.bookmarks)
        label_pages(merger.pdf, merger.bookmarks)
        merger.retitle(title)
        return merger.written()


def _save(pdf: Pdf, target: BytesIO | Path) -> None:
    pdf.save(target, deterministic_id=True, object_stream_mode=ObjectStreamMode.generate)


def _items(kids: Object) -> Iterable[Object]:
    return list(kids) if isinstance(kids, Array) else [kids]
