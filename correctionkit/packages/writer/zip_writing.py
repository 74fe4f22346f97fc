"""The bytes of a ZIP: no times, no owners, no choices, so that equal members give equal bytes."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import BinaryIO, Literal, NamedTuple, Protocol


class Openable(Protocol):
    """Content that is fetched when it is written, so that little is held in memory."""

    def open(self, mode: Literal["rb"], /) -> BinaryIO:
        """Return the content as a file to read."""


Content = bytes | Path | Openable
Member = tuple[str, Content]

_LOCAL = struct.Struct("<4s5H3L2H")
_CENTRAL = struct.Struct("<4s6H3L5H2L")
_END = struct.Struct("<4s4H2LH")

_VERSION = 20
_UTF8 = 1 << 11
_STORED, _DEFLATED = 0, 8
_LEVEL = 6
# The first moment that a ZIP can tell: 1980-01-01 00:00.
_TIME, _DATE = 0, 1 << 5 | 1
_FOLDER_ATTRIBUTE = 0x10
_BLOCK = 1 << 20
# One less than what a field holds: its full value would announce zip64.
_MAX_ENTRIES = 0xFFFE
_MAX_BYTES = 0xFFFFFFFE

# Packed already: deflating them again costs time and gains nothing.
_STORED_ENDINGS = (".jpg", ".jpeg", ".png")


class WritingRefused(ValueError):
    """A package cannot be written as asked; *fault* says why, as a code."""

    def __init__(self, fault: str, name: str) -> None:
        super().__init__(f"{fault}: {name}")
        self.fault = fault
        self.name = name


class _Written(NamedTuple):
    raw_name: bytes
    method: int
    crc: int
    packed: int
    size: int
    header_at: int


def write_entries(file: BinaryIO, members: Sequence[Member]) -> None:
    """Write *members* and the directory to the empty *file*, in the order given.

    Raises :exc:`WritingRefused` beyond 65,534 entries or 4 GiB.
    """
    if len(members) > _MAX_ENTRIES:
        raise WritingRefused("zip-too-many", str(len(members)))
    written = [_write_entry(file, name, content) for name, content in members]
    directory_at = file.tell()
    for each in written:
        file.write(_central(each))
    end_at = file.tell()
    _refuse_beyond(end_at, "")
    count, size = len(written), end_at - directory_at
    file.write(_END.pack(b"PK\x05\x06", 0, 0, count, count, size, directory_at, 0))


def content_blocks(content: Content) -> Iterator[bytes]:
    """Yield *content*, of a file in blocks."""
    if isinstance(content, bytes):
        yield content
        return
    with content.open("rb") as file:
        while block := file.read(_BLOCK):
            yield block


def _write_entry(file: BinaryIO, name: str, content: Content) -> _Written:
    raw_name = name.encode()
    is_stored = name.endswith("/") or name.casefold().endswith(_STORED_ENDINGS)
    method = _STORED if is_stored else _DEFLATED
    header_at = file.tell()
    _refuse_beyond(header_at, name)
    # Sizes and checksum are known afterwards: room first, values when they are there.
    file.write(bytes(_LOCAL.size))
    file.write(raw_name)
    data_at = file.tell()
    deflater = zlib.compressobj(_LEVEL, zlib.DEFLATED, -zlib.MAX_WBITS)
    crc = size = 0
    for block in content_blocks(content):
        crc = zlib.crc32(block, crc)
        size += len(block)
        file.write(block if is_stored else deflater.compress(block))
        _refuse_beyond(max(size, file.tell()), name)
    if not is_stored:
        file.write(deflater.flush())
    end = file.tell()
    written = _Written(raw_name, method, crc, end - data_at, size, header_at)
    file.seek(header_at)
    file.write(_local(written))
    file.seek(end)
    return written


def _local(each: _Written) -> bytes:
    return _LOCAL.pack(
        b"PK\x03\x04", _VERSION, _UTF8, each.method, _TIME, _DATE,
        each.crc, each.packed, each.size, len(each.raw_name), 0,
    )  # fmt: skip


def _central(each: _Written) -> bytes:
    attributes = _FOLDER_ATTRIBUTE if each.raw_name.endswith(b"/") else 0
    return _CENTRAL.pack(
        b"PK\x01\x02", _VERSION, _VERSION, _UTF8, each.method, _TIME, _DATE,
        each.crc, each.packed, each.size, len(each.raw_name), 0, 0, 0, 0, attributes,
        each.header_at,
    ) + each.raw_name  # fmt: skip


def _refuse_beyond(size: int, name: str) -> None:
    if size > _MAX_BYTES:
        raise WritingRefused("zip-too-large", name)
