"""Files of one package written into another, fetched only when they are written."""

from __future__ import annotations

from dataclasses import dataclass
from io import BytesIO
from typing import BinaryIO, Literal

from correctionkit.packages.reader.entries import Entry, MemberFault
from correctionkit.packages.reader.tree import Package


@dataclass(frozen=True, slots=True)
class KeptEntry:
    """The unchanged content of an entry."""

    package: Package
    entry: Entry

    def open(self, _mode: Literal["rb"] = "rb", /) -> BinaryIO:
        """Return the content as a file; raises OSError where it cannot be had any more."""
        try:
            return BytesIO(self.package.read(self.entry))
        except MemberFault as fault:
            raise OSError(f"{self.entry.path}: {fault.fault}") from fault
