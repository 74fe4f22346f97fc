"""Writing to a stream that may not know every character, such as code page 936."""

from __future__ import annotations

import codecs
from typing import TextIO

# What the reports themselves use, for streams that have no such sign.
_PLAINER = {
    "→": "->",
    "…": "...",
    "“": '"',
    "”": '"',
    "‹": "<",
    "›": ">",
    "·": "-",
    "—": "-",
    "–": "-",
    "×": "x",
    "（": "(",
    "）": ")",
    "，": ", ",
    "、": ", ",
    "：": ": ",
    "。": ".",
}
_ERRORS = "correctionkit.told"


def prepare(stream: TextIO) -> None:
    """Let *stream* tell what its encoding lacks, whoever writes to it."""
    reconfigure = getattr(stream, "reconfigure", None)
    if reconfigure:
        reconfigure(errors=_ERRORS)


def write_text(stream: TextIO, text: str) -> None:
    """Write *text*; what the stream's encoding lacks is told by its number, as [U+2CC56]."""
    encoding = getattr(stream, "encoding", None)
    if encoding:
        text = text.encode(encoding, errors=_ERRORS).decode(encoding)
    stream.write(text)


def _told(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeEncodeError):
        raise error
    lost = error.object[error.start : error.end]
    return "".join(_PLAINER.get(sign) or f"[U+{ord(sign):04X}]" for sign in lost), error.end


codecs.register_error(_ERRORS, _told)
