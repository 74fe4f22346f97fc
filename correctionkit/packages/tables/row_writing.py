"""Writing a table of any length row by row, in constant memory, looking as all tables do.

The workbook is laid out without rows by :mod:`~correctionkit.packages.tables.writing`; they
are put into its sheet as they come.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain, islice
from pathlib import Path
from typing import BinaryIO

from correctionkit.packages.tables.cells import MAX_ROW, REMEMBERED, column_letters
from correctionkit.packages.tables.lay_out import SheetSpec, column_widths, sheet_names
from correctionkit.packages.tables.targets import replacing
from correctionkit.packages.tables.writable import writable
from correctionkit.packages.tables.writing import write_workbook

MEASURED_ROWS = 200
"""How many rows tell how wide the columns are."""

_SHEET = "xl/worksheets/sheet1.xml"
_END = "</sheetData>"
_DIMENSION = re.compile('<dimension ref="[^"]*"/>')
_LEVEL = 3
"""Deflate's: half the time of the usual, a tenth more bytes."""
_ROWS_A_PIECE = 200
# What XML or a spreadsheet would read as something else.
_ODD = re.compile("[&<>_\x00-\x1f\ufffe\uffff]|\\A\\s|\\s\\Z")
_MARKUP = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;"})
_ESCAPED = re.compile("[\x00-\x08\x0b-\x1f\ufffe\uffff]|_(?=x[0-9A-Fa-f]{4}_)")


def write_rows(
    target: Path | BinaryIO,
    sheet_name: str,
    header: Sequence[str],
    rows: Iterable[Sequence[str]],
    *,
    title: str = "",
    notes: Sequence[str] = (),
    widths: Sequence[int] | None = None,
) -> tuple[str, ...]:
    """Write one table as a workbook, taking *rows* one by one; all cells are text.

    Columns are as wide as *widths*, in digits, or as the first rows need.  Returns the
    places that hold something else than was given, and raises, as :func:`write_workbook`
    does; and :exc:`ValueError` for more rows than a sheet has.
    """
    if isinstance(target, Path):
        with replacing(target) as file:
            return write_rows(
                file, sheet_name, header, rows, title=title, notes=notes, widths=widths
            )
    source = iter(rows)
    first = list(islice(source, MEASURED_ROWS))
    frame = io.BytesIO()
    # One row and one note, both empty, for how they look.
    looks = SheetSpec(
        sheet_name,
        header,
        [("",)],
        title=title,
        notes=("",),
        widths=widths or column_widths(header, first),
    )
    changed = write_workbook(frame, [looks])
    with zipfile.ZipFile(frame) as laid_out, zipfile.ZipFile(target, "w") as book:
        for name in laid_out.namelist():
            if name != _SHEET:
                book.writestr(_part(name), laid_out.read(name))
        table = _Table(laid_out.read(_SHEET).decode(), 3 if title else 2)
        with book.open(_part(_SHEET), "w") as part:
            for piece in table.pieces(chain(first, source), notes):
                part.write(piece.encode())
    (name,) = sheet_names([sheet_name])
    return (*changed, *(f"{name}!{place}" for place in table.changed))


def _part(name: str) -> zipfile.ZipInfo:
    # The same rows give the same bytes.
    part = zipfile.ZipInfo(name)
    part.compress_type = zipfile.ZIP_DEFLATED
    part._compresslevel = _LEVEL  # type: ignore[attr-defined] # public from Python 3.13 on
    return part


class _Table:
    """The XML of the sheet: its frame as laid out, with the rows inside."""

    def __init__(self, laid_out: str, first_row: int) -> None:
        row = laid_out.index(f'<row r="{first_row}"')
        self._head = _DIMENSION.sub("", laid_out[:row])
        self._tail = laid_out[laid_out.index(_END) :]
        self._row = first_row
        self._look = _look(laid_out, first_row)
        self._note_look = _look(laid_out, first_row + 2)
        self._letters: list[str] = []
        self._made: dict[str, str] = {}
        self.changed: list[str] = []

    def pieces(self, rows: Iterable[Sequence[str]], notes: Sequence[str]) -> Iterator[str]:
        """Yield the part, piece by piece."""
        yield self._head
        held: list[str] = []
        for row in rows:
            held.append(self._line(row, self._look))
            if len(held) == _ROWS_A_PIECE:
                yield "".join(held)
                held.clear()
        yield "".join(held)
        self._row += 1
        for note in notes:
            yield self._line((note,), self._note_look)
        yield self._tail

    def _line(self, row: Sequence[str], look: str) -> str:
        number = self._row
        if number > MAX_ROW:
            raise ValueError("a sheet has no more rows")
        self._row += 1
        while len(self._letters) < len(row):
            self._letters.append(f'<c r="{column_letters(len(self._letters))}')
        made = self._made
        inside = f'{number}" s="{look}"'
        cells = "".join(
            [
                f"{letters}{inside}{made.get(text) or self._content(text, letters)}"
                for letters, text in zip(self._letters, row, strict=False)
            ]
        )
        return f'<row r="{number}">{cells}</row>'

    def _content(self, text: str, letters: str) -> str:
        """Return what follows a cell's look; remember it where it can stand in any cell."""
        if not text:
            return "/>"
        held = writable(text)
        if held != text:
            self.changed.append(f"{letters.rpartition(chr(34))[2]}{self._row - 1}")
        keep = ""
        if _ODD.search(held):
            keep = ' xml:space="preserve"'
            held = _ESCAPED.sub(_escape, held).translate(_MARKUP)
        content = f' t="inlineStr"><is><t{keep}>{held}</t></is></c>'
        if len(self._made) >= REMEMBERED:
            self._made.clear()
        if held == text:
            self._made[text] = content
        return content


def _look(laid_out: str, row: int) -> str:
    at = laid_out.index(f'<c r="A{row}" s="') + len(f'<c r="A{row}" s="')
    return laid_out[at : laid_out.index('"', at)]


def _escape(found: re.Match[str]) -> str:
    return f"_x{ord(found[0]):04X}_"
