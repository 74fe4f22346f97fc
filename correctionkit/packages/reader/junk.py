"""What operating systems and office programs leave behind in folders: told, never judged.

One note stands for one top-most item: a ``__MACOSX`` folder is one, with all in it.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from correctionkit.catalog import package_codes
from correctionkit.findings import Finding, Location
from correctionkit.packages.reader.entries import Entry

_NAMES = frozenset({"__macosx", ".ds_store", "thumbs.db", "desktop.ini"})
_STARTS = ("._", "~$")


@dataclass(frozen=True, slots=True)
class JunkItem:
    """A file or folder to leave out; *files* counts the files in it, itself included."""

    parts: tuple[str, ...]
    files: int

    def finding(self, wrapper: str | None) -> Finding:
        """Say that it was left out; the path leaves out *wrapper*."""
        below = self.parts[1:] if self.parts[0] == wrapper else self.parts
        return package_codes.JUNK_FILE.at(
            Location(path="/".join(below)), name=self.parts[-1], files=self.files
        )


def is_junk(name: str) -> bool:
    """Tell by one file or folder name, whatever its case."""
    return name.casefold() in _NAMES or name.startswith(_STARTS)


def junk_depth(parts: tuple[str, ...]) -> int | None:
    """Count the parts down to the first junk one, inclusive; None where there is none."""
    return next((depth for depth, part in enumerate(parts, 1) if is_junk(part)), None)


def split_junk(entries: Iterable[Entry]) -> tuple[list[Entry], list[JunkItem]]:
    """Part *entries* into those that count and the junk, in the order met."""
    kept: list[Entry] = []
    files: dict[tuple[str, ...], int] = {}
    for entry in entries:
        depth = junk_depth(entry.parts)
        if depth is None:
            kept.append(entry)
        else:
            top = entry.parts[:depth]
            files[top] = files.get(top, 0) + (not entry.is_folder)
    return kept, [JunkItem(parts, count) for parts, count in files.items()]
