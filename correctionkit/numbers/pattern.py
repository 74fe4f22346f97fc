"""Numbers that an institution gives out, by the pattern that its policy supplies.

Student numbers and certificate numbers are such: a pattern has the verbs that every number
has.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Literal

from correctionkit.numbers.faults import NumberFault
from correctionkit.numbers.gb11643 import wrong_characters
from correctionkit.numbers.lengths import possible_lengths
from correctionkit.readings import compact_number

Season = Literal["spring", "autumn"]

FIRST_YEAR = 1980
"""Two-digit years count from here: 80 is 1980, 79 is 2079."""
AUTUMN_SERIAL_FROM = 50001


@dataclass(frozen=True, slots=True)
class ParsedNumber:
    """A number that fits its pattern, and the parts that the pattern names."""

    number: str
    parts: tuple[tuple[str, str], ...]

    def part(self, name: str) -> str | None:
        """Return the part called *name*, or None where the pattern has no such part."""
        return next((value for key, value in self.parts if key == name), None)


@dataclass(frozen=True, slots=True)
class Intake:
    """When a student entered, as the number suggests."""

    year: int
    season: Season


@dataclass(frozen=True, slots=True)
class NumberPattern:
    """A regular expression for the whole number, with named parts.

    Parts that are understood: year, branch, category, serial, school, type, level.  The
    constructor raises ValueError for an expression that doesn't compile, that names no
    parts, or that has no bounded length.
    """

    regex: str
    lengths: tuple[int, ...] = field(init=False, compare=False)
    _compiled: re.Pattern[str] = field(init=False, compare=False, repr=False)

    def __post_init__(self) -> None:
        try:
            compiled = re.compile(self.regex, re.ASCII)
        except re.error as error:
            raise ValueError(f"bad number pattern {self.regex!r}: {error}") from error
        object.__setattr__(self, "lengths", tuple(sorted(possible_lengths(self.regex))))
        object.__setattr__(self, "_compiled", compiled)

    @property
    def parts(self) -> tuple[str, ...]:
        """The names of the parts, in order."""
        return tuple(self._compiled.groupindex)

    def parse(self, value: str) -> ParsedNumber:
        """Take a number apart.

        Raises NumberFault ``length`` (with expected and actual), ``not-digits`` (with the
        characters and their places) or ``pattern``.
        """
        number = compact_number(value)
        found = self._compiled.fullmatch(number)
        if found is None:
            raise self._fault(number)
        return ParsedNumber(
            number, tuple((key, part) for key, part in found.groupdict().items() if part)
        )

    def validate(self, value: str) -> str:
        """Return the number in its normal form, or raise NumberFault."""
        return self.parse(value).number

    def format(self, value: str) -> str:
        """Set the number in its parts, or return it compact where it does not fit."""
        try:
            found = self.parse(value)
        except NumberFault:
            return compact_number(value)
        return " ".join(part for _, part in found.parts)

    def is_valid(self, value: str) -> bool:
        """Whether *value* fits."""
        return self._compiled.fullmatch(compact_number(value)) is not None

    def _fault(self, number: str) -> NumberFault:
        if not (number.isascii() and number.isdigit()) and number:
            return NumberFault("not-digits", **wrong_characters(number).params)
        if len(number) not in self.lengths:
            expected = "/".join(map(str, self.lengths))
            return NumberFault("length", expected=expected, actual=len(number))
        return NumberFault("pattern")


def intake(
    number: ParsedNumber,
    *,
    first_year: int = FIRST_YEAR,
    autumn_serial_from: int = AUTUMN_SERIAL_FROM,
) -> Intake | None:
    """Return the intake that a number suggests, or None where it has no year or serial.

    A two-digit year lies in the hundred years from *first_year* on.  Serials from
    *autumn_serial_from* on were given in autumn.  It is a guess: numbers are re-used.
    """
    year, serial = number.part("year"), number.part("serial")
    if not (year and serial and year.isdigit() and serial.isdigit()):
        return None
    full = int(year)
    if len(year) == 2:
        full += first_year // 100 * 100
        if full < first_year:
            full += 100
    return Intake(full, "autumn" if int(serial) >= autumn_serial_from else "spring")
