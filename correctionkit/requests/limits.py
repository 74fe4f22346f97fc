"""Judging of limits: what a policy's conditions say of one request on one day."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from correctionkit.policy.limits import (
    Always,
    ChangeOutsideStudy,
    DoubleCorrection,
    FieldsAtOnce,
    FirstSemester,
    GraduationTerm,
    IntakeFrom,
    Levels,
    Limit,
    Outcome,
    OutsideWindow,
)
from correctionkit.policy.model import Policy
from correctionkit.readings import matching_key
from correctionkit.requests.intake import Intake, first_semester_end, intake_of
from correctionkit.requests.model import CorrectionRequest, StudentRecord

_SEASONS = ("spring", "autumn")


@dataclass(frozen=True, slots=True)
class LimitMet:
    """A limit that a request meets, what follows, and the values that explain it."""

    limit: Limit
    outcome: Outcome
    params: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Circumstances:
    """A request with all that its limits may ask for.

    *siblings* are all requests of the student in the filing, this one included.
    """

    request: CorrectionRequest
    siblings: Sequence[CorrectionRequest]
    policy: Policy
    on: date
    record: StudentRecord | None
    intake: Intake | None


def limits_met(
    request: CorrectionRequest,
    siblings: Sequence[CorrectionRequest],
    policy: Policy,
    on: date,
    record: StudentRecord | None,
) -> Iterator[LimitMet]:
    """Yield each limit of the policy that the request meets, in the policy's order."""
    around = Circumstances(
        request, siblings, policy, on, record, intake_of(request, policy, on, record)
    )
    status = policy.statuses[request.status].judged_as
    for limit in policy.limits:
        if limit.scope.holds(status, request.field, request.reason):
            met = _judge(limit, around)
            if met:
                yield met


def _judge(limit: Limit, around: Circumstances) -> LimitMet | None:
    match limit.condition:
        case FirstSemester():
            return _first_semester(limit, around)
        case IntakeFrom(year, season):
            return _intake_from(limit, around, year, season)
        case condition:
            met = _plainly_met(condition, around)
            return LimitMet(limit, limit.outcome, {}) if met else None


def _plainly_met(condition: object, around: Circumstances) -> bool:
    record = around.record
    match condition:
        case Always():
            return True
        case ChangeOutsideStudy(before_enrolment):
            return _changed_outside(around, before_enrolment)
        case OutsideWindow(windows):
            return not any(window.holds(around.on) for window in windows)
        case GraduationTerm():
            return bool(record and record.graduated_on) and _same_term(around)
        case Levels(levels):
            known = {matching_key(level) for level in levels}
            return bool(record and matching_key(record.level) in known)
        case FieldsAtOnce(count):
            return len({each.field for each in around.siblings}) >= count
        case DoubleCorrection(fields, over_time):
            asked = {each.field for each in around.siblings}
            if over_time and record:
                asked |= record.corrected
            return around.request.field in fields and fields <= asked
        case _:
            raise AssertionError(condition)


def _first_semester(limit: Limit, around: Circumstances) -> LimitMet | None:
    intake = around.intake
    last = first_semester_end(intake, around.policy.semesters) if intake else None
    if not intake or not last or around.on <= last:
        return None
    outcome = limit.outcome if intake.certain else limit.guess
    return LimitMet(limit, outcome, {**_named(intake), "deadline": last.isoformat()})


def _intake_from(limit: Limit, around: Circumstances, year: int, season: str) -> LimitMet | None:
    intake = around.intake
    first = (year, _SEASONS.index(season))
    if not intake or (intake.year, _SEASONS.index(intake.season)) < first:
        return None
    # Of a student number the year is sure; only in the first year does the season decide.
    certain = intake.certain or intake.year > year or season == "spring"
    return LimitMet(limit, limit.outcome if certain else limit.guess, _named(intake))


def _named(intake: Intake) -> dict[str, Any]:
    basis = "roll" if intake.certain else "student-number"
    return {"year": intake.year, "season": intake.season, "basis": basis}


def _changed_outside(around: Circumstances, before_enrolment: bool) -> bool:
    changed, record = around.request.change_date, around.record
    if not changed or not record:
        return False
    after = bool(record.graduated_on and changed > record.graduated_on)
    before = bool(record.enrolled_on and changed < record.enrolled_on)
    return after or (before_enrolment and before)


def _same_term(around: Circumstances) -> bool:
    graduated = around.record.graduated_on if around.record else None
    if not graduated:
        return False
    for semester in around.policy.semesters:
        span = semester.span_around(graduated)
        if span:
            return span[0] <= around.on <= span[1]
    return False
