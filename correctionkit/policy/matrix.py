"""What a policy says of each status, field and reason, laid out cell by cell."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise

from correctionkit.policy.limits import (
    Always,
    FirstSemester,
    IntakeFrom,
    Limit,
    Outcome,
    OutsideWindow,
)
from correctionkit.policy.model import Policy, Requirement
from correctionkit.policy.rows import Acceptance
from correctionkit.terms import ValueType

EDUCATIONS = (10, 99)
"""First and last code that an education may have (GB/T 4658)."""


class Standing(StrEnum):
    """How a policy stands to requests of one kind, before anything of a student is known."""

    ORDINARY = "ordinary"
    DEADLINE = "deadline"
    EXCEPTIONAL = "exceptional"
    NEVER = "never"


@dataclass(frozen=True, slots=True)
class Cell:
    """What holds for one status, field and reason.

    *education* is the range of codes of the new value that the cell is about, None where
    the field is no education.
    """

    status: str
    field: str
    reason: str
    education: tuple[int, int] | None
    acceptance: Acceptance | None
    limits: tuple[Limit, ...]
    requirement: Requirement

    @property
    def standing(self) -> Standing:
        """The strictest that is sure; a deadline where only time decides."""
        sure = {limit.outcome for limit in self.limits if isinstance(limit.condition, Always)}
        if self.acceptance is None or Outcome.NOT_ACCEPTED in sure:
            return Standing.NEVER
        if Outcome.EXCEPTIONAL in sure:
            return Standing.EXCEPTIONAL
        timed = (FirstSemester, IntakeFrom, OutsideWindow)
        if any(isinstance(limit.condition, timed) for limit in self.limits):
            return Standing.DEADLINE
        return Standing.ORDINARY


def cells(policy: Policy) -> Iterator[Cell]:
    """Yield all cells: status by status, then fields and reasons in the policy's order."""
    ranges = education_ranges(policy)
    for status in policy.statuses:
        for field in policy.vocabulary.fields.values():
            is_education = field.value is ValueType.EDUCATION
            for education in ranges if is_education else (None,):
                for reason in policy.vocabulary.reasons:
                    yield cell(policy, status, field.id, reason, education)


def cell(
    policy: Policy, status: str, field: str, reason: str, education: tuple[int, int] | None
) -> Cell:
    """Return the cell of one status, field and reason; *education* as in :class:`Cell`."""
    judged = policy.statuses[status].judged_as
    acceptance = policy.accepts(judged, field, reason)
    if acceptance is None:
        return Cell(status, field, reason, education, None, (), Requirement((), (), None))
    return Cell(
        status,
        field,
        reason,
        education,
        acceptance,
        tuple(each for each in policy.limits if each.scope.holds(judged, field, reason)),
        policy.requirement(judged, field, reason, education[0] if education else None),
    )


def education_ranges(*policies: Policy) -> tuple[tuple[int, int], ...]:
    """Return the ranges of education codes within which no rule of *policies* changes."""
    first, last = EDUCATIONS
    starts = {first, last + 1}
    for policy in policies:
        for rule in policy.evidence:
            if rule.education:
                starts |= {rule.education[0], rule.education[1] + 1}
    inside = sorted(start for start in starts if first <= start <= last + 1)
    return tuple((start, end - 1) for start, end in pairwise(inside))
