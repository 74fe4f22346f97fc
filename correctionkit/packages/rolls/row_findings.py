"""What is found in one row of a roll, gathered on the way."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cached_property
from typing import Any

from correctionkit.catalog import table_codes, value_codes
from correctionkit.findings import Finding, FindingType
from correctionkit.masking import mask_number
from correctionkit.packages.rolls.columns import IDENTITY, RollColumn
from correctionkit.packages.rolls.whole_records import Where, student_of
from correctionkit.packages.tables.cells import Cell, CellKind
from correctionkit.readings import Reading, read_number

_WHOLE_NUMBER = re.compile(r"\d{1,15}", re.ASCII)


class RowFindings:
    """One row on its way: what is found in it, and which of its columns cannot be used."""

    def __init__(self, cells: Mapping[str, Cell], where: Where) -> None:
        self.where = where
        self.findings: list[Finding] = []
        self.faulty_columns: set[str] = set()
        self._cells = cells

    @cached_property
    def student(self) -> str | None:
        """The number that findings name the student by."""
        return student_of(
            {
                column: read_number(cell.text).read
                for column, cell in self._cells.items()
                if column in ("student_number", "certificate_number")
                and (cell.kind is not CellKind.NUMBER or _WHOLE_NUMBER.fullmatch(cell.text))
            }
        )

    def tell(self, type_: FindingType, column: str, **params: Any) -> None:
        """Tell something about a cell whose value stands."""
        at = self.where(column)
        self.findings.append(
            type_.at(at, student=self.student, column=at.column or column, **params)
        )

    def refuse(self, type_: FindingType, column: str, **params: Any) -> None:
        """Tell why the value of a cell cannot be used."""
        self.faulty_columns.add(column)
        self.tell(type_, column, **params)

    def unknown(self, column: str, value: str, fault: str, **params: Any) -> None:
        """Tell that a value is none of the column."""
        self.refuse(value_codes.VALUE_UNKNOWN, column, value=value, fault=fault, **params)

    def tell_reading(self, column: RollColumn, reading: Reading) -> None:
        """Tell that a text was read otherwise than it was typed."""
        self.tell(
            table_codes.CELL_NORMALISED,
            column.id,
            typed=shown(column, reading.typed),
            read=shown(column, reading.read),
            changes=list(reading.changes),
        )


def shown(column: RollColumn, text: str) -> str:
    """Return a text as findings may show it."""
    return mask_number(text) if column.id == IDENTITY else text
