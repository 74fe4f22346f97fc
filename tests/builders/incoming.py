"""Packages of made-up students, and the roll that they are on."""

from __future__ import annotations

import atexit
import hashlib
import shutil
from datetime import date
from functools import lru_cache
from pathlib import Path
from tempfile import mkdtemp
from typing import Any

from django.utils import timezone

from backoffice.packages.incoming_judging import judge_package
from backoffice.packages.incoming_receiving import note_folder
from backoffice.packages.models import IncomingPackage
from backoffice.policies.shelf import policy_of
from backoffice.roll.models import StudentRecord
from backoffice.units.models import Account, Unit
from builders.office import student
from builders.passing_package import PassingPackage
from correctionkit.packages.tables.workbook import read_workbook
from correctionkit.samples.package import write_sample

_STATUSES = {"新生": "new", "在籍生": "enrolled", "毕业生": "graduated"}
_DATES = ("birth_date", "enrolled_on", "graduated_on")
_OURS = {"student_number": "number"}
_LEFT_OUT = ("branch", "centre", "document_kind")


@lru_cache(maxsize=8)
def sample(students: int = 3, *, faults: bool = False, seed: int = 1) -> tuple[Path, Path]:
    """Return a package as a ZIP and its roll: one for all who ask for it, not to be changed."""
    place = Path(mkdtemp(prefix="correctionkit-incoming-"))
    atexit.register(shutil.rmtree, place, ignore_errors=True)
    package, roll = place / "材料.zip", place / "roll.xlsx"
    write_sample(
        package,
        students=students,
        seed=seed,
        on=timezone.localdate(),
        policy=policy_of("ouc-2016"),
        faults=faults,
        roll=roll,
    )
    return package, roll


def passing_students(unit: Unit) -> list[StudentRecord]:
    """Put the students of the package that passes every check on the roll of a unit."""
    return [
        student(unit, number="1335001209114", name="张三"),
        student(unit, number="1335001209222", name="李四", ethnicity="汉"),
    ]


def brought_in(
    package: PassingPackage, folder: Path, unit: Unit, by: Account
) -> tuple[IncomingPackage, Path]:
    """Write a package as a ZIP, and have it judged as a command would."""
    path = package.write_zip(folder)
    row = note_folder(path, by=by, unit=unit)
    row.sha256 = hashlib.sha256(path.read_bytes()).hexdigest()
    judge_package(row, path)
    return row, path


def load_roll(roll: Path, unit: Unit) -> dict[str, StudentRecord]:
    """Put the students of a roll into a unit, and return them by number."""
    policy = policy_of("ouc-2016")
    headings = {each.headings[0]: each.id for each in policy.roll_columns}
    sheet = read_workbook(roll.read_bytes(), roll.name, policy.table_bounds).sheets[0]
    columns = [headings[text] for text in sheet.rows[0].texts]
    records = [_record(dict(zip(columns, row.texts, strict=False)), unit) for row in sheet.rows[1:]]
    StudentRecord.objects.bulk_create(records)
    return {record.shown_number: record for record in StudentRecord.objects.filter(unit=unit)}


def _record(cells: dict[str, str], unit: Unit) -> StudentRecord:
    known = {each.name for each in StudentRecord._meta.get_fields()}
    values: dict[str, Any] = {
        _OURS.get(name, name): text
        for name, text in cells.items()
        if _OURS.get(name, name) in known and name not in _LEFT_OUT
    }
    for name in _DATES:
        values[name] = date.fromisoformat(values[name]) if values.get(name) else None
    values["status"] = _STATUSES.get(values["status"], values["status"])
    return StudentRecord(unit=unit, **values)
