"""Text as a workbook can hold it, with word of what it could not."""

from __future__ import annotations

import re

MAX_UNITS = 32_767
"""UTF-16 units in one cell."""
REPLACEMENT = "\ufffd"
_ELLIPSIS = "…"
_SURROGATES = re.compile("[\ud800-\udfff]")


def writable(text: str) -> str:
    """Return *text*, cut to what a cell holds and with half surrogate pairs replaced.

    Control characters stay: workbooks have an escape for them.
    """
    if len(text) * 2 > MAX_UNITS or not text.isascii():
        text = _SURROGATES.sub(REPLACEMENT, text)
        if len(text) * 2 > MAX_UNITS and len(text.encode("utf-16-le")) // 2 > MAX_UNITS:
            kept = text.encode("utf-16-le")[: (MAX_UNITS - 1) * 2]
            return kept.decode("utf-16-le", "ignore") + _ELLIPSIS
    return text
