"""The directory of a ZIP: its central records, each held against its local header.

Sources: PKWARE's APPNOTE 6.3.10; Info-ZIP's notes on extra fields.
"""

from __future__ import annotations

import struct
from collections.abc import Iterable
from typing import NamedTuple

from correctionkit.packages.reader.entries import PackageUnreadable
from correctionkit.packages.reader.entry_names import ExtraBroken, extra_fields, unicode_path
from correctionkit.packages.reader.positioned import PositionedFile
from correctionkit.packages.reader.zip_end import DirectoryPlace

STORED, DEFLATED = 0, 8
METHODS = (STORED, DEFLATED)

_CENTRAL = struct.Struct("<4s6H3L5H2L")
_LOCAL = struct.Struct("<4s5H3L2H")
_FULL_16 = 0xFFFF
_FULL_32 = 0xFFFFFFFF
_ZIP_64 = 0x0001
_AES = 0x9901
_AES_METHOD = 99

_ENCRYPTED_FLAGS = 1 << 0 | 1 << 6 | 1 << 13
_SIZES_FOLLOW = 1 << 3
_UTF8 = 1 << 11
# Flags that change how the bytes are to be understood; both headers must agree on them.
_TELLING_FLAGS = _ENCRYPTED_FLAGS | 1 << 5


class Member(NamedTuple):
    """One central record.  Sizes and offsets are in bytes, zip64 already looked up."""

    raw_name: bytes
    flags: int
    method: int
    crc: int
    packed: int
    size: int
    header_at: int
    made_by: int
    attributes: int
    disk: int
    extra: bytes

    @property
    def is_encrypted(self) -> bool:
        """Whether any of the ways to encrypt an entry is declared."""
        return (
            bool(self.flags & _ENCRYPTED_FLAGS)
            or self.method == _AES_METHOD
            or any(kind == _AES for kind, _ in extra_fields(self.extra))
        )

    @property
    def is_marked(self) -> bool:
        """Whether the name is flagged as UTF-8."""
        return bool(self.flags & _UTF8)


class Placed(NamedTuple):
    """A member and where its bytes lie; *fault* where the two headers disagree."""

    member: Member
    data_at: int
    fault: str | None


def read_directory(file: PositionedFile, place: DirectoryPlace) -> tuple[Member, ...]:
    """Read all central records; raise :exc:`PackageUnreadable` where they do not fit *place*."""
    block = file.read_at(place.offset, place.size)
    members = []
    at = 0
    try:
        for _ in range(place.entries):
            member, at = _member(block, at)
            members.append(member)
    except (struct.error, ExtraBroken) as error:
        raise PackageUnreadable("zip-broken") from error
    if at != len(block) or len(block) != place.size:
        raise PackageUnreadable("zip-broken")
    return tuple(members)


def place_members(
    file: PositionedFile, members: Iterable[Member], place: DirectoryPlace
) -> list[Placed]:
    """Hold each member against its local header, in the order of *members*."""
    return [_placed(file, member, place.offset) for member in members]


def overlapping(placed: Iterable[Placed]) -> set[int]:
    """Return the indexes of members that share bytes with another one."""
    extents = sorted(
        (each.member.header_at, each.data_at + each.member.packed, index)
        for index, each in enumerate(placed)
    )
    clashes: set[int] = set()
    reach, reacher = -1, -1
    for start, end, index in extents:
        if start < reach:
            clashes |= {index, reacher}
        if end > reach:
            reach, reacher = end, index
    return clashes


def _member(block: bytes, at: int) -> tuple[Member, int]:
    (mark, made_by, _, flags, method, _, _, crc, packed, size, name_size, extra_size,
     comment_size, disk, _, attributes, header_at) = _CENTRAL.unpack_from(block, at)  # fmt: skip
    name_at = at + _CENTRAL.size
    extra_at = name_at + name_size
    end = extra_at + extra_size + comment_size
    if mark != b"PK\x01\x02" or end > len(block):
        raise PackageUnreadable("zip-broken")
    extra = block[extra_at : extra_at + extra_size]
    if _FULL_32 in (packed, size, header_at) or disk == _FULL_16:
        size, packed, header_at, disk = _long(extra, size, packed, header_at, disk)
    else:
        for _ in extra_fields(extra):
            pass
    name = block[name_at:extra_at]
    return Member(name, flags, method, crc, packed, size, header_at, made_by >> 8, attributes,
                  disk, extra), end  # fmt: skip


def _long(
    extra: bytes, size: int, packed: int, header_at: int, disk: int
) -> tuple[int, int, int, int]:
    """Replace the values that are too large for their field by those of the zip64 field."""
    fields = [content for kind, content in extra_fields(extra) if kind == _ZIP_64]
    if len(fields) != 1:
        raise PackageUnreadable("zip-broken")
    rest = memoryview(fields[0])
    values = []
    for value, full, width in (
        (size, _FULL_32, 8),
        (packed, _FULL_32, 8),
        (header_at, _FULL_32, 8),
        (disk, _FULL_16, 4),
    ):
        if value == full:
            if len(rest) < width:
                raise PackageUnreadable("zip-broken")
            value, rest = int.from_bytes(rest[:width], "little"), rest[width:]
        values.append(value)
    return values[0], values[1], values[2], values[3]


def _placed(file: PositionedFile, member: Member, directory_at: int) -> Placed:
    if member.header_at > directory_at - _LOCAL.size:
        return Placed(member, member.header_at, "entry-outside")
    likely_size = _LOCAL.size + len(member.raw_name) + len(member.extra) + 32
    block = file.read_at(member.header_at, likely_size)
    (mark, _, flags, method, _, _, crc, packed, size, name_size, extra_size) = _LOCAL.unpack_from(
        block
    )
    extra_at = _LOCAL.size + name_size
    header_size = extra_at + extra_size
    if mark != b"PK\x03\x04" or block[_LOCAL.size : extra_at] != member.raw_name:
        return Placed(member, member.header_at, "headers-disagree")
    data_at = member.header_at + header_size
    if data_at + member.packed > directory_at:
        return Placed(member, data_at, "entry-outside")
    if len(block) < header_size:
        block = file.read_at(member.header_at, header_size)
    extra = block[extra_at:header_size]
    agree = (
        method == member.method
        and not (flags ^ member.flags) & _TELLING_FLAGS
        and (not (flags ^ member.flags) & _UTF8 or member.raw_name.isascii())
        and _same_path(member, extra)
        and _same_sizes(member, flags, (crc, packed, size), extra)
    )
    return Placed(member, data_at, None if agree else "headers-disagree")


def _same_path(member: Member, extra: bytes) -> bool:
    here = unicode_path(member.raw_name, extra)
    return here is None or here == (unicode_path(member.raw_name, member.extra) or here)


def _same_sizes(member: Member, flags: int, local: tuple[int, int, int], extra: bytes) -> bool:
    if member.method == STORED and member.packed != member.size and not member.is_encrypted:
        return False
    crc, packed, size = local
    if _FULL_32 in (packed, size):
        try:
            size, packed, _, _ = _long(extra, size, packed, 0, 0)
        except (PackageUnreadable, ExtraBroken):
            if not flags & _SIZES_FOLLOW:
                return False
            # A writer that streams may leave the fields full: the sizes follow the bytes.
            size = packed = 0
    pairs = ((crc, member.crc), (packed, member.packed), (size, member.size))
    if flags & _SIZES_FOLLOW:
        return all(here in (0, there) for here, there in pairs)
    return all(here == there for here, there in pairs)
