"""Resident identity number: 18 characters, or 15 digits as issued before October 1999.

Six digits say the area of first issue; every code is accepted, for districts are abolished
and their people live on.  The old form has a two-digit year of the 1900s and no check
character.  Source: GB 11643.
"""

from __future__ import annotations

from datetime import date

from correctionkit.numbers import gb11643
from correctionkit.numbers.faults import NumberFault
from correctionkit.numbers.identity_number import IdentityKind, IdentityNumber
from correctionkit.readings import compact_number

OLD_LENGTH = 15
_CENTURY = "19"
_PERMIT_AREAS = frozenset({"810000", "820000", "830000"})


def compact(value: str) -> str:
    """Return *value* without spaces, in half width and upper case."""
    return compact_number(value)


def parse(value: str, on: date) -> IdentityNumber:
    """Take a number of 18 or 15 characters apart, as of the day *on*.

    Raises NumberFault ``length``, ``characters``, ``date``, ``future``, ``check``, or
    ``other-kind`` where the number belongs to a permit.
    """
    number = compact(value)
    if len(number) == OLD_LENGTH:
        return _parse_old(number, on)
    if len(number) != gb11643.LENGTH:
        raise NumberFault("length", expected="18", actual=len(number))
    born = gb11643.check(number, on)
    area = number[:6]
    if area[0] == "9":
        raise NumberFault("other-kind", kind=IdentityKind.FOREIGN_PERMIT.value)
    if area in _PERMIT_AREAS:
        raise NumberFault("other-kind", kind=IdentityKind.RESIDENCE_PERMIT.value)
    return IdentityNumber(IdentityKind.RESIDENT, number, area, born, gb11643.gender(number[14:17]))


def validate(value: str, on: date) -> str:
    """Return the number in its normal form, or raise NumberFault."""
    return parse(value, on).number


def is_valid(value: str, on: date) -> bool:
    """Whether *value* is a resident identity number, new form or old."""
    try:
        parse(value, on)
    except NumberFault:
        return False
    return True


def format(value: str) -> str:  # noqa: A001 - one of the verbs that every number has
    """Set the number in groups: area, birth date, order and check."""
    number = compact(value)
    birth_end = 12 if len(number) == OLD_LENGTH else 14
    return " ".join(filter(None, (number[:6], number[6:birth_end], number[birth_end:])))


def upgrade_15_to_18(value: str) -> str:
    """Return the 18-character form of an old number.

    Raises NumberFault ``length`` or ``characters``; the date is not judged, for old values
    are compared and not judged.
    """
    number = compact(value)
    if len(number) != OLD_LENGTH:
        raise NumberFault("length", expected=str(OLD_LENGTH), actual=len(number))
    if not (number.isascii() and number.isdigit()):
        raise gb11643.wrong_characters(number)
    body = number[:6] + _CENTURY + number[6:]
    return body + gb11643.check_character(body)


def _parse_old(number: str, on: date) -> IdentityNumber:
    if not (number.isascii() and number.isdigit()):
        raise gb11643.wrong_characters(number)
    born = gb11643.birth_date(_CENTURY + number[6:12])
    if born is None:
        raise NumberFault("date")
    if born > on:
        raise NumberFault("future", on=on.isoformat())
    return IdentityNumber(
        IdentityKind.RESIDENT_15, number, number[:6], born, gb11643.gender(number[12:])
    )
