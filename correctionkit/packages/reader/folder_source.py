"""A folder on disk as a source: links are never followed, devices never opened."""

from __future__ import annotations

import os
import stat
from collections.abc import Generator, Iterator
from contextlib import closing
from dataclasses import replace
from itertools import islice
from pathlib import Path
from typing import Literal

from correctionkit.findings import Finding
from correctionkit.packages.reader.entries import (
    Entry,
    MemberDamaged,
    MemberTooLarge,
    PackageUnreadable,
    too_large,
)
from correctionkit.packages.reader.entry_names import shown
from correctionkit.packages.reader.entry_paths import path_fault
from correctionkit.packages.reader.long_paths import long_path
from correctionkit.policy.bounds import PackageBounds

_BLOCK = 1 << 20

# Reparse tags that lead elsewhere: symbolic link, junction, WSL's symbolic link.  Others,
# as those of files kept in a cloud, are plain files to a reader.
_LEADING_AWAY = (0xA000000C, 0xA0000003, 0xA000001D)

# Not on every system: never follow a link, never wait for a pipe, never translate lines.
_OPEN_FLAGS = (
    os.O_RDONLY
    | getattr(os, "O_NOFOLLOW", 0)
    | getattr(os, "O_NONBLOCK", 0)
    | getattr(os, "O_BINARY", 0)
    | getattr(os, "O_CLOEXEC", 0)
)


class FolderSource:
    """Lists a folder when made; see :class:`sources.Source`."""

    kind: Literal["folder"] = "folder"

    def __init__(self, path: Path, bounds: PackageBounds) -> None:
        self.name = path.name or path.resolve().name or str(path)
        self._bounds = bounds
        self._paths: dict[str, str] = {}
        self.entries: list[Entry] = []
        self.findings: list[Finding] = []
        self._list(path.absolute())

    @property
    def refused(self) -> bool:
        """Whether the folder is beyond its bounds."""
        return bool(self.findings)

    def read(self, path: str, limit: int | None) -> bytes:
        """Return all of a file."""
        return b"".join(self._blocks(path, limit))

    def head(self, path: str, size: int) -> bytes:
        """Return the first bytes of a file."""
        with closing(self._blocks(path, None)) as blocks:
            return next(blocks, b"")[:size]

    def verify(self, path: str) -> None:
        """Read a file to its end and keep nothing."""
        for _ in self._blocks(path, None):
            pass

    def close(self) -> None:
        """Do nothing: files are open only while they are read."""

    def _list(self, root: Path) -> None:
        found: dict[tuple[str, ...], Entry] = {}
        waiting: list[tuple[str, ...]] = [()]
        while waiting:
            folder = waiting.pop()
            try:
                below = list(_listed(root, folder, self._bounds.max_entries - len(found)))
            except OSError as error:
                if not folder:
                    raise PackageUnreadable("path-unreadable") from error
                found[folder] = replace(found[folder], fault="entry-unreadable")
                continue
            for name, entry in below:
                parts = (*folder, name)
                found[parts] = entry
                if entry.is_folder and entry.fault is None:
                    waiting.append(parts)
                elif entry.fault is None:
                    self._paths[entry.path] = long_path(root.joinpath(*parts))
            if len(found) > self._bounds.max_entries:
                self.findings = [too_large("entries", len(found), self._bounds.max_entries)]
                return
        self.entries = list(found.values())
        self.findings = list(_beyond(self.entries, self._bounds))

    def _blocks(self, path: str, limit: int | None) -> Generator[bytes, None, None]:
        # A file may grow or change its kind after it was listed: trust only what is open.
        most = self._bounds.max_entry_bytes if limit is None else limit
        try:
            with os.fdopen(os.open(self._paths[path], _OPEN_FLAGS), "rb", buffering=0) as file:
                state = os.fstat(file.fileno())
                if not stat.S_ISREG(state.st_mode):
                    raise MemberDamaged("entry-unreadable")
                if state.st_size > most:
                    raise MemberTooLarge(state.st_size, most)
                size = 0
                while block := file.read(_BLOCK):
                    size += len(block)
                    if size > most:
                        raise MemberTooLarge(size, most)
                    yield block
        except OSError as error:
            raise MemberDamaged("entry-unreadable") from error


def _listed(root: Path, folder: tuple[str, ...], room: int) -> Iterator[tuple[str, Entry]]:
    """Yield the names in one folder with their entries, at most one more than there is room."""
    with os.scandir(long_path(root.joinpath(*folder))) as names:
        for seen in islice(names, room + 1):
            parts = (*folder, seen.name)
            path = "/".join(shown(part) for part in parts)
            state = seen.stat(follow_symlinks=False)
            fault = path_fault("/".join(parts)) or _kind_fault(seen, state)
            is_folder = stat.S_ISDIR(state.st_mode) and fault != "link"
            size = 0 if fault or is_folder else state.st_size
            yield seen.name, Entry(path, tuple(path.split("/")), size, is_folder, fault)


def _kind_fault(seen: os.DirEntry[str], state: os.stat_result) -> str | None:
    if seen.is_symlink() or getattr(state, "st_reparse_tag", 0) in _LEADING_AWAY:
        return "link"
    if not (stat.S_ISREG(state.st_mode) or stat.S_ISDIR(state.st_mode)):
        return "device"
    return None


def _beyond(entries: list[Entry], bounds: PackageBounds) -> Iterator[Finding]:
    for entry in entries:
        if entry.size > bounds.max_entry_bytes:
            yield too_large("entry-bytes", entry.size, bounds.max_entry_bytes, entry.path)
    total = sum(entry.size for entry in entries)
    if total > bounds.max_bytes:
        yield too_large("total-bytes", total, bounds.max_bytes)
