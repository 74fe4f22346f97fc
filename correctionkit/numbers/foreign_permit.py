"""Permanent residence card of foreigners.

Since December 2023 18 characters: 9, province of application (2), country by its number
(3), birth date (8), order (3), check character by the rule of GB 11643.  Older cards have
three letters for the country and 12 digits; they stay valid.  What their digits say is not
published, so their shape alone is judged.
"""

from __future__ import annotations

import re
from datetime import date

from correctionkit.numbers import gb11643
from correctionkit.numbers.faults import NumberFault
from correctionkit.numbers.identity_number import IdentityKind, IdentityNumber
from correctionkit.readings import compact_number

FIRST = "9"
OLD_LENGTH = 15
_OLD = re.compile(r"[A-Z]{3}[0-9]{12}")
_OLD_START = re.compile(r"[A-Z]{3}")


def compact(value: str) -> str:
    """Return *value* without spaces, in half width and upper case."""
    return compact_number(value)


def parse(value: str, on: date) -> IdentityNumber:
    """Take a card's number apart, new form or old, as of the day *on*.

    Raises NumberFault ``length``, ``characters``, ``date``, ``future``, ``check``, or
    ``other-kind`` where 18 characters don't begin with 9.
    """
    number = compact(value)
    if _OLD_START.match(number):
        return _parse_old(number)
    if len(number) != gb11643.LENGTH:
        raise NumberFault("length", expected="18", actual=len(number))
    born = gb11643.check(number, on)
    if number[0] != FIRST:
        raise NumberFault("other-kind", kind=IdentityKind.RESIDENT.value)
    return IdentityNumber(
        IdentityKind.FOREIGN_PERMIT, number, None, born, gb11643.gender(number[14:17])
    )


def validate(value: str, on: date) -> str:
    """Return the number in its normal form, or raise NumberFault."""
    return parse(value, on).number


def is_valid(value: str, on: date) -> bool:
    """Whether *value* is the number of a foreigner's card, new form or old."""
    try:
        parse(value, on)
    except NumberFault:
        return False
    return True


def format(value: str) -> str:  # noqa: A001 - one of the verbs that every number has
    """Set the number in groups."""
    number = compact(value)
    if _OLD_START.match(number):
        return " ".join(filter(None, (number[:3], number[3:])))
    return " ".join(filter(None, (number[:6], number[6:14], number[14:])))


def _parse_old(number: str) -> IdentityNumber:
    if len(number) != OLD_LENGTH:
        raise NumberFault("length", expected=str(OLD_LENGTH), actual=len(number))
    if not _OLD.fullmatch(number):
        raise NumberFault(
            "characters",
            characters=[sign for sign in number[3:] if not "0" <= sign <= "9"],
            positions=[str(at) for at, sign in enumerate(number[3:], 4) if not "0" <= sign <= "9"],
        )
    return IdentityNumber(IdentityKind.FOREIGN_PERMIT_15, number, None, None, None)
