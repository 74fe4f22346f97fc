"""Bounds of scans and packages, as a policy states them."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ScanBounds:
    """What a scan may measure.  All bounds are inclusive."""

    max_bytes: int
    min_dpi: int
    max_pixels: int
    max_side: int


@dataclass(frozen=True, slots=True)
class PackageBounds:
    """What a package may measure.  All bounds are inclusive.

    An entry over *max_ratio* unpacked to packed is refused only where it is larger
    than *ratio_from* bytes unpacked.
    """

    max_entries: int
    max_bytes: int
    max_entry_bytes: int
    max_ratio: int
    ratio_from: int


@dataclass(frozen=True, slots=True)
class TableBounds:
    """What a workbook may measure.  All bounds are inclusive."""

    max_rows: int
    max_columns: int
    max_cell_characters: int
