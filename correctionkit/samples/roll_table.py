"""A roll of made-up students: what the records say before anything is corrected."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from pathlib import Path

from correctionkit.packages.tables.lay_out import SheetSpec
from correctionkit.packages.tables.writing import write_workbook
from correctionkit.policy.model import Policy
from correctionkit.samples.people import Person

_SHEET = "学籍库"
_TAKEN_FROM = {"enrolled_on": "enrolment_date", "graduated_on": "graduation_date"}
_DOCUMENT = "居民身份证"


def write_roll(target: Path, people: Iterable[Person], policy: Policy) -> None:
    """Write the records of *people* as a workbook with the columns of the policy's roll.

    Raises :exc:`~correctionkit.packages.tables.targets.TargetBusy` where a program holds
    *target*.
    """
    columns = list(policy.roll_columns)
    rows = [
        [_cell(person, column.id, policy) for column in columns]
        for person in sorted(people, key=lambda person: person.student_number)
    ]
    write_workbook(target, [SheetSpec(_SHEET, [column.headings[0] for column in columns], rows)])


def _cell(person: Person, column: str, policy: Policy) -> str:
    if column == "status":
        status = policy.statuses.get(person.status)
        return status.label.zh if status else person.status
    if column == "document_kind":
        return _DOCUMENT
    value = getattr(person, _TAKEN_FROM.get(column, column), None)
    if isinstance(value, date):
        return value.isoformat()
    return value or ""
