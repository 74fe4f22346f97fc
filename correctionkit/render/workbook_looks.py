"""The looks of the returned workbook: quiet cells, marked rows, all text."""

from __future__ import annotations

from typing import Any

from correctionkit.terms import Severity

FONT: dict[str, Any] = {
    "font_name": "宋体",
    "font_size": 11,
    # Text, so that a cell edited in Excel stays text too.
    "num_format": "@",
    "valign": "vcenter",
}
_BOX = {"border": 1, "border_color": "#BFBFBF", "text_wrap": True}
_TOP = {"valign": "top"}

LOOKS: dict[str, dict[str, Any]] = {
    "title": {**FONT, "bold": True, "font_size": 14},
    "plain": {**FONT},
    "heading": {**FONT, **_BOX, "bold": True, "bg_color": "#D9E1F2", "align": "center"},
    "heading-result": {**FONT, **_BOX, "bold": True, "bg_color": "#FCE4D6", "align": "center"},
    "cell": {**FONT, **_BOX},
    "result": {**FONT, **_BOX, "font_color": "#6B7280"},
    f"cell-{Severity.ERROR}": {**FONT, **_BOX, "bg_color": "#FDEBEA"},
    f"result-{Severity.ERROR}": {**FONT, **_BOX, "bg_color": "#FDEBEA", "font_color": "#9C1C16"},
    f"cell-{Severity.WARNING}": {**FONT, **_BOX, "bg_color": "#FFF8E1"},
    f"result-{Severity.WARNING}": {**FONT, **_BOX, "bg_color": "#FFF8E1", "font_color": "#6F4A00"},
    f"cell-{Severity.NOTE}": {**FONT, **_BOX},
    f"result-{Severity.NOTE}": {**FONT, **_BOX, "font_color": "#2C5282"},
    "verdict-good": {**FONT, "bold": True, "font_size": 12, "font_color": "#1B6338"},
    "verdict-bad": {**FONT, "bold": True, "font_size": 12, "font_color": "#9C1C16"},
}
