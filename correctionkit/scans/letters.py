"""Decode text whose encoding nobody says."""

from __future__ import annotations


def decode(raw: bytes) -> str:
    """Decode *raw* as UTF-8, else as GB 18030, which Chinese programs write; never raises."""
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError:
        return raw.decode("gb18030", "replace")
