"""The code that ties a printed sheet to the lines that it was printed from."""

from __future__ import annotations

import re
from base64 import b32decode, b32encode
from binascii import Error as NotBase32
from dataclasses import dataclass

MARK = "XJ1"
_SHORT = 8
_NUMBER = re.compile(r"[^\s:]{1,60}")
_DIGEST = re.compile(r"[0-9a-f]{64}")


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
        """Return the text of the QR code.

        Capitals and digits only, as long as the number has no others: such text takes the
        fewest squares, and large squares survive bad scans.
        """
        return ":".join(
            (
                MARK,
                self.number,
                str(self.revision),
                _packed(self.lines_digest),
                _packed(self.chain_head),
            )
        )

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


def parse(payload: str) -> SheetCode:
    """Return the code that *payload* holds.

    Raises :exc:`NotASheetCode` for the text of any other QR code.
    """
    match payload.split(":"):
        case [mark, number, revision, lines, head] if mark == MARK and revision.isdecimal():
            return SheetCode(number, int(revision), _unpacked(lines), _unpacked(head))
    raise NotASheetCode("this is not the code of a sheet")


def _packed(digest: str) -> str:
    return b32encode(bytes.fromhex(digest)).decode("ascii").rstrip("=")


def _unpacked(text: str) -> str:
    try:
        return b32decode(text + "=" * (-len(text) % 8)).hex()
    except NotBase32:
        raise NotASheetCode("a digest in this code is damaged") from None
