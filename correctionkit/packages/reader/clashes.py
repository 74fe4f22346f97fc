"""Paths that pass for one another, told while they are met one by one."""

from __future__ import annotations

from typing import NamedTuple

from correctionkit.packages.reader.entry_names import clash_key


class _Met(NamedTuple):
    path: str
    is_folder: bool
    is_named: bool


class Clashes:
    """The paths met so far, folded; a folder may be named once and implied often."""

    def __init__(self) -> None:
        self._met: dict[tuple[str, ...], _Met] = {}
        self._implied: set[tuple[str, ...]] = set()

    def met(self, parts: tuple[str, ...], is_folder: bool) -> tuple[str, str] | None:
        """Take in a path; return the fault and the other path where it clashes with one before."""
        keys = tuple(clash_key(part) for part in parts)
        if parts[:-1] not in self._implied:
            for depth in range(1, len(parts)):
                met = _Met("/".join(parts[:depth]), is_folder=True, is_named=False)
                if clash := self._enter(keys[:depth], met):
                    return clash
                self._implied.add(parts[:depth])
        return self._enter(keys, _Met("/".join(parts), is_folder, is_named=True))

    def _enter(self, keys: tuple[str, ...], new: _Met) -> tuple[str, str] | None:
        old = self._met.get(keys)
        if old is None:
            self._met[keys] = new
            return None
        if old.is_folder != new.is_folder:
            return "file-and-folder", old.path
        if old.path != new.path or (old.is_named and new.is_named):
            return "entry-repeated", old.path
        self._met[keys] = old._replace(is_named=old.is_named or new.is_named)
        return None
