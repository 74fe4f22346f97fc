"""Names of students' folders: number and name, written together."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass

from correctionkit.policy.model import Policy
from correctionkit.readings import Reading, read_file_name

_PARTS = re.compile(r"(\d*)([\s+_\-—–.,，、·:(]*)(.*)", re.ASCII | re.DOTALL)
_END_NUMBER = re.compile(r"\d{8,}$", re.ASCII)


@dataclass(frozen=True, slots=True)
class FolderName:
    """A folder's name as read: number and name, and what is wrong with its form.

    *fault* is a code, None where the form is right.  *number* is empty where there is none.
    """

    reading: Reading
    number: str
    name: str
    fault: str | None

    def __str__(self) -> str:
        return f"{self.number}{self.name}"


def parse_folder_name(typed: str, lengths: Collection[int]) -> FolderName:
    """Split a folder's name; *lengths* are those that a student's number can have."""
    reading = read_file_name(typed)
    number, between, name = _split(reading.read)
    if between.endswith("(") and name.endswith(")"):
        name = name.removesuffix(")")
    if "+" in between or "+" in name:
        fault: str | None = "plus-sign"
        name = name.replace("+", "").strip()
    elif between:
        fault = "separator"
    elif not number:
        fault = "number-last" if _END_NUMBER.search(name) else "number-absent"
    elif not name:
        fault = "name-absent"
    elif len(number) not in lengths:
        fault = "number-length"
    else:
        fault = None
    if fault == "number-last":
        found = _END_NUMBER.search(name)
        number, name = (found[0], name[: found.start()].strip(" +-_")) if found else (number, name)
    return FolderName(reading, number, name, fault)


def number_lengths(policy: Policy) -> frozenset[int]:
    """Return every length that a number identifying students can have."""
    return frozenset(length for key in policy.numbers.values() for length in key.pattern.lengths)


def _split(text: str) -> tuple[str, str, str]:
    found = _PARTS.fullmatch(text)
    if found is None:
        return "", "", text
    return found[1], found[2], found[3]
