"""The compound file that .xls and encrypted workbooks come in (MS-CFB), read within bounds."""

from __future__ import annotations

import struct
from array import array
from dataclasses import dataclass

from correctionkit.packages.tables.faults import BROKEN, TableUnreadable

SIGNATURE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"

_HEADER = 512
_IN_HEADER = 109
"""How many FAT sectors the header itself names."""
_END = 0xFFFFFFFA
"""Sector numbers from here on are marks: free, end of chain, table."""
_NO_ENTRY = 0xFFFFFFFF
_STORAGE, _STREAM, _ROOT = 1, 2, 5
_ENTRY = 128


@dataclass(frozen=True, slots=True)
class _Entry:
    name: str
    kind: int
    left: int
    right: int
    child: int
    start: int
    size: int


class CompoundFile:
    """The streams and storages at the top of a compound file, names in lower case."""

    def __init__(self, data: bytes) -> None:
        if len(data) < _HEADER or not data.startswith(SIGNATURE):
            raise TableUnreadable(BROKEN)
        self._data = data
        version, _, shift, mini_shift = struct.unpack_from("<HHHH", data, 26)
        if (version, shift) not in ((3, 9), (4, 12)) or mini_shift != 6:
            raise TableUnreadable(BROKEN)
        self._sector = 1 << shift
        self._sectors = -(-len(data) // self._sector)
        directory, _, self._cutoff, mini_fat, _, first_list, _ = struct.unpack_from(
            "<IIIIIII", data, 48
        )
        self._fat = self._read_fat(first_list)
        self._mini_fat = _numbers(self._chain(mini_fat)) if mini_fat < _END else array("I")
        self._entries = self._read_directory(self._chain(directory))
        root = self._entries[0] if self._entries else None
        if root is None or root.kind != _ROOT:
            raise TableUnreadable(BROKEN)
        self._mini_start = root.start
        self._top = self._children(root.child)

    def __contains__(self, name: str) -> bool:
        return name.lower() in self._top

    def stream(self, name: str) -> bytes:
        """Return a top stream whole.  Raises :exc:`TableUnreadable` where a part is missing."""
        entry = self._top.get(name.lower())
        if entry is None or entry.kind != _STREAM or entry.size > len(self._data):
            raise TableUnreadable(BROKEN)
        if entry.size < self._cutoff:
            content = self._mini_chain(entry.start, entry.size)
        else:
            content = self._chain(entry.start, entry.size)
        if len(content) < entry.size:
            raise TableUnreadable(BROKEN)
        return content[: entry.size]

    def _read_fat(self, first_list: int) -> array[int]:
        sectors = list(struct.unpack_from(f"<{_IN_HEADER}I", self._data, 76))
        seen = 0
        while first_list < _END:
            numbers = _numbers(self._sector_at(first_list))
            seen += 1
            if seen > self._sectors or not numbers:
                raise TableUnreadable(BROKEN)
            sectors.extend(numbers[:-1])
            first_list = numbers[-1]
        used = [sector for sector in sectors if sector < _END]
        if len(used) > self._sectors:
            raise TableUnreadable(BROKEN)
        return _numbers(b"".join(self._sector_at(sector) for sector in used))

    def _sector_at(self, sector: int) -> bytes:
        # In version 4 the header fills a whole sector; sector 0 is the one after it.
        start = (sector + 1) * self._sector
        if start >= len(self._data):
            raise TableUnreadable(BROKEN)
        return self._data[start : start + self._sector]

    def _chain(self, sector: int, size: int | None = None) -> bytes:
        pieces: list[bytes] = []
        left = self._sectors if size is None else -(-size // self._sector)
        while sector < _END and (left > 0 or size is None):
            if left == 0 or sector >= len(self._fat):
                raise TableUnreadable(BROKEN)
            pieces.append(self._sector_at(sector))
            sector = self._fat[sector]
            left -= 1
        return b"".join(pieces)

    def _mini_chain(self, sector: int, size: int) -> bytes:
        held = self._chain(self._mini_start)
        pieces: list[bytes] = []
        for _ in range(-(-size // 64)):
            if sector >= len(self._mini_fat):
                raise TableUnreadable(BROKEN)
            pieces.append(held[sector * 64 : sector * 64 + 64])
            sector = self._mini_fat[sector]
        return b"".join(pieces)

    def _read_directory(self, content: bytes) -> list[_Entry]:
        entries: list[_Entry] = []
        for at in range(0, len(content) - _ENTRY + 1, _ENTRY):
            length, kind = struct.unpack_from("<HB", content, at + 64)
            left, right, child = struct.unpack_from("<III", content, at + 68)
            start, size = struct.unpack_from("<II", content, at + 116)
            raw = content[at : at + max(0, min(length, 64) - 2)]
            name = raw.decode("utf-16-le", "replace").lower()
            entries.append(_Entry(name, kind, left, right, child, start, size))
        return entries

    def _children(self, first: int) -> dict[str, _Entry]:
        found: dict[str, _Entry] = {}
        waiting, seen = [first], set[int]()
        while waiting:
            index = waiting.pop()
            if index == _NO_ENTRY or index in seen or index >= len(self._entries):
                continue
            seen.add(index)
            entry = self._entries[index]
            if entry.kind in (_STORAGE, _STREAM):
                found.setdefault(entry.name, entry)
            waiting += (entry.left, entry.right)
        return found


def _numbers(content: bytes) -> array[int]:
    count = len(content) // 4
    return array("I", struct.unpack(f"<{count}I", content[: count * 4]))
