"""Findings sorted by what they are about: the package, its tables, its students."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from correctionkit.findings import NOWHERE, Finding, Location
from correctionkit.packages.checked import CheckedPackage, CheckedStudent
from correctionkit.render.labels import WORST_FIRST
from correctionkit.terms import Severity


@dataclass(frozen=True, slots=True)
class Group:
    """Findings about one thing, in the order of the report."""

    findings: tuple[Finding, ...]

    def count(self, severity: Severity) -> int:
        """Count the findings of one severity."""
        return Counter(finding.severity for finding in self.findings)[severity]

    @property
    def badness(self) -> tuple[int, int, int]:
        """How many errors, warnings and notes there are."""
        errors, warnings, notes = (self.count(severity) for severity in WORST_FIRST)
        return errors, warnings, notes

    @property
    def at(self) -> Location:
        """What a heading says already of the findings' places."""
        return NOWHERE


@dataclass(frozen=True, slots=True)
class TableGroup(Group):
    """What a table has as a whole, or in rows of no student."""

    table: str

    @property
    def at(self) -> Location:
        """The table."""
        return Location(table=self.table)


@dataclass(frozen=True, slots=True)
class StudentGroup(Group):
    """What one student has: rows of tables, folder and scans."""

    student: CheckedStudent

    @property
    def at(self) -> Location:
        """The student's folder."""
        return Location(path=self.student.folder)


@dataclass(frozen=True, slots=True)
class Groups:
    """A report as people read it.

    *package* is about no path at all, *loose* about paths of no student.  *students* come
    worst first; *sound* are those with nothing found, in the package's order.
    """

    package: Group
    tables: tuple[TableGroup, ...]
    loose: Group
    students: tuple[StudentGroup, ...]
    sound: tuple[CheckedStudent, ...]


class Students:
    """The students of a package, found by number or by folder."""

    def __init__(self, students: Iterable[CheckedStudent]) -> None:
        self._by_number: dict[str, CheckedStudent] = {}
        self._by_folder: dict[str, CheckedStudent] = {}
        for student in students:
            if student.number:
                self._by_number.setdefault(student.number, student)
            if student.folder:
                self._by_folder.setdefault(student.folder, student)

    def owner(self, finding: Finding) -> CheckedStudent | None:
        """Return the student that a finding is about, made up where the list has none."""
        if finding.student:
            known = self._by_number.get(finding.student)
            return known or CheckedStudent(finding.student, "", None, (), 0)
        return self.owner_of_path(finding.location.path)

    def by_number(self, number: str) -> CheckedStudent | None:
        """Return the student of a number, or None."""
        return self._by_number.get(number)

    def owner_of_path(self, path: str | None) -> CheckedStudent | None:
        """Return the student in whose folder *path* lies, or None."""
        return self._by_folder.get(path.split("/")[0]) if path else None


def grouped(checked: CheckedPackage, findings: Iterable[Finding] | None = None) -> Groups:
    """Sort the findings of *checked*, or only those given."""
    students = Students(checked.students)
    package: list[Finding] = []
    loose: list[Finding] = []
    tables: dict[str, list[Finding]] = {}
    owned: dict[CheckedStudent, list[Finding]] = {}
    for finding in checked.report.findings if findings is None else findings:
        where, owner = finding.location, students.owner(finding)
        if owner is not None:
            owned.setdefault(owner, []).append(finding)
        elif where.table is not None:
            tables.setdefault(where.table, []).append(finding)
        else:
            (package if where.path is None else loose).append(finding)
    return Groups(
        package=Group(tuple(package)),
        tables=tuple(TableGroup(tuple(found), table) for table, found in tables.items()),
        loose=Group(tuple(loose)),
        students=_worst_first(
            StudentGroup(tuple(found), student) for student, found in owned.items()
        ),
        sound=tuple(student for student in checked.students if student not in owned),
    )


def _worst_first(groups: Iterable[StudentGroup]) -> tuple[StudentGroup, ...]:
    def rank(group: StudentGroup) -> tuple[int, int, int, str, str]:
        errors, warnings, notes = group.badness
        student = group.student
        return -errors, -warnings, -notes, student.number, student.folder or ""

    return tuple(sorted(groups, key=rank))
