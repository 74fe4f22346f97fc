"""A package as a tree of entries: one safe reader for folders and ZIPs alike.

Paths of entries and findings leave out the wrapping folder that was looked through, of
a ZIP and of a folder alike.  Names are as decoded: width and spaces are judged elsewhere.
Where a ZIP as a whole is not to be trusted it is *refused*: its findings say why, with
paths as the ZIP has them, and there are no entries.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import replace
from operator import attrgetter
from pathlib import Path
from types import TracebackType
from typing import Literal, Self

from correctionkit.findings import Finding
from correctionkit.packages.reader.archive_kinds import is_archive, is_archive_name
from correctionkit.packages.reader.entries import (
    Entry,
    MemberDamaged,
    MemberFault,
    MemberTooLarge,
    MemberUnsafe,
    PackageUnreadable,
    unsafe,
)
from correctionkit.packages.reader.folder_source import FolderSource
from correctionkit.packages.reader.junk import split_junk
from correctionkit.packages.reader.long_paths import long_path
from correctionkit.packages.reader.sources import HEAD_SIZE, Source, in_order
from correctionkit.packages.reader.zip_source import ZipSource
from correctionkit.policy.bounds import PackageBounds

__all__ = [
    "Entry",
    "MemberDamaged",
    "MemberFault",
    "MemberTooLarge",
    "MemberUnsafe",
    "Package",
    "PackageUnreadable",
    "open_package",
]

# The part that every workbook and letter of the Office formats has, and no package.
_OFFICE_MARK = "[Content_Types].xml"


class Package:
    """An open package.  A context manager; reads may come from several threads."""

    def __init__(
        self,
        source: Source,
        wrapper: str | None,
        entries: tuple[Entry, ...],
        findings: tuple[Finding, ...],
    ) -> None:
        self._source = source
        self._read: set[str] = set()
        self.wrapper = wrapper
        self.entries = entries
        self.findings = findings

    @property
    def name(self) -> str:
        """The name of the folder or of the ZIP file."""
        return self._source.name

    @property
    def kind(self) -> Literal["folder", "zip"]:
        """What the package is kept in."""
        return self._source.kind

    @property
    def refused(self) -> bool:
        """Whether the package as a whole is not to be trusted, so that nothing is read."""
        return self._source.refused

    @property
    def unread(self) -> tuple[Entry, ...]:
        """The sound-looking files that nobody has read to their end yet."""
        return tuple(
            entry
            for entry in self.entries
            if not entry.is_folder and entry.fault is None and entry.path not in self._read
        )

    def read(self, entry: Entry, limit: int | None = None) -> bytes:
        """Return the whole content of *entry*.

        Raises :exc:`MemberTooLarge` where it has more than *limit* bytes,
        :exc:`MemberUnsafe` where it is an archive, :exc:`MemberDamaged` where it cannot
        be had as the package declares it.
        """
        content = self._source.read(self._inside(entry), limit)
        self._refuse_archive(entry, content[:HEAD_SIZE])
        self._read.add(entry.path)
        return content

    def head(self, entry: Entry, size: int = HEAD_SIZE) -> bytes:
        """Return the first *size* bytes of *entry*, unverified; fewer where it is shorter."""
        return self._source.head(self._inside(entry), size)

    def verify(self, entry: Entry) -> None:
        """Read *entry* to its end without keeping it; raise as :meth:`read` does."""
        inside = self._inside(entry)
        self._refuse_archive(entry, self._source.head(inside, HEAD_SIZE))
        self._source.verify(inside)
        self._read.add(entry.path)

    def close(self) -> None:
        """Let go of the file; harmless when done twice."""
        self._source.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def _inside(self, entry: Entry) -> str:
        if entry.fault is not None:
            raise MemberDamaged(entry.fault)
        if entry.is_folder:
            raise IsADirectoryError(entry.path)
        return entry.path if self.wrapper is None else f"{self.wrapper}/{entry.path}"

    def _refuse_archive(self, entry: Entry, head: bytes) -> None:
        if is_archive(entry.parts[-1], head):
            raise MemberUnsafe("archive-nested")


def open_package(
    path: Path, bounds: PackageBounds, *, is_number_start: Callable[[str], bool] | None = None
) -> Package:
    """List the folder or ZIP at *path* within *bounds*.

    *is_number_start* says whether a folder's name begins with a student's number, so
    that a lone folder is no wrapper; by default, whether it begins with a digit.
    Raises :exc:`PackageUnreadable` where nothing can be listed.
    """
    source = _source(path, bounds)
    try:
        return _look_through(source, is_number_start or _starts_with_digit)
    except BaseException:
        source.close()
        raise


def _source(path: Path, bounds: PackageBounds) -> Source:
    try:
        reach = Path(long_path(path))
        if reach.is_dir():
            return FolderSource(reach, bounds)
        if reach.is_file():
            return ZipSource(reach, bounds)
        exists = reach.exists()
    except (OSError, ValueError) as error:
        # ValueError: a NUL in the path.
        raise PackageUnreadable("path-unreadable") from error
    raise PackageUnreadable("path-odd" if exists else "path-missing")


def _look_through(source: Source, is_number_start: Callable[[str], bool]) -> Package:
    if source.refused:
        return Package(source, None, (), in_order(source.findings))
    kept, junk = split_junk(source.entries)
    wrapper = _wrapper(kept, is_number_start)
    entries = tuple(
        sorted(
            (_judged(_below(wrapper, entry)) for entry in kept if entry.path != wrapper),
            key=attrgetter("parts"),
        )
    )
    if not entries:
        raise PackageUnreadable("package-empty")
    if source.kind == "zip" and any(entry.path == _OFFICE_MARK for entry in entries):
        raise PackageUnreadable("office-document")
    findings = in_order(
        [
            *(unsafe(entry.path, entry.fault) for entry in entries if entry.fault),
            *(item.finding(wrapper) for item in junk),
        ]
    )
    return Package(source, wrapper, entries, findings)


def _wrapper(entries: Sequence[Entry], is_number_start: Callable[[str], bool]) -> str | None:
    """Name the one folder that holds everything, unless it may be a student's."""
    tops = {entry.parts[0] for entry in entries}
    if len(tops) != 1:
        return None
    (top,) = tops
    alone = next((entry for entry in entries if entry.path == top), None)
    if alone is None or not alone.is_folder or alone.fault or is_number_start(top):
        return None
    return top


def _below(wrapper: str | None, entry: Entry) -> Entry:
    if wrapper is None:
        return entry
    parts = entry.parts[1:]
    return Entry("/".join(parts), parts, entry.size, entry.is_folder, entry.fault)


def _judged(entry: Entry) -> Entry:
    if entry.fault is None and not entry.is_folder and is_archive_name(entry.parts[-1]):
        return replace(entry, fault="archive-nested")
    return entry


def _starts_with_digit(name: str) -> bool:
    return unicodedata.normalize("NFKC", name).lstrip(" \ufeff\u200b")[:1].isdecimal()
