"""Text in CSV that no spreadsheet runs as a formula, and that is read back exact.

A spreadsheet takes a cell for a formula when it begins with ``=``, ``+``, ``-`` or
``@``, in some locales with their full-width forms, also after white space; tab and
carriage return at the start can split a cell so that one of those comes first.  Such
text is written with an apostrophe before it, the sign for "this is text"; text that
has apostrophes before such a beginning gets one more.  The reader takes one away
under the same condition, so every text survives.
"""

from __future__ import annotations

import re

APOSTROPHE = "'"
# \s knows the white space of Unicode; the last four are invisible without being white.
_RUNNABLE = re.compile("'*(?:[\t\r\n]|[\\s\u200b\u200c\u200d\ufeff]*[=+\\-@＝＋－＠])")


def guard(text: str) -> str:
    """Return *text* so that no spreadsheet runs it."""
    return APOSTROPHE + text if _RUNNABLE.match(text) else text


def unguard(text: str) -> str:
    """Return what :func:`guard` was given."""
    if text.startswith(APOSTROPHE) and _RUNNABLE.match(text, 1):
        return text[1:]
    return text
