"""Limits: the conditions under which a policy takes a request late, exceptionally, not at all.

A limit holds data only; what it says of a request is judged where requests are.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass
from enum import StrEnum

from correctionkit.policy.calendar import InForce, MonthDay, YearSpan
from correctionkit.policy.toml_rows import Row
from correctionkit.terms import Words

_A_DAY = Words("a day of the year, like 03-20 or 02-end", "一年中的某天（形如 03-20 或 02-end）")


class Outcome(StrEnum):
    """What follows where a limit is met."""

    LATE = "late"
    EXCEPTIONAL = "exceptional"
    NOT_ACCEPTED = "not-accepted"


@dataclass(frozen=True, slots=True)
class Scope:
    """Which requests a row is about; an empty part means any."""

    statuses: frozenset[str] = frozenset()
    fields: frozenset[str] = frozenset()
    reasons: frozenset[str] = frozenset()

    def holds(self, status: str, field: str, reason: str) -> bool:
        """Tell whether a request of these three is in the scope."""
        return (
            (not self.statuses or status in self.statuses)
            and (not self.fields or field in self.fields)
            and (not self.reasons or reason in self.reasons)
        )


@dataclass(frozen=True, slots=True)
class Always:
    """Met by every request of the scope."""


@dataclass(frozen=True, slots=True)
class FirstSemester:
    """Met once the first semester after enrolment has passed."""


@dataclass(frozen=True, slots=True)
class ChangeOutsideStudy:
    """Met where the change, as dated, came after graduation, or before enrolment too."""

    before_enrolment: bool


@dataclass(frozen=True, slots=True)
class IntakeFrom:
    """Met by students of this intake and later ones."""

    year: int
    season: str


@dataclass(frozen=True, slots=True)
class OutsideWindow:
    """Met on days that lie in none of the windows of the year."""

    windows: tuple[YearSpan, ...]


@dataclass(frozen=True, slots=True)
class GraduationTerm:
    """Met in the semester in which the student graduates."""


@dataclass(frozen=True, slots=True)
class Levels:
    """Met by students of these levels of study."""

    levels: frozenset[str]


@dataclass(frozen=True, slots=True)
class FieldsAtOnce:
    """Met where one student corrects this many fields at once."""

    count: int


@dataclass(frozen=True, slots=True)
class DoubleCorrection:
    """Met where all these fields of one student are corrected.

    *over_time*: earlier corrections count too.
    """

    fields: frozenset[str]
    over_time: bool


Condition = (
    Always
    | FirstSemester
    | ChangeOutsideStudy
    | IntakeFrom
    | OutsideWindow
    | GraduationTerm
    | Levels
    | FieldsAtOnce
    | DoubleCorrection
)


@dataclass(frozen=True, slots=True)
class Limit:
    """A condition on requests of a scope, what follows, and the rule in words.

    *kind* is the condition's public code.  *guess* is what follows where only the student
    number tells the intake.  The rule's words may hold the finding's other parameters.
    """

    scope: Scope
    kind: str
    condition: Condition
    outcome: Outcome
    guess: Outcome
    rule: Words
    clause: Words
    in_force: InForce


def read_month_day(row: Row, key: str) -> MonthDay:
    """Take a day of every year."""
    return row.parsed(key, MonthDay.parse, MonthDay(1, 1), _A_DAY)


def _windows(row: Row) -> OutsideWindow:
    spans = []
    for each in row.rows("window", optional=False):
        spans.append(YearSpan(read_month_day(each, "from"), read_month_day(each, "until")))
        each.done()
    return OutsideWindow(tuple(spans))


def _double(row: Row, fields: Collection[str]) -> DoubleCorrection:
    both = row.choices("both", fields)
    if len(both) == 1:
        row.wrong("both", "must name two fields or more", "至少应有两项")
    return DoubleCorrection(frozenset(both), row.boolean("over_time"))


SEASONS = ("spring", "autumn")

_READERS: dict[str, Callable[[Row, Collection[str]], Condition]] = {
    "always": lambda row, fields: Always(),
    "first-semester": lambda row, fields: FirstSemester(),
    "changed-after-graduation": lambda row, fields: ChangeOutsideStudy(before_enrolment=False),
    "changed-outside-study": lambda row, fields: ChangeOutsideStudy(before_enrolment=True),
    "intake-from": lambda row, fields: IntakeFrom(
        row.integer("year", least=1979, most=2999), row.choice("season", SEASONS)
    ),
    "outside-window": lambda row, fields: _windows(row),
    "graduation-term": lambda row, fields: GraduationTerm(),
    "levels": lambda row, fields: Levels(frozenset(row.texts("levels"))),
    "fields-at-once": lambda row, fields: FieldsAtOnce(row.integer("count", least=2, most=99)),
    "double-correction": _double,
}

KINDS = tuple(_READERS)


def read_condition(row: Row, fields: Collection[str]) -> Condition:
    """Take the condition that the row's ``kind`` names, with its own keys."""
    kind = row.choice("kind", KINDS)
    return _READERS.get(kind, _READERS["always"])(row, fields)
