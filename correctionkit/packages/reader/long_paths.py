"""Paths as Windows takes them beyond 260 characters; as they are elsewhere."""

from __future__ import annotations

import os
from pathlib import Path

# Folders may have no more than 247 characters there without the prefix.
_LONG_FROM = 240


def long_path(path: Path) -> str:
    """Return *path* for the calls of :mod:`os`, with the prefix that lifts the limit if needed."""
    if os.name != "nt":
        return str(path)
    # The prefix switches off the reading of "..", so it is read before; links stay.
    return prefixed(os.path.abspath(path))  # noqa: PTH100


def prefixed(path: str) -> str:
    """Return an absolute Windows path with the long-path prefix where it is long."""
    if len(path) <= _LONG_FROM or path.startswith("\\\\?\\"):
        return path
    if path.startswith("\\\\"):
        return "\\\\?\\UNC\\" + path[2:]
    return "\\\\?\\" + path
