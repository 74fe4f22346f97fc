"""Sheets of the returned workbook, written row by row from the top, every cell as text."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping, Sequence
from typing import Any

from correctionkit.packages.tables.writable import writable
from correctionkit.render.wrapping import columns

# XlsxWriter takes "<r>…</r>" for its own mark-up, and escapes only one of two "_xHHHH_"
# that share an underscore; written in pieces, both stay what they are.
_MISREAD = re.compile(r"<r>.*</r>\Z|.*_x[0-9A-Fa-f]{4}_x[0-9A-Fa-f]{4}_", re.DOTALL)
_CONTROLS = re.compile(r"[\x00-\x08\x0b-\x1f\ufffe\uffff]")
_ESCAPE_STARTS = re.compile(r"(?<=_)(?=x)")
_A4 = 9
# In points.  Not every program finds the height of wrapped rows by itself.
_LINE_HEIGHT, _HIGHEST = 15, 409
_NEVER_WRAPPED = frozenset({"title", "plain", "verdict-good", "verdict-bad"})


class Page:
    """One worksheet.  Rows and columns count from 0."""

    def __init__(self, sheet: Any, looks: Mapping[str, Any]) -> None:
        self._sheet = sheet
        self._looks = looks
        self._widths: Sequence[int] = ()
        sheet.set_landscape()
        sheet.set_paper(_A4)
        sheet.fit_to_pages(1, 0)
        sheet.set_footer("&C&P / &N")
        # Every number is text here, and Excel would flag each one.
        sheet.ignore_errors({"number_stored_as_text": "A1:XFD1048576"})

    def widths(self, widths: Sequence[int]) -> None:
        """Set the width of each column, in digits."""
        self._widths = widths
        for column, width in enumerate(widths):
            self._sheet.set_column(column, column, width)

    def below(self, row: int) -> None:
        """Keep the rows above *row* in sight, on screen and on paper."""
        self._sheet.freeze_panes(row, 0)
        self._sheet.repeat_rows(0, row - 1)

    def filtered(self, first: int, last: int, columns: int) -> None:
        """Let the reader filter the rows below the heading row *first*."""
        self._sheet.autofilter(first, 0, max(first, last), columns - 1)

    def line(self, row: int, texts: Sequence[str], looks: Sequence[str]) -> None:
        """Write one row from column A on, as high as its wrapped texts need."""
        wrapped = [
            _lines(text, width)
            for text, look, width in zip(texts, looks, self._widths, strict=False)
            if look not in _NEVER_WRAPPED
        ]
        most = max(wrapped, default=1)
        if most > 1:
            self._sheet.set_row(row, min(_HIGHEST, most * _LINE_HEIGHT))
        for column, (text, look) in enumerate(zip(texts, looks, strict=True)):
            self._text(row, column, text, look)

    def _text(self, row: int, column: int, text: str, look: str) -> None:
        style, held = self._looks[look], writable(text)
        if not held:
            if look != "plain":
                self._sheet.write_blank(row, column, None, style)
        elif not _MISREAD.match(held):
            self._sheet.write_string(row, column, held, style)
        else:
            held = _CONTROLS.sub("\ufffd", held)
            pieces = (held[0], held[1], *_ESCAPE_STARTS.split(held[2:]))
            self._sheet.write_rich_string(row, column, *filter(None, pieces), style)


def _lines(text: str, width: int) -> int:
    """Return how many lines *text* takes in a column of *width* digits."""
    return sum(max(1, math.ceil(columns(line) / max(1, width - 1))) for line in text.split("\n"))
