"""What is damaged among the files of a package that no rule has looked into."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from correctionkit.catalog import scan_codes
from correctionkit.findings import Finding, Location
from correctionkit.packages.reader.entries import (
    Entry,
    MemberDamaged,
    MemberTooLarge,
    MemberUnsafe,
)
from correctionkit.packages.reader.tree import Package


def check_unread(package: Package, unread: Iterable[Entry]) -> Iterator[Finding]:
    """Read each of *unread* to its end, and yield what keeps that from being done."""
    for entry in unread:
        try:
            package.verify(entry)
        except MemberDamaged as damaged:
            yield scan_codes.SCAN_DAMAGED.at(Location(path=entry.path), fault=damaged.fault)
        except (MemberTooLarge, MemberUnsafe) as refused:
            yield refused.finding(entry)
