"""What the reading process tells its parent: marshalled tuples, each after its length.

``("table", format)``, then for each sheet ``("sheet", name, hidden)``, any number of
``("rows", [(number, hidden, kinds, texts), …])`` and ``("end", hidden rows, hidden
columns, merged, oversized)``; at last ``("done",)``, or ``("fault", code, params)`` at
any point.  *kinds* has a letter a cell, and is empty where every cell is text or empty.
"""

from __future__ import annotations

import marshal
import struct
from collections.abc import Iterable
from typing import IO, Any

from correctionkit.packages.tables.cells import EMPTY, REMEMBERED, Cell, CellKind, Row, Sheet

TABLE, SHEET, ROWS, END, DONE, FAULT = "table", "sheet", "rows", "end", "done", "fault"
BATCH_ROWS = 500
BATCH_BYTES = 8 << 20
MAX_BYTES = 256 << 20
"""No message is longer: one row may have every column full."""

_LENGTH = struct.Struct("<I")
_LETTERS = dict(zip(CellKind, "tndbef-", strict=True))
_KINDS = {letter: kind for kind, letter in _LETTERS.items()}

Message = tuple[Any, ...]


def receive(stream: IO[bytes]) -> Message | None:
    """Return the next message; None where the stream ends instead."""
    head = stream.read(_LENGTH.size)
    if len(head) < _LENGTH.size:
        return None
    (length,) = _LENGTH.unpack(head)
    body = stream.read(length) if length <= MAX_BYTES else b""
    if not body or len(body) < length:
        return None
    try:
        message = marshal.loads(body)  # noqa: S302 - written by our own process
    except (EOFError, ValueError, TypeError):
        return None
    return message if isinstance(message, tuple) else None


class Sender:
    """An outlet that writes messages."""

    def __init__(self, stream: IO[bytes]) -> None:
        self._stream = stream
        self.taken = 0

    def begin(self, name: str, *, hidden: bool) -> None:
        """Tell of the next sheet."""
        self.send((SHEET, name, hidden))

    def rows(self, rows: list[Row]) -> None:
        """Send rows, some at a time."""
        self.taken += len(rows)
        for at in range(0, len(rows), BATCH_ROWS):
            self._send_rows([_packed(row) for row in rows[at : at + BATCH_ROWS]])

    def end(self, sheet: Sheet) -> None:
        """Tell what is known at a sheet's end."""
        merged = [
            (area.first_row, area.first_column, area.last_row, area.last_column)
            for area in sheet.merged
        ]
        self.send((END, sheet.hidden_rows, sheet.hidden_columns, merged, sheet.oversized))

    def send(self, message: Message) -> None:
        """Write one message."""
        self._write(marshal.dumps(message))

    def _send_rows(self, rows: list[Message]) -> None:
        body = marshal.dumps((ROWS, rows))
        if len(body) > BATCH_BYTES and len(rows) > 1:
            half = len(rows) // 2
            self._send_rows(rows[:half])
            self._send_rows(rows[half:])
        else:
            self._write(body)

    def _write(self, body: bytes) -> None:
        self._stream.write(_LENGTH.pack(len(body)))
        self._stream.write(body)


def _packed(row: Row) -> Message:
    cells = row.cells
    kinds = ""
    # An error may have no text: only of plain cells is what is empty told by that.
    if [cell for cell in cells if cell.kind is not CellKind.TEXT and cell is not EMPTY]:
        kinds = "".join([_LETTERS[cell.kind] for cell in cells])
    return (row.number, row.hidden, kinds, [cell.text for cell in cells])


class Unpacker:
    """Makes rows of what was sent; cells of the same text are one."""

    def __init__(self) -> None:
        self._made: dict[str, Cell] = {"": EMPTY}

    def rows(self, packed: Iterable[Message]) -> list[Row]:
        """Return the rows of one message."""
        made = self._made
        return [
            Row(
                number,
                tuple(
                    [_cell(text, letter) for text, letter in zip(texts, kinds, strict=True)]
                    if kinds
                    else [made.get(text) or self._text(text) for text in texts]
                ),
                hidden,
            )
            for number, hidden, kinds, texts in packed
        ]

    def _text(self, text: str) -> Cell:
        cell = Cell(text, CellKind.TEXT)
        if len(self._made) >= REMEMBERED:
            self._made.clear()
            self._made[""] = EMPTY
        self._made[text] = cell
        return cell


def _cell(text: str, letter: str) -> Cell:
    kind = _KINDS[letter]
    return EMPTY if kind is CellKind.EMPTY else Cell(text, kind)
