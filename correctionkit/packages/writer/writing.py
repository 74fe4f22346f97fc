"""Packages written out: whole or not at all, and the same bytes for the same members.

Everything is built beside the target and takes its name in one step at the end.
"""

from __future__ import annotations

import os
import re
import secrets
import shutil
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from correctionkit.packages.reader.clashes import Clashes
from correctionkit.packages.reader.entry_paths import MAX_NAME, MAX_PATH, utf16_units
from correctionkit.packages.reader.long_paths import long_path
from correctionkit.packages.writer.zip_writing import (
    Content,
    Member,
    WritingRefused,
    content_blocks,
    write_entries,
)

__all__ = [
    "Content",
    "Member",
    "NameRefused",
    "WritingRefused",
    "name_fault",
    "write_folder",
    "write_zip",
]

# What Windows takes in no name, and what must not be shown as it is.
_FORBIDDEN = re.compile(r'[<>:"|?*\\\x00-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069\ud800-\udfff]')
_DEVICES = re.compile(r"(?:con|prn|aux|nul|conin\$|conout\$|(?:com|lpt)[0-9¹²³])", re.IGNORECASE)


class NameRefused(WritingRefused):
    """A name that Windows cannot hold, that leaves the package, or that is taken."""


def name_fault(part: str) -> str | None:
    """Say as a code why no file or folder can have the name *part* on Windows; None if it can."""
    if not part or part in (".", ".."):
        return "name-empty" if not part else "path-leaves"
    if "/" in part or _FORBIDDEN.search(part):
        return "name-forbidden"
    if part[-1] in " .":
        return "name-ends-badly"
    if _DEVICES.fullmatch(part.split(".", 1)[0].rstrip(" ")):
        return "name-reserved"
    if utf16_units(part) > MAX_NAME or len(part.encode()) > MAX_NAME:
        return "path-too-long"
    return None


def write_zip(target: Path, members: Iterable[Member]) -> None:
    """Write *members* as a ZIP to *target*, in place of what is there.

    A name that ends in a slash stands for an empty folder.  Raises
    :exc:`WritingRefused`; then, as after any error, *target* is as it was.
    """
    ordered = _ordered(members)
    reach = Path(long_path(target))
    reach.parent.mkdir(parents=True, exist_ok=True)
    with _draft_beside(reach) as draft:
        with draft.open("xb") as file:
            write_entries(file, ordered)
            _settle(file)
        draft.replace(reach)
    _settle_folder(reach.parent)


def write_folder(target_dir: Path, members: Iterable[Member]) -> None:
    """Write *members* as a new folder *target_dir*; names and errors as :func:`write_zip`.

    An empty folder of that name is taken over; anything else there is refused.
    """
    ordered = _ordered(members)
    reach = Path(long_path(target_dir))
    is_there = reach.exists() or reach.is_symlink()
    if is_there and (reach.is_symlink() or not reach.is_dir() or any(reach.iterdir())):
        raise WritingRefused("target-taken", target_dir.name)
    reach.parent.mkdir(parents=True, exist_ok=True)
    with _draft_beside(reach) as draft:
        draft.mkdir()
        for name, content in ordered:
            _write_member(Path(long_path(draft.joinpath(*_parts(name)))), name, content)
        if is_there:
            reach.rmdir()
        draft.rename(reach)
    _settle_folder(reach.parent)


def _parts(name: str) -> list[str]:
    return name.removesuffix("/").split("/")


def _ordered(members: Iterable[Member]) -> list[Member]:
    """Sort *members* by path, and refuse names that cannot stand, alone or together."""
    ordered = sorted(members, key=lambda member: _parts(member[0]))
    clashes = Clashes()
    for name, content in ordered:
        parts = _parts(name)
        for part in parts:
            if fault := name_fault(part):
                raise NameRefused(fault, name)
        if len(name) > MAX_PATH:
            raise NameRefused("path-too-long", name)
        if name.endswith("/") and content != b"":
            raise NameRefused("folder-with-content", name)
        if clashes.met(tuple(parts), name.endswith("/")):
            raise NameRefused("name-taken", name)
    return ordered


@contextmanager
def _draft_beside(target: Path) -> Iterator[Path]:
    """Give a name in the target's folder, and clear away what still has it at the end."""
    draft = target.with_name(f".{secrets.token_hex(8)}.part")
    try:
        yield draft
    finally:
        if draft.is_dir():
            shutil.rmtree(draft, ignore_errors=True)
        else:
            draft.unlink(missing_ok=True)


def _write_member(path: Path, name: str, content: Content) -> None:
    if name.endswith("/"):
        path.mkdir(parents=True)
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("xb") as file:
        for block in content_blocks(content):
            file.write(block)
        _settle(file)


def _settle(file: BinaryIO) -> None:
    """Have the bytes on the disk before the name stands for them."""
    file.flush()
    os.fsync(file.fileno())


def _settle_folder(folder: Path) -> None:
    if os.name == "nt":  # folders cannot be opened there, and need not
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
