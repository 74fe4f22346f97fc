"""Text inside workbook XML: escapes, white space, phonetic guides."""

from __future__ import annotations

import re

from correctionkit.packages.tables.xml_stream import Attributes, Ends, Starts

PRESERVE = "http://www.w3.org/XML/1998/namespace space"

_ESCAPE = re.compile(r"_x([0-9A-Fa-f]{4})_")
_SURROGATES = re.compile("[\ud800-\udfff]")


def unescape(text: str) -> str:
    """Undo ``_xHHHH_`` (ECMA-376 part 1, 22.4.2.4).  Half a surrogate pair stays as written."""
    if "_x" not in text:
        return text
    plain = _ESCAPE.sub(lambda found: chr(int(found[1], 16)), text)
    if not _SURROGATES.search(plain):
        return plain
    try:
        return plain.encode("utf-16-le", "surrogatepass").decode("utf-16-le")
    except UnicodeDecodeError:
        return text


def plain_text(run: str, *, preserve: bool) -> str:
    """Return the text of a ``t`` element, which may be kept as it is or not."""
    # Without xml:space="preserve" spreadsheets drop white space at both ends.
    return unescape(run if preserve else run.strip(" \t\r\n"))


class TextGatherer:
    """Joins the ``t`` elements of one string, rich text too, without its phonetic guide.

    *characters* is where the text of the part arrives; what lies outside ``t`` is lay-out.
    """

    def __init__(self, characters: list[str]) -> None:
        self._characters = characters
        self._pieces: list[str] = []
        self._preserve = False
        self._in_guide = False
        self.starts: Starts = {"t": self._start_text, "rPh": self._start_guide}
        self.ends: Ends = {"t": self._end_text, "rPh": self._end_guide}

    def take(self) -> str:
        """Return the string and begin the next one."""
        text = "".join(self._pieces)
        self._pieces.clear()
        return text

    def _start_text(self, attributes: Attributes) -> None:
        self._characters.clear()
        self._preserve = attributes.get(PRESERVE) == "preserve"

    def _end_text(self) -> None:
        if self._in_guide:
            return
        run = "".join(self._characters)
        self._pieces.append(plain_text(run, preserve=self._preserve))

    def _start_guide(self, _: Attributes) -> None:
        self._in_guide = True

    def _end_guide(self) -> None:
        self._in_guide = False
