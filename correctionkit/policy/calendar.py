"""Days of the year, semesters and intakes, as policies speak of them."""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import MAXYEAR, MINYEAR, date


@dataclass(frozen=True, slots=True, order=True)
class MonthDay:
    """A day of every year; day 0 stands for the last of the month."""

    month: int
    day: int

    @classmethod
    def parse(cls, text: str) -> MonthDay:
        """Read ``03-20`` or ``02-end``; raises ValueError."""
        matched = re.fullmatch(r"(\d{2})-(\d{2}|end)", text, re.ASCII)
        if not matched:
            raise ValueError(f"{text!r} is not like 03-20 or 02-end")
        month, day = int(matched[1]), 0 if matched[2] == "end" else int(matched[2])
        # A leap year, so that 02-29 is a day.
        if not 1 <= month <= 12 or (
            matched[2] != "end" and not 1 <= day <= monthrange(2000, month)[1]
        ):
            raise ValueError(f"{text!r} is no day of a year")
        return cls(month, day)

    def in_year(self, year: int) -> date:
        """Return the date in *year*; 29 February falls back to the 28th."""
        last = monthrange(year, self.month)[1]
        return date(year, self.month, min(self.day or last, last))


@dataclass(frozen=True, slots=True)
class InForce:
    """First and last day on which rules hold, both inclusive; None is open."""

    since: date | None = None
    until: date | None = None

    def holds(self, day: date) -> bool:
        """Tell whether the rules hold on *day*."""
        return (self.since is None or self.since <= day) and (
            self.until is None or day <= self.until
        )


@dataclass(frozen=True, slots=True)
class Semester:
    """A semester of every year; one that ends before it starts ends in the next year."""

    season: str
    starts: MonthDay
    ends: MonthDay

    def span(self, year: int) -> tuple[date, date]:
        """Return first and last day of the semester that starts in *year*."""
        first, last = self.starts.in_year(year), self.ends.in_year(year)
        if first <= last:
            return first, last
        return first, self.ends.in_year(year + 1) if year < MAXYEAR else date.max

    def span_around(self, day: date) -> tuple[date, date] | None:
        """Return the span that holds *day*, or None between semesters."""
        for year in (day.year, max(day.year - 1, MINYEAR)):
            first, last = self.span(year)
            if first <= day <= last:
                return first, last
        return None


@dataclass(frozen=True, slots=True)
class YearSpan:
    """A window of every year, both days inclusive; it may run over New Year."""

    first: MonthDay
    last: MonthDay

    def holds(self, day: date) -> bool:
        """Tell whether *day* lies in the window."""
        first, last = self.first.in_year(day.year), self.last.in_year(day.year)
        return first <= day <= last if first <= last else day >= first or day <= last
