"""The records of an .xls stream (MS-XLS) and the texts in them."""

from __future__ import annotations

import struct
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from correctionkit.packages.tables.faults import BROKEN, TableUnreadable

BOF = 0x0809
EOF = 0x000A
CONTINUE = 0x003C

BIFF8 = 0x0600
BIFF5 = 0x0500

# Code pages by the numbers that Excel writes; the Chinese one is widened to its superset.
_CODE_PAGES = {936: "gb18030", 950: "big5", 932: "cp932", 949: "cp949", 1200: "utf-16-le"}


@dataclass(frozen=True, slots=True)
class Record:
    """One record; *more* holds what CONTINUE records add to it."""

    kind: int
    body: bytes
    more: Sequence[bytes] = ()


def records(stream: bytes, start: int = 0) -> Iterator[Record]:
    """Yield the records of one substream: from its BOF to its EOF, charts inside left out."""
    depth = 0
    for record in _flat(stream, start):
        if record.kind == BOF:
            depth += 1
        elif depth == 0:
            raise TableUnreadable(BROKEN)
        if depth == 1:
            yield record
        if record.kind == EOF:
            depth -= 1
            if depth == 0:
                return
    raise TableUnreadable(BROKEN)


def _flat(stream: bytes, start: int) -> Iterator[Record]:
    at, end = start, len(stream)
    while at + 4 <= end:
        kind, size = struct.unpack_from("<HH", stream, at)
        at += 4 + size
        if at > end:
            raise TableUnreadable(BROKEN)
        body = stream[at - size : at]
        more: list[bytes] = []
        while stream[at : at + 2] == b"\x3c\x00" and at + 4 <= end:
            (size,) = struct.unpack_from("<H", stream, at + 2)
            at += 4 + size
            if at > end:
                raise TableUnreadable(BROKEN)
            more.append(stream[at - size : at])
        yield Record(kind, body, more)


def codec_of(code_page: int) -> str:
    """Name the codec of a workbook's code page; unknown ones are taken for Latin."""
    return _CODE_PAGES.get(code_page, f"cp{code_page}" if 1250 <= code_page <= 1258 else "cp1252")


class TextReader:
    """Reads BIFF8 texts out of a record that may go on in others.

    Raises :exc:`TableUnreadable` where the record ends too early.
    """

    def __init__(self, record: Record, at: int = 0) -> None:
        self._segments = (record.body, *record.more)
        self._segment = 0
        self._at = at

    def number(self, size: int) -> int:
        """Read a little-endian whole number of *size* bytes."""
        return int.from_bytes(self._bytes(size), "little")

    def text(self, length_size: int = 2) -> str:
        """Read one text with its length before it, without its formatting runs."""
        length = self.number(length_size)
        flags = self.number(1)
        runs = self.number(2) if flags & 0x08 else 0
        extra = self.number(4) if flags & 0x04 else 0
        pieces: list[bytes] = []
        wide = flags & 0x01
        while length:
            rest = self._rest()
            if not rest:
                # A text that goes on in the next record says again how wide it is.
                self._next_segment()
                wide = self.number(1) & 0x01
                rest = self._rest()
            take = min(length, rest // 2 if wide else rest)
            if not take:
                raise TableUnreadable(BROKEN)
            raw = self._bytes(take * 2 if wide else take)
            pieces.append(raw if wide else raw.decode("latin-1").encode("utf-16-le"))
            length -= take
        self._bytes(runs * 4 + extra)
        # Pairs can be cut by a record's end, so only the whole is decoded.
        return b"".join(pieces).decode("utf-16-le", "replace")

    def _rest(self) -> int:
        return len(self._segments[self._segment]) - self._at

    def _next_segment(self) -> None:
        self._segment += 1
        self._at = 0
        if self._segment >= len(self._segments):
            raise TableUnreadable(BROKEN)

    def _bytes(self, size: int) -> bytes:
        pieces: list[bytes] = []
        while size:
            if not self._rest():
                self._next_segment()
            take = min(size, self._rest())
            segment = self._segments[self._segment]
            pieces.append(segment[self._at : self._at + take])
            self._at += take
            size -= take
        return b"".join(pieces)
