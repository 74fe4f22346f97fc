"""What is judged: a request, and the record that it wants to correct."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from correctionkit.findings import NOWHERE, Location


@dataclass(frozen=True, slots=True)
class CorrectionRequest:
    """One field of one student's record, corrected for one reason.

    *number* identifies the student in their status.  *old* is empty where the filing does
    not say it; *change_date* is the day of the change, by the police certificate.
    *location* is where findings about the request belong.
    """

    number: str
    name: str
    status: str
    field: str
    old: str
    new: str
    reason: str
    change_date: date | None = None
    location: Location = NOWHERE


@dataclass(frozen=True, slots=True)
class StudentRecord:
    """What the roll says of one student now.  *values* are texts by field id, as stored.

    *corrected* holds the fields that were corrected before.
    """

    values: Mapping[str, str]
    status: str | None = None
    enrolled_on: date | None = None
    graduated_on: date | None = None
    level: str = ""
    corrected: frozenset[str] = frozenset()
