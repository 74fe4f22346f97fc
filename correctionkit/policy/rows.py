"""The rows of a policy: what is accepted, which evidence, which tables and numbers."""

from __future__ import annotations

from dataclasses import dataclass

from correctionkit.numbers.pattern import NumberPattern
from correctionkit.policy.calendar import InForce
from correctionkit.policy.limits import Scope
from correctionkit.policy.vocabulary import Term
from correctionkit.terms import Words


@dataclass(frozen=True, slots=True)
class Clause:
    """Where a rule stands; *codes* are the findings that rest on it by default.

    *ours* tells what has no source.
    """

    id: str
    words: Words
    codes: tuple[str, ...]
    ours: bool = False


@dataclass(frozen=True, slots=True)
class Status(Term):
    """A status of students and the summary table that holds them.

    *judged_as* is the status whose rules apply: its own, or another one where the
    policy counts these students among those.
    """

    table: str
    title: str
    number: str
    judged_as: str


@dataclass(frozen=True, slots=True)
class StudentKey:
    """A number that identifies a student: pattern, headings, what else is known of it."""

    id: str
    label: Words
    headings: tuple[str, ...]
    pattern: NumberPattern
    categories: frozenset[str]
    autumn_serial_from: int | None
    clause: Clause


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table; an optional one is not written unless it is filled."""

    id: str
    headings: tuple[str, ...]
    needed: bool = False
    optional: bool = False
    numeric: bool = False
    date: bool = False


@dataclass(frozen=True, slots=True)
class Acceptance:
    """Requests that the policy takes, within its limits."""

    scope: Scope
    clause: Clause
    in_force: InForce


@dataclass(frozen=True, slots=True)
class EvidenceRule:
    """The documents that requests of a scope need: all of some, and one of others.

    *education* narrows the scope to new values whose code lies in the range.
    """

    scope: Scope
    education: tuple[int, int] | None
    adds: bool
    all_of: tuple[str, ...]
    one_of: tuple[str, ...]
    clause: Clause
    in_force: InForce


@dataclass(frozen=True, slots=True)
class ReportKind:
    """A paper that goes with a package: who signs it and whose seal it bears."""

    id: str
    label: Words
    signed_by: Words
    seal: Words


@dataclass(frozen=True, slots=True)
class PackageRules:
    """How packages of the policy look; *subject* is the mail's subject and the folder's name."""

    mixed_reasons: bool
    report_words: tuple[str, ...]
    report_formats: tuple[str, ...]
    subject: str
    platforms: tuple[str, ...]
