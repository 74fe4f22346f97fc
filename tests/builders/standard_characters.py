"""The table of general standard characters, from the corpora beside the repository."""

from __future__ import annotations

from pathlib import Path

import pytest

TABLE = Path(__file__).resolve().parents[3] / "shared/corpora/names/tygfhzb"


def standard_characters(*levels: int) -> str:
    """Return the characters of *levels* (all three if none is named), or skip the test."""
    if not TABLE.is_dir():
        pytest.skip(f"the table of general standard characters is not at {TABLE}")
    files = [TABLE / f"level-{level}.txt" for level in levels or (1, 2, 3)]
    return "".join("".join(file.read_text(encoding="utf-8").split()) for file in files)
