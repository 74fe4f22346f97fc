"""The rows of a sheet that are written as nearly all are, read without the XML parser.

The parser calls Python seven times for a cell; a pattern takes a row at once.  The
pattern fits only what the parser would take too, and mean the same by: a row that holds
anything else goes to the parser.  Rows are looked at only while the parser is known to
stand between two of them, by the place of its own last event.
"""

from __future__ import annotations

import re
from collections.abc import Generator, Iterable, Iterator
from typing import Protocol

from correctionkit.packages.tables.cells import EMPTY, MAX_COLUMN, REMEMBERED, Cell
from correctionkit.packages.tables.faults import TableUnreadable
from correctionkit.packages.tables.xml_stream import Attributes, Position

_TABLE = b"<sheetData>"
_TABLE_END = b"</sheetData>"
_END = "</row>"
_ROW_END = b"</row>"
_UTF_8 = re.compile(
    rb"(?:\xef\xbb\xbf)?(?:<\?xml version=[\"']1\.0[\"']"
    rb"(?: encoding=[\"'](?i:utf-8)[\"'])?(?: standalone=[\"'](?:yes|no)[\"'])?\s*\?>|<[^?!])"
)
# Neither what the parser refuses nor what it replaces.
_TEXT = "[^<>&\r\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]*"
_VALUE = '[^<>&"\x00-\x1f\ufffe\uffff]*'
_ROW = re.compile(f'[ \t\r\n]*+<row((?: [A-Za-z0-9:]+="{_VALUE}")*+)(/?)>')
_ATTRIBUTE = re.compile(f' ([A-Za-z0-9:]+)="({_VALUE})"')
_CELL = re.compile(
    r'<c r="([A-Z]{1,3})([0-9]{1,7})"(?: s="([0-9]{1,6})")?(?: t="([A-Za-z]{1,9})")?'
    f'(?:/>|>(?:<v>({_TEXT})</v>|<is><t( xml:space="preserve")?>({_TEXT})</t></is>)?</c>)'
    r"|([\s\S])"
)
_LONGEST = 2 << 20
"""Bytes in which a row must have ended to be looked at."""


class RowReader(Protocol):
    """What knows the meaning of rows and cells, whoever finds them."""

    def column(self, letters: str) -> int:
        """Return the number of a column."""

    def shared_cell(self, index: int) -> Cell:
        """Return the cell of a shared string."""

    def value_cell(self, value: str, kind: str, style: str) -> Cell:
        """Return the cell of a value; *kind* is ``n`` where the file says none."""

    def inline_cell(self, text: str, *, preserve: bool) -> Cell:
        """Return the cell of a text in the sheet itself."""

    def take_row(self, attributes: Attributes, cells: list[Cell]) -> None:
        """Take a whole row, its cells from column A on."""


