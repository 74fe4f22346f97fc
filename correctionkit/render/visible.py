"""Text that others typed, made safe to look at: nothing hidden, nothing endless."""

from __future__ import annotations

import re

LONGEST = 120
"""How many characters of one typed text are shown."""

_TAIL = 24
# By code point and not by what unicodedata knows: reports should not change with the
# interpreter.  Private-use characters and unassigned ones stay: they are rare names.
_NOT_CHARACTERS = "\ufdd0-\ufdef" + "".join(
    f"{chr(plane + 0xFFFE)}{chr(plane + 0xFFFF)}" for plane in range(0, 0x110000, 0x10000)
)
_HIDDEN = re.compile(
    "["
    "\x00-\x1f\x7f-\x9f"  # control
    "\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u3164\uffa0\ufeff"  # blank
    "\u200b-\u200f\u2028-\u202e\u2060-\u206f"  # zero width, ends of lines, direction
    "\ufff9-\ufffb\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e0fff"  # format
    "\ud800-\udfff"  # halves of surrogate pairs
    f"{_NOT_CHARACTERS}]"
)


def visible(text: str) -> str:
    """Show characters that cannot be seen, or that turn the text around, as ‹U+202E›."""
    return _HIDDEN.sub(_named, text)


def shortened(text: str, longest: int = LONGEST) -> str:
    """Shorten the middle of what is longer than *longest* characters to …; the end is kept."""
    if len(text) <= longest:
        return text
    tail = min(_TAIL, longest // 3)
    return f"{text[: longest - tail - 1]}…{text[len(text) - tail :]}"


def shown(text: str, longest: int = LONGEST) -> str:
    """Shorten *text*, then make it visible."""
    return visible(shortened(text, longest))


def _named(found: re.Match[str]) -> str:
    return f"‹U+{ord(found[0]):04X}›"
