"""The end of a ZIP: where its directory lies and how many entries it lists.

Strict on purpose.  The end record must close the file and be the only one that can,
and the directory must touch it: an archive that two programs could list differently
is no archive to us.
"""

from __future__ import annotations

import struct
from dataclasses import dataclass

from correctionkit.packages.reader.archive_kinds import archive_kind
from correctionkit.packages.reader.entries import PackageUnreadable
from correctionkit.packages.reader.positioned import PositionedFile

_END = struct.Struct("<4s4H2LH")
_LOCATOR = struct.Struct("<4sLQL")
_END_64 = struct.Struct("<4sQ2H2L4Q")
_MAX_COMMENT = 0xFFFF
_FULL_16 = 0xFFFF
_FULL_32 = 0xFFFFFFFF


@dataclass(frozen=True, slots=True)
class DirectoryPlace:
    """Where the directory lies, in bytes from the start of the file."""

    entries: int
    offset: int
    size: int


def find_directory(file: PositionedFile) -> DirectoryPlace:
    """Find the directory of a ZIP; raise :exc:`PackageUnreadable` where there is no sound one."""
    tail_at = max(0, file.size - _END.size - _MAX_COMMENT)
    tail = file.read_at(tail_at, _END.size + _MAX_COMMENT)
    starts = _ends_in(tail)
    if not starts:
        raise PackageUnreadable(_what_else(file))
    closing = [at for at in starts if _closes(tail, at)]
    if closing != starts[-1:]:
        raise PackageUnreadable("zip-ambiguous" if closing else "zip-trailing")
    return _place(file, tail_at + starts[-1], tail[starts[-1] : starts[-1] + _END.size])


def _ends_in(tail: bytes) -> list[int]:
    starts = []
    at = tail.find(b"PK\x05\x06")
    while 0 <= at <= len(tail) - _END.size:
        starts.append(at)
        at = tail.find(b"PK\x05\x06", at + 1)
    return starts


def _closes(tail: bytes, at: int) -> bool:
    comment = int.from_bytes(tail[at + 20 : at + 22], "little")
    return at + _END.size + comment == len(tail)


def _what_else(file: PositionedFile) -> str:
    head = file.read_at(0, 512)
    if not head:
        return "package-empty"
    kind = archive_kind(head)
    if kind != "zip":
        return f"archive-{kind}" if kind else "zip-none"
    return "zip-split" if head.startswith(b"PK\x07\x08") else "zip-broken"


def _place(file: PositionedFile, end_at: int, end: bytes) -> DirectoryPlace:
    _, disk, first_disk, here, entries, size, offset, _ = _END.unpack(end)
    if offset + size != end_at and _has_locator(file, end_at):
        return _place_64(file, end_at, (disk, first_disk, here, entries, size, offset))
    if disk or first_disk:
        raise PackageUnreadable("zip-split")
    if here != entries or offset + size != end_at:
        raise PackageUnreadable("zip-broken")
    return DirectoryPlace(entries, offset, size)


def _has_locator(file: PositionedFile, end_at: int) -> bool:
    at = end_at - _LOCATOR.size
    return at >= 0 and file.read_at(at, 4) == b"PK\x06\x07"


def _place_64(file: PositionedFile, end_at: int, short: tuple[int, ...]) -> DirectoryPlace:
    locator_at = end_at - _LOCATOR.size
    _, record_disk, record_at, disks = _LOCATOR.unpack(file.read_at(locator_at, _LOCATOR.size))
    if record_disk or disks > 1:
        raise PackageUnreadable("zip-split")
    if record_at > locator_at - _END_64.size:
        raise PackageUnreadable("zip-broken")
    record = file.read_at(record_at, _END_64.size)
    mark, length, _, _, *long = _END_64.unpack(record)
    disk, first_disk, here, entries, size, offset = long
    if mark != b"PK\x06\x06" or record_at + 12 + length != locator_at:
        raise PackageUnreadable("zip-broken")
    if disk or first_disk:
        raise PackageUnreadable("zip-split")
    fulls = (_FULL_16, _FULL_16, _FULL_16, _FULL_16, _FULL_32, _FULL_32)
    agree = all(a in (b, full) for a, b, full in zip(short, long, fulls, strict=True))
    if not agree or here != entries or offset + size != record_at:
        raise PackageUnreadable("zip-broken")
    return DirectoryPlace(entries, offset, size)
