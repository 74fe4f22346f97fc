"""Student number, as an institution gives it out: its pattern comes from the policy.

As a rule 13 digits: year (2), branch (3), category (3), serial (5).
"""

from __future__ import annotations

from correctionkit.numbers.faults import NumberFault
from correctionkit.numbers.pattern import NumberPattern, ParsedNumber
from correctionkit.readings import compact_number


def compact(value: str) -> str:
    """Return *value* without spaces, in half width."""
    return compact_number(value)


def parse(value: str, pattern: NumberPattern) -> ParsedNumber:
    """Take a student number apart.

    Raises NumberFault ``length``, ``not-digits`` or ``pattern``.
    """
    return pattern.parse(value)


def validate(value: str, pattern: NumberPattern) -> str:
    """Return the number in its normal form, or raise NumberFault."""
    return parse(value, pattern).number


def is_valid(value: str, pattern: NumberPattern) -> bool:
    """Whether *value* fits the pattern."""
    return pattern.matches(value)


def format(value: str, pattern: NumberPattern) -> str:  # noqa: A001 - a verb of every number
    """Set the number in its parts, or return it compact where it does not fit."""
    try:
        found = parse(value, pattern)
    except NumberFault:
        return compact(value)
    return " ".join(part for _, part in found.parts)
