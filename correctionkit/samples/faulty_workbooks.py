"""Faults of a workbook's cells: good bytes in, bytes out that a careless hand might have saved."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Collection, Mapping
from io import BytesIO
from typing import Literal
from xml.sax.saxutils import escape

_SHEET = "xl/worksheets/sheet1.xml"

Spoil = tuple[Literal["number", "formula"], str]
"""How a cell is typed wrongly, and its text."""


def spoiled(xlsx: bytes, cells: Mapping[str, Spoil], hidden_rows: Collection[int] = ()) -> bytes:
    """Retype *cells*, by places as ``D7``, and hide rows of the first sheet.

    A number must be all digits; a formula gives the text that is shown.  Raises
    :exc:`ValueError` for a cell or row that holds nothing.
    """
    kept = BytesIO()
    with zipfile.ZipFile(BytesIO(xlsx)) as good, zipfile.ZipFile(kept, "w") as bad:
        for info in good.infolist():
            content = good.read(info)
            if info.filename == _SHEET:
                content = _retyped(content.decode(), cells, hidden_rows).encode()
            bad.writestr(info, content, zipfile.ZIP_DEFLATED)
    return kept.getvalue()


def _retyped(sheet: str, cells: Mapping[str, Spoil], hidden_rows: Collection[int]) -> str:
    for place, (how, text) in cells.items():
        written = f"<v>{text}</v>"
        if how == "formula":
            written = f"<f>{_as_formula(text)}</f><v>{escape(text)}</v>"
        kind = ' t="str"' if how == "formula" else ""
        sheet = _replaced(
            rf'<c r="{place}"( s="\d+")? t="s"><v>\d+</v></c>',
            rf'<c r="{place}"\g<1>{kind}>{written}</c>',
            sheet,
        )
    for row in hidden_rows:
        sheet = _replaced(rf'<row r="{row}"', rf'<row r="{row}" hidden="1"', sheet)
    return sheet


def _as_formula(text: str) -> str:
    """Write the text as two halves that a formula joins."""
    return f'"{escape(text[:1])}"&amp;"{escape(text[1:])}"'


def _replaced(pattern: str, replacement: str, sheet: str) -> str:
    sheet, times = re.subn(pattern, replacement, sheet)
    if times != 1:
        raise ValueError(f"{pattern} is there {times} times")
    return sheet
