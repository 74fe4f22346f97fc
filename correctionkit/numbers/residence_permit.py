"""Residence permit of residents of Hong Kong (810000), Macau (820000) and Taiwan (830000).

Eighteen characters built as a resident identity number, with one area code for each place.
"""

from __future__ import annotations

from datetime import date

from correctionkit.numbers import gb11643
from correctionkit.numbers.faults import NumberFault
from correctionkit.numbers.identity_number import IdentityKind, IdentityNumber
from correctionkit.readings import compact_number

AREAS = ("810000", "820000", "830000")


def compact(value: str) -> str:
    """Return *value* without spaces, in half width and upper case."""
    return compact_number(value)


def parse(value: str, on: date) -> IdentityNumber:
    """Take a permit's number apart, as of the day *on*.

    Raises NumberFault ``length``, ``characters``, ``date``, ``future``, ``check``, or
    ``area`` where the number names none of the three places.
    """
    number = compact(value)
    born = gb11643.check(number, on)
    area = number[:6]
    if area not in AREAS:
        raise NumberFault("area", expected=list(AREAS))
    return IdentityNumber(
        IdentityKind.RESIDENCE_PERMIT, number, area, born, gb11643.gender(number[14:17])
    )


def validate(value: str, on: date) -> str:
    """Return the number in its normal form, or raise NumberFault."""
    return parse(value, on).number


def is_valid(value: str, on: date) -> bool:
    """Whether *value* is the number of a residence permit."""
    try:
        parse(value, on)
    except NumberFault:
        return False
    return True


def format(value: str) -> str:  # noqa: A001 - one of the verbs that every number has
    """Set the number in groups: area, birth date, order and check."""
    number = compact(value)
    return " ".join(filter(None, (number[:6], number[6:14], number[14:])))
