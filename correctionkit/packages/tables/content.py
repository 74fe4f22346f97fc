"""What kind of file this is, told by its first bytes and never by its name."""

from __future__ import annotations

import codecs
import re
from enum import Enum

from correctionkit.packages.tables import ole
from correctionkit.packages.tables.faults import (
    EMPTY_FILE,
    NOT_A_WORKBOOK,
    OLD_EXCEL,
    WEB_PAGE,
    XML_SPREADSHEET,
    TableUnreadable,
)


class Container(Enum):
    """The three wrappings that a table can come in."""

    ZIP = "zip"
    OLE = "ole"
    TEXT = "text"


_ZIP = (b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")
# The record that opens BIFF2 to BIFF5 streams which no compound file wraps.
_BARE_BIFF = re.compile(rb"\x09[\x00\x02\x04\x08][\x04-\x10]\x00[\x00\x02-\x05]")
_OTHERS = (
    b"%PDF",
    b"{\\rtf",
    b"\xff\xd8\xff",
    b"\x89PNG",
    b"GIF8",
    b"BM",
    b"II*\x00",
    b"MM\x00*",
    b"Rar!",
    b"7z\xbc\xaf",
    b"\x1f\x8b",
)
_MARKS = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_LOOKED_AT = 4_096
_WEB = re.compile(rb"<(!doctype\s+html|html|head|meta|body|table|style)\b|mime-version:", re.I)
_XML = re.compile(rb"<\?xml|<\?mso-application|<(ss:)?workbook\b", re.I)
_XML_SPREADSHEET = re.compile(rb"urn:schemas-microsoft-com:office:spreadsheet|Excel\.Sheet", re.I)


def container_of(content: bytes) -> Container:
    """Tell the wrapping of *content*, or raise :exc:`TableUnreadable` for what is no table."""
    if not content.strip(b" \t\r\n\x00"):
        raise TableUnreadable(EMPTY_FILE)
    if content.startswith(_ZIP):
        return Container.ZIP
    if content.startswith(ole.SIGNATURE):
        return Container.OLE
    if _BARE_BIFF.match(content):
        raise TableUnreadable(OLD_EXCEL)
    if content.startswith(_MARKS):
        return Container.TEXT
    if content.startswith(_OTHERS) or b"\x00" in content:
        raise TableUnreadable(NOT_A_WORKBOOK)
    _refuse_markup(content[:_LOOKED_AT].removeprefix(codecs.BOM_UTF8).lstrip())
    return Container.TEXT


def _refuse_markup(beginning: bytes) -> None:
    if _WEB.match(beginning):
        raise TableUnreadable(WEB_PAGE)
    if _XML.match(beginning):
        if _XML_SPREADSHEET.search(beginning):
            raise TableUnreadable(XML_SPREADSHEET)
        raise TableUnreadable(WEB_PAGE if _WEB.search(beginning) else NOT_A_WORKBOOK)
