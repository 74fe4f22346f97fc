"""What differs between two policies, as facts: values and no words."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator, Mapping
from dataclasses import dataclass, fields, replace
from enum import StrEnum
from typing import Any

from correctionkit.policy.chains import Kind
from correctionkit.policy.limits import Condition, Limit, Scope
from correctionkit.policy.matrix import Cell, Standing, cell, education_ranges
from correctionkit.policy.model import Policy
from correctionkit.policy.rows import Column
from correctionkit.policy.rule_rows import NO_CLAUSE
from correctionkit.terms import ValueType


class Part(StrEnum):
    """The parts of a policy that are held against each other, in the order they are told."""

    HEADING = "heading"
    STATUS = "status"
    STANDING = "standing"
    EVIDENCE = "evidence"
    LIMIT = "limit"
    SEMESTER = "semester"
    NUMBER = "number"
    COLUMN = "column"
    ROLL_COLUMN = "roll-column"
    SCAN = "scan"
    TABLE = "table"
    PACKAGE = "package"
    REPORT = "report"
    KIND = "kind"
    OVERLAY = "overlay"
    TERM = "term"
    CLAUSE = "clause"


@dataclass(frozen=True, slots=True)
class Subject:
    """Which requests a difference is about; *education* is a range of codes of new values."""

    status: str
    field: str
    reason: str
    education: tuple[int, int] | None


@dataclass(frozen=True, slots=True)
class Documents:
    """The kinds of evidence that a request needs; the order of a choice says nothing."""

    all_of: frozenset[str]
    one_of: frozenset[str]


@dataclass(frozen=True, slots=True)
class Difference:
    """One fact that two policies state differently; None is what one of them does not have.

    *key* says what it is a fact of: a :class:`Subject`, the scope, condition and number of a
    limit, the id of a row, or the name of a single value.
    """

    part: Part
    key: Hashable
    before: Any
    after: Any


def differences(a: Policy, b: Policy) -> tuple[Difference, ...]:
    """Tell what *b* states otherwise than *a*, part by part in a stable order."""
    return tuple(_differences(a, b))


def _differences(a: Policy, b: Policy) -> Iterator[Difference]:
    yield from _compared(Part.HEADING, _parts(a.heading), _parts(b.heading))
    yield from _compared(Part.STATUS, a.statuses, b.statuses)
    yield from _cells(a, b)
    yield from _compared(Part.LIMIT, _limits(a), _limits(b))
    yield from _compared(
        Part.SEMESTER, _by_id(a.semesters, "season"), _by_id(b.semesters, "season")
    )
    yield from _compared(Part.NUMBER, a.numbers, b.numbers)
    yield from _columns(Part.COLUMN, a.columns, b.columns)
    yield from _columns(Part.ROLL_COLUMN, a.roll_columns, b.roll_columns)
    yield from _compared(Part.SCAN, _parts(a.scan_bounds), _parts(b.scan_bounds))
    yield from _compared(Part.TABLE, _tables(a), _tables(b))
    yield from _compared(Part.PACKAGE, _package(a), _package(b))
    yield from _compared(Part.REPORT, _by_id(a.reports), _by_id(b.reports))
    yield from _compared(Part.KIND, _kinds(a), _kinds(b))
    yield from _compared(Part.OVERLAY, _by_id(a.overlays), _by_id(b.overlays))
    yield from _compared(Part.TERM, _terms(a), _terms(b))
    yield from _compared(Part.CLAUSE, a.clauses, b.clauses)


def _compared(
    part: Part, before: Mapping[Any, Any], after: Mapping[Any, Any]
) -> Iterator[Difference]:
    for key in dict.fromkeys((*before, *after)):
        if before.get(key) != after.get(key):
            yield Difference(part, key, before.get(key), after.get(key))


def _columns(
    part: Part, before: tuple[Column, ...], after: tuple[Column, ...]
) -> Iterator[Difference]:
    rows = _by_id(before), _by_id(after)
    yield from _compared(part, *rows)
    shared = rows[0].keys() & rows[1].keys()
    orders = [tuple(row for row in each if row in shared) for each in rows]
    if orders[0] != orders[1]:
        yield Difference(part, "order", *orders)


def _parts(row: Any) -> dict[str, Any]:
    return {each.name: getattr(row, each.name) for each in fields(row)}


def _by_id(rows: Iterable[Any], key: str = "id") -> dict[str, Any]:
    return {getattr(row, key): row for row in rows}


def _cells(a: Policy, b: Policy) -> Iterator[Difference]:
    """Compare request by request; the standings of all come before the documents of any."""
    documents = []
    for subject in _subjects(a, b):
        one, other = (_cell(policy, subject) for policy in (a, b))
        standings = _standing(one), _standing(other)
        if standings[0] is not standings[1]:
            yield Difference(Part.STANDING, subject, *standings)
        needs = _documents(one), _documents(other)
        if needs[0] != needs[1]:
            documents.append(Difference(Part.EVIDENCE, subject, *needs))
    yield from documents


def _subjects(a: Policy, b: Policy) -> Iterator[Subject]:
    known = {**a.vocabulary.fields, **b.vocabulary.fields}
    for status in dict.fromkeys((*a.statuses, *b.statuses)):
        for field in known.values():
            ranges = education_ranges(a, b) if field.value is ValueType.EDUCATION else (None,)
            for education in ranges:
                for reason in dict.fromkeys((*a.vocabulary.reasons, *b.vocabulary.reasons)):
                    yield Subject(status, field.id, reason, education)


def _cell(policy: Policy, about: Subject) -> Cell | None:
    """Return the policy's cell, None where it takes no such request."""
    if about.status not in policy.statuses:
        return None
    found = cell(policy, about.status, about.field, about.reason, about.education)
    return found if found.acceptance else None


def _standing(found: Cell | None) -> Standing:
    return found.standing if found else Standing.NEVER


def _documents(found: Cell | None) -> Documents | None:
    if found is None or found.standing is Standing.NEVER:
        return None
    needed = found.requirement
    return Documents(frozenset(kind for kind, _ in needed.all_of), frozenset(needed.one_of))


def _limits(policy: Policy) -> dict[tuple[Scope, Condition, int], Limit]:
    """Key limits by what they are about, so that a changed outcome shows as one difference."""
    keyed: dict[tuple[Scope, Condition, int], Limit] = {}
    for limit in policy.limits:
        alike = sum(each[:2] == (limit.scope, limit.condition) for each in keyed)
        keyed[limit.scope, limit.condition, alike] = limit
    return keyed


def _kinds(policy: Policy) -> dict[str, Kind]:
    """Leave out where kinds and steps rest: clauses differ by themselves."""
    return {
        kind.id: replace(
            kind,
            steps=tuple(replace(step, clause=NO_CLAUSE) for step in kind.steps),
            clause=NO_CLAUSE,
        )
        for kind in policy.kinds.values()
    }


def _tables(policy: Policy) -> dict[str, Any]:
    return {**_parts(policy.table_bounds), "name_characters": policy.name_characters}


def _package(policy: Policy) -> dict[str, Any]:
    return {**_parts(policy.package), **_parts(policy.package_bounds)}


def _terms(policy: Policy) -> dict[str, Any]:
    terms = policy.vocabulary
    return {**terms.fields, **terms.reasons, **terms.kinds, **terms.roles, **terms.levels}
