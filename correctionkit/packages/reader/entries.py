"""What a package lists, and what may go wrong with it: the words that its readers share."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from correctionkit.catalog import package_codes
from correctionkit.findings import Finding, Location


@dataclass(frozen=True, slots=True)
class Entry:
    """One file or folder of a package, named as decoded and otherwise unchanged.

    *path* joins *parts* with ``/`` and leaves out the wrapping folder.  *size* is in
    bytes, as declared; 0 for a folder.  An entry with a *fault* has its finding in
    ``Package.findings`` already: reading it raises, and nothing more need be said of it.
    """

    path: str
    parts: tuple[str, ...]
    size: int
    is_folder: bool
    fault: str | None = None


class PackageUnreadable(Exception):
    """Nothing can be listed; *fault* says why, as a code."""

    def __init__(self, fault: str) -> None:
        super().__init__(fault)
        self.fault = fault

    @property
    def finding(self) -> Finding:
        """The finding that says so."""
        return package_codes.PACKAGE_UNREADABLE.at(Location(), fault=self.fault)


class MemberFault(Exception):
    """One entry cannot be read; *fault* says why, as a code."""

    def __init__(self, fault: str) -> None:
        super().__init__(fault)
        self.fault = fault


class MemberDamaged(MemberFault):
    """The bytes are not what the package says they are, or cannot be had."""


class MemberUnsafe(MemberFault):
    """The content is of a kind that is never opened, whatever its name says."""

    def finding(self, entry: Entry) -> Finding:
        """Say so at *entry*."""
        return unsafe(entry.path, self.fault)


class MemberTooLarge(MemberFault):
    """The content goes beyond *limit* bytes; *actual* is known to be at least so much."""

    def __init__(self, actual: int, limit: int) -> None:
        super().__init__("entry-bytes")
        self.actual = actual
        self.limit = limit

    def finding(self, entry: Entry) -> Finding:
        """Say so at *entry*."""
        return too_large("entry-bytes", self.actual, self.limit, entry.path)


def unsafe(path: str, fault: str, other: str | None = None) -> Finding:
    """Make the finding for an entry that must not be opened; paths as they may be shown.

    *other* is the path that it clashes with.
    """
    more = {} if other is None else {"other": other}
    params: dict[str, Any] = {"name": path, "fault": fault, **more}
    return package_codes.PACKAGE_UNSAFE.at(Location(path=path), **params)


def too_large(measure: str, actual: int, limit: int, path: str | None = None) -> Finding:
    """Make the finding for a bound passed by the package, or by the entry at *path*."""
    return package_codes.PACKAGE_TOO_LARGE.at(
        Location(path=path), measure=measure, actual=actual, limit=limit
    )
