"""A policy as code uses it: rules in force, looked up by what a request is."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date

from correctionkit.policy.bounds import PackageBounds, ScanBounds, TableBounds
from correctionkit.policy.calendar import InForce, Semester
from correctionkit.policy.chains import Kind
from correctionkit.policy.limits import Limit
from correctionkit.policy.rows import (
    Acceptance,
    Clause,
    Column,
    EvidenceRule,
    PackageRules,
    ReportKind,
    Status,
    StudentKey,
)
from correctionkit.policy.vocabulary import Vocabulary
from correctionkit.terms import Words


@dataclass(frozen=True, slots=True)
class Heading:
    """What a policy or an overlay says of itself."""

    id: str
    version: str
    title: Words
    institution: Words
    institution_id: str
    source: Words
    note: Words | None
    in_force: InForce


@dataclass(frozen=True, slots=True)
class Overlay:
    """Rules that narrow a policy: more limits, more evidence, never less."""

    heading: Heading
    vocabulary: Vocabulary
    clauses: Mapping[str, Clause]
    limits: tuple[Limit, ...]
    evidence: tuple[EvidenceRule, ...]


@dataclass(frozen=True, slots=True)
class Requirement:
    """The documents that one request needs, with the clauses that ask for them."""

    all_of: tuple[tuple[str, Clause], ...]
    one_of: tuple[str, ...]
    one_of_clause: Clause | None

    @property
    def kinds(self) -> frozenset[str]:
        """Every kind that serves the request."""
        return frozenset(kind for kind, _ in self.all_of) | frozenset(self.one_of)


@dataclass(frozen=True, slots=True)
class Policy:
    """One institution's rules in one period, overlays included."""

    heading: Heading
    overlays: tuple[Heading, ...]
    vocabulary: Vocabulary
    clauses: Mapping[str, Clause]
    statuses: Mapping[str, Status]
    numbers: Mapping[str, StudentKey]
    columns: tuple[Column, ...]
    roll_columns: tuple[Column, ...]
    semesters: tuple[Semester, ...]
    acceptances: tuple[Acceptance, ...]
    limits: tuple[Limit, ...]
    evidence: tuple[EvidenceRule, ...]
    package: PackageRules
    package_bounds: PackageBounds
    scan_bounds: ScanBounds
    table_bounds: TableBounds
    name_characters: int
    reports: tuple[ReportKind, ...]
    kinds: Mapping[str, Kind]

    @property
    def id(self) -> str:
        """The policy's public id."""
        return self.heading.id

    def on(self, day: date) -> Policy:
        """Return the policy with those of its rows that are in force on *day*.

        Only rows that carry dates of their own fall away: a policy or overlay that was
        named judges whatever its dates, which a finding says.
        """
        return replace(
            self,
            acceptances=tuple(row for row in self.acceptances if row.in_force.holds(day)),
            limits=tuple(row for row in self.limits if row.in_force.holds(day)),
            evidence=tuple(row for row in self.evidence if row.in_force.holds(day)),
        )

    def narrowed_by(self, overlay: Overlay) -> Policy:
        """Return the policy with the rules of *overlay* added."""
        return replace(
            self,
            overlays=(*self.overlays, overlay.heading),
            vocabulary=self.vocabulary.joined_with(overlay.vocabulary),
            clauses={**self.clauses, **overlay.clauses},
            limits=(*self.limits, *overlay.limits),
            evidence=(*self.evidence, *overlay.evidence),
        )

    def clause_for(self, code: str) -> Words | None:
        """Return the clause that a finding code rests on, if the policy names one."""
        for clause in self.clauses.values():
            if code in clause.codes:
                return clause.words
        return None

    def key_of(self, status: str) -> StudentKey:
        """Return the number that identifies students of *status*."""
        return self.numbers[self.statuses[status].number]

    def numbers_of_students(self, numbers: Iterable[str]) -> frozenset[str]:
        """Return those of *numbers* that identify students, and so may be shown in full.

        What does not fit may be an identity number in the wrong place.
        """
        patterns = [key.pattern for key in self.numbers.values()]
        return frozenset(
            number for number in numbers if any(pattern.is_valid(number) for pattern in patterns)
        )

    def columns_of(self, status: str) -> tuple[Column, ...]:
        """Return the columns of the table of *status*, with its own number's headings."""
        key = self.key_of(status)
        return tuple(
            replace(column, headings=key.headings) if column.headings == ("{number}",) else column
            for column in self.columns
        )

    def heading_of(self, status: str, column: str) -> str:
        """Return the heading that the table of *status* gives to a column, by its id."""
        return next(
            (each.headings[0] for each in self.columns_of(status) if each.id == column), column
        )

    def accepts(self, status: str, field: str, reason: str) -> Acceptance | None:
        """Return the row that takes such a request, or None."""
        for row in self.acceptances:
            if row.scope.holds(status, field, reason):
                return row
        return None

    def requirement(
        self, status: str, field: str, reason: str, education: int | None = None
    ) -> Requirement:
        """Return the documents that such a request needs.

        *education* is the code of the new value where the field is an education; rows
        narrowed by education are passed over without one.
        """
        fitting = [
            rule
            for rule in self.evidence
            if rule.scope.holds(status, field, reason) and _educated(rule, education)
        ]
        first = next((rule for rule in fitting if not rule.adds), None)
        rules = ([first] if first else []) + [rule for rule in fitting if rule.adds]
        all_of: dict[str, Clause] = {}
        for rule in rules:
            for kind in rule.all_of:
                all_of.setdefault(kind, rule.clause)
        return Requirement(
            tuple(all_of.items()),
            first.one_of if first else (),
            first.clause if first and first.one_of else None,
        )


def _educated(rule: EvidenceRule, education: int | None) -> bool:
    if rule.education is None:
        return True
    return education is not None and rule.education[0] <= education <= rule.education[1]
