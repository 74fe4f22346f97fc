"""How typed text is read: what is set right on the way in, and always told.

Three kinds of text are read, each a little freer with spaces than the one before: plain
text, names, and the names of folders and files.  Numbers lose every space.

No reading replaces a CJK compatibility ideograph: NFC would turn U+F9DC into another
character, and a person's name with it.  So NFC is applied around them.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass

MIDDLE_DOT = "\u00b7"

LOOK_ALIKE_DOTS = ".\u02d9\u0387\u2022\u2024\u2027\u2219\u22c5\u2e31\u2e33\u30fb\ufe52\uff0e\uff65"
"""What people type where U+00B7 belongs."""

COMPATIBILITY_IDEOGRAPHS = "\uf900-\ufaff\U0002f800-\U0002fa1f"

# By range and not by what unicodedata knows: the interpreter's tables may be older than
# the character set, and the extensions after G are names of living people too.
HAN = (
    "\u3005-\u3007\u3400-\u4dbf\u4e00-\u9fff\U00020000-\U0002fa1f\U00030000-\U000323af"
    "\U000323b0-\U0003347f\uf900-\ufaff"
)
"""The ideographs, as the inside of a character class."""

# Tab to carriage return and the Unicode spaces; not U+001C to U+001F, which str.isspace
# takes for spaces and which are faults.
_SPACE = "\t-\r \u0085\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000"
# Zero-width spaces and joiners, byte order mark, soft hyphen, and the Hangul fillers, which
# show as nothing.  Direction marks are left in: they are a fault, not an oversight.
_INVISIBLE = "\u00ad\u115f\u1160\u180e\u200b-\u200d\u2060\u3164\ufeff\uffa0"

_WIDTH = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}

_PLAIN = re.compile(r"[0-9A-Z\u4e00-\u9fff]*")
_FULL_WIDTH = re.compile("[\uff01-\uff5e]")
_INVISIBLES = re.compile(f"[{_INVISIBLE}]+")
_SPACES = re.compile(f"[{_SPACE}]+")
_COMPATIBILITY = re.compile(f"([{COMPATIBILITY_IDEOGRAPHS}]+)")
_LOWER = re.compile("[a-z]+")
_ANY_DOT = re.compile(f"[{re.escape(LOOK_ALIKE_DOTS)}]")
# Left to be compiled at first use: the ranges of ideographs take their time.
_DOT_BETWEEN_HAN = f"(?<=[{HAN}])[{_SPACE}]*[{re.escape(LOOK_ALIKE_DOTS)}][{_SPACE}]*(?=[{HAN}])"
_SPACE_IN_HAN = f"(?<=[{HAN}{MIDDLE_DOT}]) (?=[{HAN}{MIDDLE_DOT}])"
_SPACE_BY_HAN_OR_DIGIT = f"(?<=[{HAN}0-9]) | (?=[{HAN}0-9])"
_TRAILING_DOTS = re.compile("[. ]+$")


@dataclass(frozen=True, slots=True)
class Reading:
    """A text as typed and as read, with the codes of what was changed on the way."""

    typed: str
    read: str
    changes: tuple[str, ...] = ()

    @property
    def changed(self) -> bool:
        """Whether anything was set right."""
        return self.typed != self.read

    @property
    def looks_changed(self) -> bool:
        """Whether a person can see what was set right: composed letters look as before."""
        return self.changed and self.changes != ("composed",)


def read_text(typed: str) -> Reading:
    """Read plain text: half width, no invisible characters, trimmed, composed.

    Runs of spaces and line breaks inside become one space.
    """
    return _read(typed, _TEXT)


def read_number(typed: str) -> Reading:
    """Read a number: as text, without any space, letters in upper case."""
    return _read(typed, _NUMBER)


def compact_number(typed: str) -> str:
    """Return what :func:`read_number` reads, where nobody needs to be told."""
    return typed if _PLAIN.fullmatch(typed) else read_number(typed).read


def read_name(typed: str) -> Reading:
    """Read a person's name.

    Look-alike dots between Han characters become U+00B7, and spaces between Han characters
    go; one space between other letters stays, as in Anna Maria.
    """
    return _read(typed, _NAME)


def read_file_name(typed: str) -> Reading:
    """Read the name of a folder, or of a file without its extension.

    As a name; spaces beside a Han character or a digit go, and so do dots at the end, which
    Windows drops by itself.
    """
    return _read(typed, _FILE_NAME)


def matching_key(text: str) -> str:
    """Return what two spellings of one folder, file or column name have in common.

    Width, case, spaces, invisible characters, look-alike dots and dots at the end don't
    count.  A compatibility ideograph and its unified form stay apart: they are two different
    characters in a register, and a difference between table and folder must be seen.
    Circled and other fancy digits stay apart from digits as well.
    """
    folded = _compose(read_file_name(text).read.replace(" ", "").casefold())
    return folded if _PLAIN.fullmatch(folded) else _fold_narrow(folded)


def _read(typed: str, steps: tuple[_Step, ...]) -> Reading:
    if _PLAIN.fullmatch(typed):
        return Reading(typed, typed)
    read = typed
    changes: list[str] = []
    for code, step in steps:
        after = step(read)
        if after != read and code not in changes:
            changes.append(code)
        read = after
    return Reading(typed, read, tuple(changes))


def _compose(text: str) -> str:
    if unicodedata.is_normalized("NFC", text):
        return text
    return "".join(
        piece if _COMPATIBILITY.fullmatch(piece) else unicodedata.normalize("NFC", piece)
        for piece in _COMPATIBILITY.split(text)
    )


def _fold_narrow(text: str) -> str:
    return "".join(
        unicodedata.normalize("NFKC", sign) if "\uff00" <= sign <= "\uffef" else sign
        for sign in text
    )


def _drop_invisible(text: str) -> str:
    return _INVISIBLES.sub("", text)


def _halve(text: str) -> str:
    return text.translate(_WIDTH) if _FULL_WIDTH.search(text) else text


def _fold_spaces(text: str) -> str:
    return _SPACES.sub(" ", text).strip(" ")


def _drop_spaces(text: str) -> str:
    return _SPACES.sub("", text)


def _join_han(text: str) -> str:
    return re.sub(_SPACE_IN_HAN, "", text) if " " in text else text


def _join_parts(text: str) -> str:
    return re.sub(_SPACE_BY_HAN_OR_DIGIT, "", text) if " " in text else text


def _unify_dots(text: str) -> str:
    return re.sub(_DOT_BETWEEN_HAN, MIDDLE_DOT, text) if _ANY_DOT.search(text) else text


def _upper(text: str) -> str:
    return _LOWER.sub(lambda found: found.group().upper(), text)


def _drop_trailing_dots(text: str) -> str:
    return _TRAILING_DOTS.sub("", text)


_Step = tuple[str, Callable[[str], str]]

_TEXT: tuple[_Step, ...] = (
    ("invisible", _drop_invisible),
    ("composed", _compose),
    ("full-width", _halve),
    ("spaces", _fold_spaces),
)
_NUMBER: tuple[_Step, ...] = (
    ("invisible", _drop_invisible),
    ("composed", _compose),
    ("full-width", _halve),
    ("spaces", _drop_spaces),
    ("lower-case", _upper),
)
# Dots first: composing would make U+00B7 of one of them, and call it something else.
_NAME: tuple[_Step, ...] = (
    ("invisible", _drop_invisible),
    ("look-alike-dot", _unify_dots),
    ("composed", _compose),
    ("full-width", _halve),
    ("spaces", _fold_spaces),
    ("spaces", _join_han),
)
_FILE_NAME: tuple[_Step, ...] = (
    *_NAME,
    ("spaces", _join_parts),
    ("trailing-dot", _drop_trailing_dots),
)
