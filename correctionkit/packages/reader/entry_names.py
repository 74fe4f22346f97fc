"""Names of ZIP entries: from bytes to text, or refused.

The order: the UTF-8 flag; the Unicode path field 0x7075, where its checksum is that of
the raw name; UTF-8, where every unmarked name of the archive is that; GB 18030, as ZIP
programs on a Chinese Windows write it.  Nothing is guessed beyond that.  A flagged name
that cannot stand gives way to a sound Unicode path field.
"""

from __future__ import annotations

import re
import unicodedata
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

_UNICODE_PATH = 0x7075

# Controls, line and paragraph separators, lone surrogates, and what turns the direction
# of writing so that a name shows as another one.
_UNSAFE = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ud800-\udfff]")


class ExtraBroken(ValueError):
    """An extra field is longer than the room that it stands in."""


@dataclass(frozen=True, slots=True)
class RawName:
    """A name as a directory holds it: bytes, the UTF-8 flag, the extra fields."""

    raw: bytes
    is_marked: bool
    extra: bytes


def decode_names(names: Sequence[RawName]) -> list[str | None]:
    """Decode the names of one archive together; None for one that nothing decodes."""
    decoded = [_declared(name) for name in names]
    unmarked = [
        index for index, name in enumerate(names) if decoded[index] is None and not name.is_marked
    ]
    as_utf8 = {index: _strict(names[index].raw, "utf-8") for index in unmarked}
    if None in as_utf8.values():
        for index in unmarked:
            decoded[index] = _strict(names[index].raw, "gb18030")
    else:
        for index, text in as_utf8.items():
            decoded[index] = text
    return decoded


def unicode_path(raw: bytes, extra: bytes) -> str | None:
    """Return the name in the first sound Unicode path field; one that is empty is none."""
    if b"\x75\x70" not in extra:
        return None
    try:
        for kind, content in extra_fields(extra):
            if kind == _UNICODE_PATH and content[:1] == b"\x01" and len(content) > 5:
                if int.from_bytes(content[1:5], "little") != zlib.crc32(raw):
                    continue
                text = _strict(content[5:], "utf-8")
                if text is not None:
                    return _with_slashes(text, raw)
    except ExtraBroken:
        return None
    return None


def extra_fields(extra: bytes) -> Iterator[tuple[int, bytes]]:
    """Take *extra* apart into kinds and contents.

    Up to three bytes at the end are padding.  Raises :exc:`ExtraBroken`.
    """
    at = 0
    while len(extra) - at >= 4:
        kind, size = (
            int.from_bytes(extra[at : at + 2], "little"),
            int.from_bytes(extra[at + 2 : at + 4], "little"),
        )
        at += 4
        if at + size > len(extra):
            raise ExtraBroken(f"field {kind:#06x} of {size} bytes")
        yield kind, extra[at : at + size]
        at += size


def is_clean(name: str) -> bool:
    """Whether *name* holds no control, separator, surrogate or direction override."""
    return _UNSAFE.search(name) is None


def shown(name: str) -> str:
    """Return *name* with what must not be shown as it is written out as escapes."""
    return _UNSAFE.sub(lambda found: f"\\u{ord(found[0]):04x}", name)


def shown_raw(raw: bytes) -> str:
    """Return undecodable bytes as text: ASCII as it is, all else as escapes."""
    return shown(raw.decode("ascii", "backslashreplace"))


@lru_cache(maxsize=4096)
def clash_key(part: str) -> str:
    """Fold one part of a path so that names that pass for the same are the same.

    Folds case, composed and decomposed forms, full and half width, and the dots and
    spaces at the end that Windows drops.
    """
    if part.isascii():
        return part.casefold().rstrip(" .")
    narrow = "".join(_other_width(character) for character in part)
    return unicodedata.normalize("NFC", narrow.casefold()).rstrip(" .")


def _declared(name: RawName) -> str | None:
    if name.is_marked:
        text = _strict(name.raw, "utf-8")
        if text is not None and is_clean(text):
            return text
        return unicode_path(name.raw, name.extra) or text
    return unicode_path(name.raw, name.extra)


def _with_slashes(text: str, raw: bytes) -> str:
    """Undo an old WinZip's backslashes, where the raw name has slashes in their stead."""
    if "/" not in text and text.count("\\") == raw.count(b"/"):
        return text.replace("\\", "/")
    return text


def _strict(raw: bytes, encoding: str) -> str | None:
    try:
        return raw.decode(encoding)
    except UnicodeDecodeError:
        return None


def _other_width(character: str) -> str:
    kind, _, code = unicodedata.decomposition(character).partition(" ")
    return chr(int(code, 16)) if kind in ("<wide>", "<narrow>") else character
