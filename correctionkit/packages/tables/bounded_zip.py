"""A workbook's ZIP, read within bounds: how many parts, how large, how dense."""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Callable, Iterator

from correctionkit.packages.tables.faults import BOMB, BROKEN, PASSWORD, TableUnreadable
from correctionkit.packages.tables.xml_stream import Ends, LeaveOut, Starts, stream_xml

MAX_PARTS = 4_096
MAX_RATIO = 100
RATIO_FROM = 1 << 20
"""Parts up to this many bytes may be as dense as they like."""
CHUNK = 1 << 16
MAX_ELEMENTS = 5_000_000
"""What 100,000 rows of 20 cells take, with room; empty cells that have a style count too."""

_DIRECTORY_ENTRY = b"PK\x01\x02"
_STORED_OR_DEFLATED = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
_ENCRYPTED = 0x1
_BROKEN_ZIP = (
    zipfile.BadZipFile,
    zlib.error,
    EOFError,
    NotImplementedError,
    RuntimeError,
    OSError,
    ValueError,
)
"""What :mod:`zipfile` raises over damaged archives; ValueError from seeks before the start."""


class BoundedZip:
    """The parts of a workbook by name, each streamed.

    All together they may have *max_unpacked* bytes and :data:`MAX_ELEMENTS` elements.
    """

    def __init__(self, data: bytes, max_unpacked: int) -> None:
        # zipfile makes an object for every directory entry: count them before it does.
        if data.count(_DIRECTORY_ENTRY) > MAX_PARTS:
            raise TableUnreadable(BOMB)
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(data))
        except _BROKEN_ZIP as error:
            raise TableUnreadable(BROKEN) from error
        self._left = max_unpacked
        self._elements_left = MAX_ELEMENTS
        self._parts: dict[str, zipfile.ZipInfo] = {}
        for part in self._zip.infolist():
            if part.is_dir():
                continue
            name = part_name(part.filename)
            if name in self._parts:
                # Programs differ in which of two equal names they read.
                raise TableUnreadable(BROKEN)
            self._parts[name] = part

    def __contains__(self, name: str) -> bool:
        return part_name(name) in self._parts

    def __iter__(self) -> Iterator[str]:
        return iter(self._parts)

    def chunks(self, name: str) -> Iterator[bytes]:
        """Stream one part.  Raises :exc:`TableUnreadable` for a bomb and for damage."""
        part = self._parts.get(part_name(name))
        if part is None:
            raise TableUnreadable(BROKEN)
        if part.flag_bits & _ENCRYPTED:
            raise TableUnreadable(PASSWORD)
        if part.compress_type not in _STORED_OR_DEFLATED:
            raise TableUnreadable(BROKEN)
        # zipfile never gives more than the size stated here.
        if part.file_size > self._left or (
            part.file_size > RATIO_FROM and part.file_size > part.compress_size * MAX_RATIO
        ):
            raise TableUnreadable(BOMB)
        self._left -= part.file_size
        yield from self._read(part)

    def parse(
        self,
        name: str,
        starts: Starts,
        ends: Ends | None = None,
        text: Callable[[str], object] | None = None,
        leave_out: LeaveOut | None = None,
    ) -> None:
        """Stream the XML of one part; see :func:`stream_xml`."""
        self._elements_left -= stream_xml(
            self.chunks(name),
            starts,
            ends,
            text,
            max_elements=self._elements_left,
            leave_out=leave_out,
        )

    def _read(self, part: zipfile.ZipInfo) -> Iterator[bytes]:
        # The consumer's own errors must not pass for damage: only reading is guarded.
        try:
            stream = self._zip.open(part)
        except _BROKEN_ZIP as error:
            raise TableUnreadable(BROKEN) from error
        with stream:
            while True:
                try:
                    chunk = stream.read(CHUNK)
                except _BROKEN_ZIP as error:
                    raise TableUnreadable(BROKEN) from error
                if not chunk:
                    return
                yield chunk


def part_name(name: str) -> str:
    """Return the form in which part names are compared: no case, ``/``, none at the start."""
    return name.replace("\\", "/").lstrip("/").lower()
