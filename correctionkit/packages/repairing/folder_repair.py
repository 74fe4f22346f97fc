"""Folders of a package renamed to number and name, where their own names say both."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from correctionkit.packages.building.fitting_names import FreeNames
from correctionkit.packages.filings.contents import StudentFolder
from correctionkit.packages.filings.matching import Filing
from correctionkit.packages.repairing.repairs import Remark, Repair
from correctionkit.packages.writer.writing import name_fault
from correctionkit.readings import read_file_name

_DIGITS = re.compile(r"\d+", re.ASCII)
_EMPTY_BRACKETS = re.compile(r"\(\s*\)|\[\s*\]|【\s*】")
_BETWEEN = " +_-—–.,，、·:"


@dataclass(frozen=True, slots=True)
class FolderNames:
    """What each folder at the top is called in the copy, and what was done for it."""

    names: Mapping[str, str]
    repairs: tuple[Repair, ...]
    remarks: tuple[Remark, ...]


def rename_folders(
    folders: Iterable[StudentFolder],
    filings: Mapping[str, Filing],
    lengths: Collection[int],
    free: FreeNames,
) -> FolderNames:
    """Find the name of each folder among those that are *free*.

    Two folders that would be called the same stay apart: what is right in both, only a
    person can tell.
    """
    wanted = {
        folder.entry.path: right_name(folder, filings, lengths) or folder.entry.path
        for folder in folders
    }
    names: dict[str, str] = {}
    repairs: list[Repair] = []
    remarks: list[Remark] = []
    # Those that are called right already come first.
    for top, name in sorted(wanted.items(), key=lambda item: (item[0] != item[1], item[0])):
        if free.is_free(name):
            names[top] = free.take(name, "")
        else:
            names[top] = free.take(top, "")
            remarks.append(Remark(top, "folder-clash", {"other": name}))
        if names[top] != top:
            repairs.append(Repair(top, names[top], "folder-renamed"))
    return FolderNames(names, tuple(repairs), tuple(remarks))


def right_name(
    folder: StudentFolder, filings: Mapping[str, Filing], lengths: Collection[int]
) -> str | None:
    """Return number and name as they should be written, or None where that is not certain."""
    name = folder.name
    if name.fault is None or (name.fault == "number-length" and name.number in filings):
        parts: tuple[str, str] | None = (name.number, name.name)
    else:
        parts = _parts(name.reading.read, lengths)
    if parts is None:
        return None
    number, own = parts
    filing = filings.get(number)
    if not own and filing and filing.rows:
        # The number alone tells the student; the table says who that is.
        own = filing.name
    right = read_file_name(f"{number}{own}").read
    return right if own and name_fault(right) is None else None


def _parts(text: str, lengths: Collection[int]) -> tuple[str, str] | None:
    """Take number and name out of *text*, whatever stands between them and in which order."""
    runs = [run for run in _DIGITS.finditer(text) if len(run[0]) in lengths]
    if len(runs) != 1:
        return None
    (run,) = runs
    rest = _EMPTY_BRACKETS.sub(" ", f"{text[: run.start()]} {text[run.end() :]}".replace("+", " "))
    rest = rest.strip(_BETWEEN)
    return None if _DIGITS.search(rest) else (run[0], rest)