class PlainRows:
    """Takes plain rows out of a sheet's XML and leaves the rest to the parser.

    The parser is to call :meth:`table_begun` and :meth:`row_ended` at those tags.
    """

    _position: Position

    def __init__(self, reader: RowReader) -> None:
        self._reader = reader
        # Names of attributes, as they stand, that the parser took in a row of this sheet:
        # none doubled, none with a prefix that means nothing.
        self._proven: set[str] = set()
        self._depth = -1
        self._between_from = -1
        self._letters: tuple[str, ...] = ()
        self._columns: list[int] = []
        self._inline: dict[str, Cell] = {}

    def table_begun(self, _: Attributes) -> None:
        """Note that rows begin here, if the tag has its plain form."""
        self._depth = self._position.depth
        self._between_from = self._position.event_at + len(_TABLE)

    def row_ended(self) -> None:
        """Note that the parser stands behind a row."""
        if self._position.depth == self._depth:
            self._between_from = self._position.event_at + len(_ROW_END)

    def left_over(self, chunks: Iterable[bytes], position: Position) -> Iterator[bytes]:
        """Yield what the parser must see; it has read all of it when the next is asked for."""
        self._position = position
        source = iter(chunks)
        held = yield from self._head(source)
        while self._between() and not held.startswith(_TABLE_END):
            end = held.rfind(_ROW_END) + len(_ROW_END)
            if end < len(_ROW_END):
                more = next(source, b"")
                held += more
                if not more or len(held) > _LONGEST:
                    break
                continue
            try:
                rows = held[:end].decode()
            except UnicodeDecodeError:
                break
            held = held[end:]
            yield from self._rows(rows)
        yield held
        yield from source

    def _between(self) -> bool:
        return self._between_from == self._position.fed

    def _head(self, source: Iterator[bytes]) -> Generator[bytes, None, bytes]:
        held = next(source, b"")
        if not _UTF_8.match(held):
            return held
        while (at := held.find(_TABLE)) < 0:
            # The tag may stand half in this chunk and half in the next.
            cut = max(len(held) - len(_TABLE), 0)
            yield held[:cut]
            more = next(source, b"")
            held = held[cut:] + more
            if not more:
                return held
        at += len(_TABLE)
        yield held[:at]
        return held[at:]

    def _rows(self, text: str) -> Iterator[bytes]:
        at = 0
        while at < len(text):
            row = _ROW.match(text, at)
            names = None
            if row:
                end = row.end() if row[2] else text.index(_END, row.end()) + len(_END)
                attributes = _ATTRIBUTE.findall(row[1])
                names = " ".join([name for name, _ in attributes])
                if names in self._proven and self._took(dict(attributes), text[row.end() : end]):
                    at = end
                    continue
            end = text.index(_END, at) + len(_END)
            yield text[at:end].encode()
            at = end
            if not self._between():
                yield text[at:].encode()
                return
            if names is not None and "xmlns" not in names:
                self._proven.add(names)
        # Now the parser's bounds are looked at.
        yield b""

    def _took(self, attributes: Attributes, body: str) -> bool:
        number = attributes.get("r", "")
        cells = self._cells(number, body.removesuffix(_END))
        if cells is None:
            return False
        self._reader.take_row(attributes, cells)
        self._position.elements += 1 + body.count("<") - body.count("</")
        return True

    def _cells(self, number: str, body: str) -> list[Cell] | None:
        found = _CELL.findall(body)
        if not found:
            return []
        letters, digits, styles, kinds, values, kept, texts, odd = zip(*found, strict=True)
        if any(odd) or digits.count(number) < len(digits):
            return None
        try:
            if letters != self._letters:
                self._columns = [self._reader.column(each) for each in letters]
                self._letters = letters
            # A text of the other form than its kind has is left to the long way.
            if kinds.count("s") == len(kinds) and not any(texts):
                shared = self._reader.shared_cell
                cells = [shared(int(value)) if value else EMPTY for value in values]
            elif kinds.count("inlineStr") == len(kinds) and not any(kept) and not any(values):
                made = self._inline
                cells = [made.get(text) or self._inline_cell(text) for text in texts]
            else:
                parts = zip(kinds, styles, values, kept, texts, strict=True)
                cells = [self._cell(*each) for each in parts]
        except (LookupError, ValueError, TableUnreadable):
            # The parser's way says which fault comes first.
            return None
        return self._placed(cells)

    def _placed(self, cells: list[Cell]) -> list[Cell] | None:
        columns = self._columns
        if columns[-1] == len(cells) - 1 and columns == sorted(set(columns)):
            return cells
        row: list[Cell] = []
        for column, cell in zip(columns, cells, strict=True):
            if column < len(row) or column >= MAX_COLUMN:
                return None
            row += [EMPTY] * (column - len(row))
            row.append(cell)
        return row

    def _cell(self, kind: str, style: str, value: str, kept: str, text: str) -> Cell:
        if text:
            return self._reader.inline_cell(text, preserve=bool(kept))
        if not value:
            return EMPTY
        if kind == "s":
            return self._reader.shared_cell(int(value))
        return self._reader.value_cell(value, kind or "n", style or "0")

    def _inline_cell(self, text: str) -> Cell:
        cell = self._reader.inline_cell(text, preserve=False)
        if len(self._inline) >= REMEMBERED:
            self._inline.clear()
        self._inline[text] = cell
        return cell
