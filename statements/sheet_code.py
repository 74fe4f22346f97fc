"""The code that ties a printed sheet to the lines that it was printed from."""

from __future__ import annotations

import re
from base64 import b32decode, b32encode
from binascii import Error as NotBase32
from dataclasses import dataclass

MARK = "XJ1"
# With the page beside the sheet.  The shorter one is that of prints that did not number theirs.
PAGE_MARK = "XJ2"
MOST_PAGES = 9999
_SHORT = 8
_NUMBER = re.compile(r"[^\s:]{1,60}")
_DIGEST = re.compile(r"[0-9a-f]{64}")
_COUNT = re.compile(r"[0-9]{1,4}")


class NotASheetCode(ValueError):
    """The text of a code says something else."""


@dataclass(frozen=True, slots=True)
class SheetCode:
    """Which sheet, which revision, and the SHA-256 digests that it stood on when it closed."""

    number: str
    revision: int
    lines_digest: str
    chain_head: str

    def __post_init__(self) -> None:
        """Refuse what :func:`parse` could not give back."""
        if not _NUMBER.fullmatch(self.number):
            raise NotASheetCode("a sheet's number is 1 to 60 characters, no blanks and no colons")
        if not 1 <= self.revision < 10_000:
            raise NotASheetCode("a revision is a number from 1 to 9999")
        if not (_DIGEST.fullmatch(self.lines_digest) and _DIGEST.fullmatch(self.chain_head)):
            raise NotASheetCode("a digest is 64 small hexadecimal digits")

    @property
    def payload(self) -> str:
        """Return the text of a code that does not say which page it stands on."""
        return f"{MARK}:{self._fields}"

    def on_page(self, page: int, pages: int) -> PageCode:
        """Return the code of one of the sheet's *pages*."""
        return PageCode(self, page, pages)

    @property
    def _fields(self) -> str:
        digests = _packed(self.lines_digest), _packed(self.chain_head)
        return ":".join((self.number, str(self.revision), *digests))

    @property
    def short(self) -> str:
        """Return what is typed when the signed sheet comes back.

        Its end is in base32: no letters or digits that are taken for one another.
        """
        return f"{self.number}-R{self.revision}-{_packed(self.lines_digest)[:_SHORT]}"

    @property
    def short_chain(self) -> str:
        """Return the beginning of the chain's head, for eyes and the telephone."""
        return f"{self.chain_head[:4]}-{self.chain_head[4:8]}".upper()


@dataclass(frozen=True, slots=True)
class PageCode:
    """A sheet's code, and which page of how many it stands on; 0 of 0 where it does not say."""

    sheet: SheetCode
    page: int = 0
    pages: int = 0

    def __post_init__(self) -> None:
        """Refuse what :func:`parse_page` could not give back."""
        if self.page == self.pages == 0:
            return
        if not 1 <= self.page <= self.pages <= MOST_PAGES:
            raise NotASheetCode(f"a page is one of at most {MOST_PAGES}, counted from 1")

    @property
    def is_last(self) -> bool:
        """Return whether it is the page with the boxes, as far as the code says."""
        return self.page == self.pages

    @property
    def payload(self) -> str:
        """Return the text of the QR code.

        Capitals and digits only, as long as the number has no others: such text takes the
        fewest squares, and large squares survive bad scans.
        """
        if not self.pages:
            return self.sheet.payload
        return f"{PAGE_MARK}:{self.sheet._fields}:{self.page}:{self.pages}"


def parse(payload: str) -> SheetCode:
    """Return the sheet's code that *payload* holds, on whatever page it stands.

    Raises :exc:`NotASheetCode` for the text of any other QR code.
    """
    return parse_page(payload).sheet


def parse_page(payload: str) -> PageCode:
    """Return the page's code that *payload* holds.

    Raises :exc:`NotASheetCode` for the text of any other QR code.
    """
    match payload.split(":"):
        case [mark, *fields] if mark == MARK:
            return PageCode(_sheet(fields))
        case [mark, *fields, page, pages] if mark == PAGE_MARK and page != "0":
            return PageCode(_sheet(fields), _count(page), _count(pages))
    raise NotASheetCode("this is not the code of a sheet")


def _sheet(fields: list[str]) -> SheetCode:
    match fields:
        case [number, revision, lines, head]:
            return SheetCode(number, _count(revision), _unpacked(lines), _unpacked(head))
    raise NotASheetCode("this is not the code of a sheet")


def _count(text: str) -> int:
    if not _COUNT.fullmatch(text):
        raise NotASheetCode("a count in this code is damaged")
    return int(text)


def _packed(digest: str) -> str:
    return b32encode(bytes.fromhex(digest)).decode("ascii").rstrip("=")


def _unpacked(text: str) -> str:
    try:
        return b32decode(text + "=" * (-len(text) % 8)).hex()
    except NotBase32:
        raise NotASheetCode("a digest in this code is damaged") from None
