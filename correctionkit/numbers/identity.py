"""Any identity number: which kind it is, and what it says."""

from __future__ import annotations

import re
from datetime import date

from correctionkit.masking import mask_number
from correctionkit.numbers import foreign_permit, residence_permit, resident_id
from correctionkit.numbers.faults import NumberFault
from correctionkit.numbers.identity_number import IdentityKind, IdentityNumber
from correctionkit.readings import compact_number

__all__ = [
    "IdentityKind",
    "IdentityNumber",
    "NumberFault",
    "check_identity",
    "compact",
    "format",
    "is_valid",
    "kind_of",
    "masked",
    "parse",
    "same_number",
    "validate",
]

_LETTERS_FIRST = re.compile("[A-Z]{3}[0-9]")
_PARSERS = {
    IdentityKind.RESIDENT: resident_id.parse,
    IdentityKind.RESIDENT_15: resident_id.parse,
    IdentityKind.RESIDENCE_PERMIT: residence_permit.parse,
    IdentityKind.FOREIGN_PERMIT: foreign_permit.parse,
    IdentityKind.FOREIGN_PERMIT_15: foreign_permit.parse,
}


def compact(value: str) -> str:
    """Return *value* without spaces, in half width and upper case."""
    return compact_number(value)


def kind_of(value: str) -> IdentityKind:
    """Tell by its shape alone which kind of number *value* would be; any text has one."""
    number = compact(value)
    if _LETTERS_FIRST.match(number):
        return IdentityKind.FOREIGN_PERMIT_15
    if number.startswith(foreign_permit.FIRST):
        return IdentityKind.FOREIGN_PERMIT
    if number[:6] in residence_permit.AREAS and len(number) != resident_id.OLD_LENGTH:
        return IdentityKind.RESIDENCE_PERMIT
    if len(number) == resident_id.OLD_LENGTH:
        return IdentityKind.RESIDENT_15
    return IdentityKind.RESIDENT


def parse(value: str, on: date) -> IdentityNumber:
    """Take an identity number of any kind apart, as of the day *on*, or raise NumberFault."""
    return _PARSERS[kind_of(value)](value, on)


def check_identity(value: str, on: date, *, allow_15: bool = False) -> IdentityNumber:
    """Check a number that a record shall hold from now on, or raise NumberFault.

    The old 15 digits of residents are a ``length`` fault then, unless *allow_15*; the old
    form of foreigners' cards stays valid.
    """
    found = parse(value, on)
    if found.kind is IdentityKind.RESIDENT_15 and not allow_15:
        raise NumberFault("length", expected="18", actual=len(found.number))
    return found


def validate(value: str, on: date) -> str:
    """Return the number in its normal form, or raise NumberFault."""
    return parse(value, on).number


def is_valid(value: str, on: date) -> bool:
    """Whether *value* is an identity number of any kind, old forms too."""
    try:
        parse(value, on)
    except NumberFault:
        return False
    return True


def format(value: str) -> str:  # noqa: A001 - one of the verbs that every number has
    """Set the number in groups, by its kind."""
    if kind_of(value) is IdentityKind.FOREIGN_PERMIT_15:
        return foreign_permit.format(value)
    return resident_id.format(value)


def masked(value: str) -> str:
    """Return the number as it may be shown: without the birth date."""
    return mask_number(compact(value))


def same_number(value: str) -> str:
    """Return the form by which two spellings of one person's number are equal.

    An old number in 15 digits counts as its 18-character form.  Any text has such a form.
    """
    number = compact(value)
    if len(number) != resident_id.OLD_LENGTH:
        return number
    try:
        return resident_id.upgrade_15_to_18(number)
    except NumberFault:
        return number
