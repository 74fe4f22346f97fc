"""Findings: what a check has to say, as facts; words come when they are shown."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from dataclasses import field as part
from types import MappingProxyType
from typing import Any

from correctionkit.terms import Severity, Words


@dataclass(frozen=True, slots=True)
class Location:
    """Where a finding belongs: a path in the package, or a row of a table.

    *path* uses ``/`` and is relative to the package; *row* counts as a spreadsheet
    does, from 1, title rows included.  *column* is the column's heading as typed, *sheet*
    is named where the table has several.
    """

    path: str | None = None
    table: str | None = None
    row: int | None = None
    column: str | None = None
    sheet: str | None = None


NOWHERE = Location()


@dataclass(frozen=True, slots=True)
class FindingType:
    """The fixed half of a finding: one constant a code, listed in the catalog.

    *clause* is what the code rests on where no policy says otherwise.
    """

    code: str
    severity: Severity
    message: Words
    hint: Words
    clause: Words

    def at(
        self,
        location: Location,
        /,
        *,
        student: str | None = None,
        field: str | None = None,
        clause: Words | None = None,
        **params: Any,
    ) -> Finding:
        """Make the finding of this type at *location*; *params* must be plain values."""
        return Finding(self, location, student, field, clause, MappingProxyType(params))


@dataclass(frozen=True, slots=True)
class Finding:
    """One occurrence of a finding type, with the values that explain it."""

    type: FindingType
    location: Location
    student: str | None
    field: str | None
    clause: Words | None
    params: Mapping[str, Any] = part(hash=False)

    @property
    def code(self) -> str:
        """The public code, never reused."""
        return self.type.code

    @property
    def severity(self) -> Severity:
        """The severity of the code."""
        return self.type.severity

    @property
    def sort_key(self) -> tuple[str, int, str, str, str]:
        """Order by path or table, row, code; field and parameters only to settle ties."""
        where = self.location
        return (
            where.path if where.path is not None else where.table or "",
            where.row or 0,
            self.code,
            self.field or "",
            repr(sorted(self.params.items(), key=lambda item: item[0])),
        )


@dataclass(frozen=True, slots=True)
class Counts:
    """How much was looked at."""

    students: int = 0
    requests: int = 0
    scans: int = 0


@dataclass(frozen=True, slots=True)
class Report:
    """Everything that one check found, in a stable order."""

    findings: tuple[Finding, ...]
    counts: Counts = Counts()

    @classmethod
    def of(cls, findings: Iterable[Finding], counts: Counts = Counts()) -> Report:
        """Collect and sort *findings*."""
        return cls(tuple(sorted(findings, key=lambda finding: finding.sort_key)), counts)

    def count(self, severity: Severity) -> int:
        """Count the findings of one severity."""
        return Counter(finding.severity for finding in self.findings)[severity]

    @property
    def ok(self) -> bool:
        """Whether nothing stops the package."""
        return not self.count(Severity.ERROR)
