"""When a student began, and until when the first semester lasts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from correctionkit.numbers.pattern import intake
from correctionkit.policy.calendar import Semester
from correctionkit.policy.model import Policy
from correctionkit.requests.model import CorrectionRequest, StudentRecord


@dataclass(frozen=True, slots=True)
class Intake:
    """The year and season in which a student began.

    *certain* where the roll says so; the number of a student is a guess.  Of that guess
    the year is sure, the season is not.
    """

    year: int
    season: str
    certain: bool


def intake_of(
    request: CorrectionRequest, policy: Policy, on: date, record: StudentRecord | None
) -> Intake | None:
    """Tell when the student began: by the roll, else by the student number, else not."""
    if record and record.enrolled_on:
        return _by_date(record.enrolled_on, policy.semesters)
    key = policy.key_of(request.status)
    if key.autumn_serial_from is None or not key.pattern.is_valid(request.number):
        return None
    found = intake(
        key.pattern.parse(request.number),
        first_year=on.year - 98,
        autumn_serial_from=key.autumn_serial_from,
    )
    return Intake(found.year, found.season, certain=False) if found else None


def first_semester_end(intake: Intake, semesters: Sequence[Semester]) -> date | None:
    """Return the last day of the first semester after the intake."""
    for semester in semesters:
        if semester.season == intake.season:
            return semester.span(intake.year)[1]
    return None


def _by_date(day: date, semesters: Sequence[Semester]) -> Intake | None:
    """Name the intake of an enrolment date.

    January and February belong to the spring that follows: nobody enrols at the end of an
    autumn semester.
    """
    spans = sorted((semester.span(day.year), semester.season) for semester in semesters)
    for (_, last), season in spans:
        if day <= last:
            return Intake(day.year, season, certain=True)
    return None
