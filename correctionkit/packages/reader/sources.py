"""What a package is read from, seen alike: a folder on disk or a ZIP."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Literal, Protocol

from correctionkit.findings import Finding
from correctionkit.packages.reader.entries import Entry

# A tar is told by five bytes at offset 257; all else that we tell lies before it.
HEAD_SIZE = 262


class Source(Protocol):
    """Lists once, when made; then reads single entries by their whole path.

    *refused* says that *findings* stand against the source as a whole.
    """

    @property
    def name(self) -> str: ...  # noqa: D102 - said by Package
    @property
    def kind(self) -> Literal["folder", "zip"]: ...  # noqa: D102 - said by Package
    @property
    def entries(self) -> Sequence[Entry]: ...  # noqa: D102 - said by Package
    @property
    def findings(self) -> Sequence[Finding]: ...  # noqa: D102 - said by Package
    @property
    def refused(self) -> bool: ...  # noqa: D102 - said by Package

    def read(self, path: str, limit: int | None) -> bytes:
        """Return all of a file, or raise :exc:`MemberFault`."""

    def head(self, path: str, size: int) -> bytes:
        """Return the first bytes of a file, unverified, or raise :exc:`MemberFault`."""

    def verify(self, path: str) -> None:
        """Read a file to its end and keep nothing, or raise :exc:`MemberFault`."""

    def close(self) -> None:
        """Let go of what is open."""


def in_order(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Sort *findings* as reports do."""
    return tuple(sorted(findings, key=lambda finding: finding.sort_key))
