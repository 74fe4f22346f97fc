"""Any table file, row by row, read by a bounded process of its own."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from correctionkit.packages.tables.cells import MergedRange, Row, TableFormat
from correctionkit.packages.tables.faults import BOMB, BROKEN, TableUnreadable
from correctionkit.packages.tables.messages import (
    DONE,
    END,
    FAULT,
    ROWS,
    SHEET,
    Message,
    Unpacker,
    receive,
)
from correctionkit.policy.bounds import TableBounds

_ROOT = Path(__file__).resolve().parents[3]
# No environment and no site: what the child imports are this package and the library.
_START = (
    "import sys; sys.path.append(sys.argv[1]); "
    "from correctionkit.packages.tables.child import main; main(sys.argv[2:])"
)
_KILLED, _OUT_OF_TIME = -9, -24
"""How Linux and macOS end what takes too much: SIGKILL for memory, SIGXCPU for time."""
_NO_WINDOW = getattr(subprocess, "CREATE_NO_WINDOW", 0)
"""On Windows, a service or a window of ours would open a terminal for the child."""
_PATIENCE = 3
"""How much longer than its own time a child may take, for others run beside it."""
_LAST_SECONDS = 2


@dataclass(frozen=True, slots=True)
class SheetTrailer:
    """What is known of a sheet when its last row has been read; see :class:`Sheet`."""

    hidden_rows: int
    hidden_columns: int
    merged: tuple[MergedRange, ...]
    oversized: bool


class StreamedSheet:
    """One sheet: iterate over it once for its rows, in batches, ascending."""

    def __init__(self, name: str, hidden: bool, table: StreamedTable) -> None:
        self.name = name
        self.hidden = hidden
        self._table = table
        self._trailer: SheetTrailer | None = None

    def __iter__(self) -> Iterator[list[Row]]:
        while self._trailer is None:
            kind, *told = self._table.next_message()
            if kind == ROWS:
                yield self._table.unpacker.rows(told[0])
            elif kind == END:
                hidden_rows, hidden_columns, merged, oversized = told
                ranges = tuple(MergedRange(*area) for area in merged)
                self._trailer = SheetTrailer(hidden_rows, hidden_columns, ranges, oversized)
            else:
                raise TableUnreadable(BROKEN)

    @property
    def trailer(self) -> SheetTrailer:
        """What stands at the sheet's end; rows that nobody took are passed over."""
        for _ in self:
            pass
        if self._trailer is None:
            raise AssertionError("a sheet ends with its trailer")
        return self._trailer


class StreamedTable:
    """A table file as it is being read: iterate over it once for its sheets, in order."""

    def __init__(self, name: str, child: _Child) -> None:
        self.name = name
        self.unpacker = Unpacker()
        self._child = child
        self.format: TableFormat | None = None
        _, told = self.next_message()
        self.format = TableFormat(told)

    def __iter__(self) -> Iterator[StreamedSheet]:
        while True:
            kind, *told = self.next_message()
            if kind == DONE:
                return
            if kind != SHEET:
                raise TableUnreadable(BROKEN)
            name, hidden = told
            sheet = StreamedSheet(self._named(name), hidden, self)
            yield sheet
            _ = sheet.trailer

    def next_message(self) -> Message:
        """Return the next message of the child.  Raises :exc:`TableUnreadable` for a fault."""
        message = self._child.next_message()
        if message[0] == FAULT:
            _, fault, params = message
            if "sheet" in params:
                params["sheet"] = self._named(params["sheet"])
            raise TableUnreadable(fault, **params)
        return message

    def _named(self, sheet: str) -> str:
        # The child never learns the name of the file, which is that of a CSV's sheet.
        return self.name if self.format is TableFormat.CSV else sheet


@contextmanager
def open_table(
    path: Path, name: str, bounds: TableBounds, *, seconds: int = 60, memory_mb: int = 300
) -> Iterator[StreamedTable]:
    """Read the table file at *path* in a process of its own; *name* is what users call it.

    *seconds* are the child's, of computing, and three times as many of waiting for it:
    while the caller works on rows, its clock stands.

    Raises :exc:`TableUnreadable` with the faults of
    :func:`~correctionkit.packages.tables.workbook.read_workbook`, at once or at any row,
    and ``bomb`` for what takes more than *seconds* or *memory_mb*.
    """
    with path.open("rb") as file:
        process = subprocess.Popen(  # noqa: S603 - our own program and numbers
            (
                sys.executable,
                *("-I", "-S", "-c", _START, str(_ROOT)),
                *(str(bounds.max_rows), str(bounds.max_columns), str(bounds.max_cell_characters)),
                *(str(seconds), str(memory_mb)),
            ),
            stdin=file,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env={key: os.environ[key] for key in ("SYSTEMROOT",) if key in os.environ},
            cwd=_ROOT.anchor,
            creationflags=_NO_WINDOW,
        )
    with process:
        try:
            yield StreamedTable(name, _Child(process, seconds))
        finally:
            process.kill()


class _Child:
    def __init__(self, process: subprocess.Popen[bytes], seconds: float) -> None:
        self._process = process
        self._left = seconds * _PATIENCE

    def next_message(self) -> Message:
        pipe = self._process.stdout
        if pipe is None:
            raise AssertionError("the child was given a pipe")
        began = time.monotonic()
        alarm = threading.Timer(max(self._left, 0), self._process.kill)
        alarm.daemon = True
        alarm.start()
        try:
            message = receive(pipe)
        finally:
            alarm.cancel()
        self._left -= time.monotonic() - began
        if message is None:
            raise self._ended()
        return message

    def _ended(self) -> TableUnreadable:
        """Say why the child told no more, when its pipe has closed or made no sense."""
        status: int | None
        try:
            status = self._process.wait(_LAST_SECONDS)
        except subprocess.TimeoutExpired:
            self._process.kill()
            status = None
        if self._left <= 0 or status == _OUT_OF_TIME:
            return TableUnreadable(BOMB, limit="time")
        if status == _KILLED:
            return TableUnreadable(BOMB, limit="memory")
        return TableUnreadable(BROKEN)
