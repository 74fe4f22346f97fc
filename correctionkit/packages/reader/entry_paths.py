"""Paths of entries: taken apart, and what makes one unsafe."""

from __future__ import annotations

import re

from correctionkit.packages.reader.entry_names import is_clean

MAX_DEPTH = 32
MAX_PATH = 1024
# What NTFS holds in one name, in UTF-16 units.
MAX_NAME = 255

_DRIVE = re.compile(r"[A-Za-z]:")


def split_path(name: str) -> tuple[str, ...]:
    """Split a decoded path at its slashes; empty parts and single dots say nothing."""
    return tuple(part for part in name.split("/") if part not in ("", "."))


def path_fault(name: str) -> str | None:
    """Say as a code why the path *name* must not be used; None where it may."""
    if not is_clean(name):
        return "name-characters"
    if "\\" in name:
        return "path-backslash"
    if name.startswith("/") or _DRIVE.match(name):
        return "path-absolute"
    parts = split_path(name)
    if not parts:
        return "name-empty"
    # Windows drops dots and spaces at the end, so that ".. " is ".." there.
    if any(not part.rstrip(" .") for part in parts):
        return "path-leaves"
    # A character has two units at the most.
    is_long = len(name) * 2 > MAX_NAME and any(utf16_units(part) > MAX_NAME for part in parts)
    if is_long or len(name) > MAX_PATH or len(parts) > MAX_DEPTH:
        return "path-too-long"
    return None


def utf16_units(text: str) -> int:
    """Count *text* as Windows does."""
    return len(text) + sum(character > "\uffff" for character in text)
