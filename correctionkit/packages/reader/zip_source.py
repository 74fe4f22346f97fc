"""A ZIP as a source: listed strictly, distrusted as a whole, never unpacked by path."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Literal

from correctionkit.findings import Finding
from correctionkit.packages.reader.entries import (
    Entry,
    MemberTooLarge,
    PackageUnreadable,
    too_large,
)
from correctionkit.packages.reader.entry_names import RawName, decode_names, shown, shown_raw
from correctionkit.packages.reader.positioned import PositionedFile
from correctionkit.packages.reader.zip_directory import (
    METHODS,
    Member,
    Placed,
    place_members,
    read_directory,
)
from correctionkit.packages.reader.zip_end import DirectoryPlace, find_directory
from correctionkit.packages.reader.zip_members import unpacked
from correctionkit.packages.reader.zip_trust import Named, distrusted
from correctionkit.policy.bounds import PackageBounds

# Directories are read in one piece; 65,535 entries with long names take some 30 MiB.
MAX_DIRECTORY_BYTES = 128 << 20


class ZipSource:
    """Lists a ZIP when made and keeps it open; see :class:`sources.Source`."""

    kind: Literal["zip"] = "zip"

    def __init__(self, path: Path, bounds: PackageBounds) -> None:
        self.name = path.name
        self._placed: dict[str, Placed] = {}
        self.entries: list[Entry] = []
        try:
            self._file = PositionedFile(path.open("rb"))
        except OSError as error:
            raise PackageUnreadable("path-unreadable") from error
        try:
            self.findings = self._list(bounds)
        except OSError as error:
            self.close()
            raise PackageUnreadable("path-unreadable") from error
        except BaseException:
            self.close()
            raise

    @property
    def refused(self) -> bool:
        """Whether anything speaks against the ZIP as a whole."""
        return bool(self.findings)

    def read(self, path: str, limit: int | None) -> bytes:
        """Return all of a member."""
        placed = self._placed[path]
        if limit is not None and placed.member.size > limit:
            raise MemberTooLarge(placed.member.size, limit)
        return b"".join(unpacked(self._file, placed))

    def head(self, path: str, size: int) -> bytes:
        """Return the first bytes of a member."""
        head = b""
        for block in unpacked(self._file, self._placed[path]):
            head += block[: size - len(head)]
            if len(head) >= size:
                break
        return head

    def verify(self, path: str) -> None:
        """Unpack a member and keep nothing."""
        for _ in unpacked(self._file, self._placed[path]):
            pass

    def close(self) -> None:
        """Close the ZIP."""
        self._file.close()

    def _list(self, bounds: PackageBounds) -> list[Finding]:
        place = find_directory(self._file)
        if place.entries == 0:
            raise PackageUnreadable("package-empty")
        if beyond := list(_directory_beyond(place, bounds)):
            return beyond
        members = read_directory(self._file, place)
        if any(member.disk for member in members):
            raise PackageUnreadable("zip-split")
        if any(member.is_encrypted for member in members):
            raise PackageUnreadable("zip-encrypted")
        names = decode_names(
            [RawName(each.raw_name, each.is_marked, each.extra) for each in members]
        )
        placed = place_members(self._file, members, place)
        named = [Named(name, each) for name, each in zip(names, placed, strict=True)]
        findings = [*distrusted(named), *_members_beyond(members, names, bounds)]
        if not findings:
            self._keep(named)
        return findings

    def _keep(self, named: Iterable[Named]) -> None:
        folders: dict[tuple[str, ...], None] = {}
        for each in named:
            parts = each.parts
            for depth in range(len(parts) - 1, 0, -1):
                if parts[:depth] in folders:
                    break
                folders[parts[:depth]] = None
            if each.is_folder:
                folders[parts] = None
                continue
            path = "/".join(parts)
            member = each.placed.member
            fault = None if member.method in METHODS else "method-unsupported"
            self.entries.append(Entry(path, parts, member.size, False, fault))
            self._placed[path] = each.placed
        self.entries += [Entry("/".join(parts), parts, 0, True) for parts in folders]


def _directory_beyond(place: DirectoryPlace, bounds: PackageBounds) -> Iterator[Finding]:
    if place.entries > bounds.max_entries:
        yield too_large("entries", place.entries, bounds.max_entries)
    if place.size > MAX_DIRECTORY_BYTES:
        yield too_large("directory-bytes", place.size, MAX_DIRECTORY_BYTES)


def _members_beyond(
    members: Iterable[Member], names: Iterable[str | None], bounds: PackageBounds
) -> Iterator[Finding]:
    total = 0
    for member, name in zip(members, names, strict=True):
        total += member.size
        path = shown_raw(member.raw_name) if name is None else shown(name)
        if member.size > bounds.max_entry_bytes:
            yield too_large("entry-bytes", member.size, bounds.max_entry_bytes, path)
        if member.size > bounds.ratio_from and member.size > bounds.max_ratio * member.packed:
            # Rounded up, so that it never reads as the limit itself.
            ratio = -(-member.size // max(1, member.packed))
            yield too_large("ratio", ratio, bounds.max_ratio, path)
    if total > bounds.max_bytes:
        yield too_large("total-bytes", total, bounds.max_bytes)
