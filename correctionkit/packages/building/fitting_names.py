"""Names of files and folders made so that Windows takes them, and each only once."""

from __future__ import annotations

from correctionkit.packages.filings.evidence_names import split_extension
from correctionkit.packages.reader.entry_names import clash_key
from correctionkit.packages.writer.writing import name_fault

_INSTEAD = "_"


def fitting_name(name: str, mark: str = "") -> str:
    """Return *name*, changed only where Windows could not hold it.

    *mark* goes behind its stem, and stays where the stem is shortened.
    """
    stem, extension = split_extension(name)
    marked = _joined(stem, mark, extension)
    if name_fault(marked) is None:
        return marked
    # A sign is asked about before a letter: alone it may be at fault for its place.
    kept = "".join(_INSTEAD if name_fault(f"{sign}x") else sign for sign in name).rstrip(" .")
    if not kept:
        return _INSTEAD + mark
    if name_fault(kept) == "name-reserved":
        kept = _INSTEAD + kept
    stem, extension = split_extension(kept)
    while name_fault(_joined(stem, mark, extension)) == "path-too-long" and len(stem) > 1:
        stem = stem[:-1].rstrip(" .") or _INSTEAD
    return _joined(stem, mark, extension)


def _joined(stem: str, mark: str, extension: str) -> str:
    return f"{stem}{mark}.{extension}" if extension else f"{stem}{mark}"


class FreeNames:
    """The names in one folder, so that no two pass for each other."""

    def __init__(self) -> None:
        self._taken: set[str] = set()

    def is_free(self, name: str) -> bool:
        """Tell whether nothing passes for *name* yet."""
        return clash_key(name) not in self._taken

    def take(self, stem: str, extension: str) -> str:
        """Take the name, numbered as Windows does where it is taken already."""
        number = 1
        while True:
            mark = "" if number == 1 else f"({number})"
            name = fitting_name(f"{stem}.{extension}" if extension else stem, mark)
            if self.is_free(name):
                self._taken.add(clash_key(name))
                return name
            number += 1
