"""How a new identity number differs from the old one: what a reviewer asks first.

Old values are compared and never judged, so any text is taken.  An old number in 15 digits
is compared in its 18-character form.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from correctionkit.numbers import identity, resident_id
from correctionkit.numbers.faults import NumberFault
from correctionkit.numbers.identity_number import IdentityKind

_AREA, _BIRTH, _ORDER, _CHECK = range(6), range(6, 14), range(14, 17), 17
_PARTS = (("area", _AREA), ("birth", _BIRTH), ("order", _ORDER))


class DifferenceKind(StrEnum):
    """The kinds of difference, from the smallest to another person's number."""

    UNCHANGED = "unchanged"
    UPGRADED = "15-to-18"
    DOWNGRADED = "18-to-15"
    CHECK_CHARACTER = "check-character"
    ONE_DIGIT = "one-digit"
    DIGITS_SWAPPED = "digits-swapped"
    DIGIT_MISSING = "digit-missing"
    DIGIT_ADDED = "digit-added"
    BIRTH_PART = "birth-part"
    AREA_PART = "area-part"
    ORDER_PART = "order-part"
    AREA_AND_ORDER = "area-and-order"
    BIRTH_AND_ORDER = "birth-and-order"
    AREA_AND_BIRTH = "area-and-birth"
    OTHER_PERSON = "other-person"
    OTHER_DOCUMENT = "other-document"
    NOT_COMPARABLE = "not-comparable"


@dataclass(frozen=True, slots=True)
class NumberDifference:
    """How two numbers differ.

    *positions* count from 1 in the 18-character form of the new number; *parts* are
    ``area``, ``birth``, ``order``, ``check``.  Both are empty where the numbers cannot be
    laid side by side.  *upgraded* tells that one of them had 15 digits.
    """

    kind: DifferenceKind
    positions: tuple[int, ...] = ()
    parts: tuple[str, ...] = ()
    upgraded: bool = False


def classify(old: str, new: str) -> NumberDifference:
    """Tell how *new* differs from *old*; any text may stand in either."""
    before, after = identity.compact(old), identity.compact(new)
    if before == after:
        return NumberDifference(DifferenceKind.UNCHANGED)
    before_long, after_long = _long_form(before), _long_form(after)
    upgraded = (before_long != before) or (after_long != after)
    if before_long == after_long:
        kind = DifferenceKind.UPGRADED if len(after) > len(before) else DifferenceKind.DOWNGRADED
        return NumberDifference(kind, upgraded=True)
    if not (_is_shaped(before_long) and _is_shaped(after_long)):
        return NumberDifference(_unshaped(before_long, after_long), upgraded=upgraded)
    if _document(before_long) != _document(after_long):
        return NumberDifference(DifferenceKind.OTHER_DOCUMENT, upgraded=upgraded)
    return _side_by_side(before_long, after_long, upgraded)


def _side_by_side(old: str, new: str, upgraded: bool) -> NumberDifference:
    positions = tuple(at for at in range(18) if old[at] != new[at])
    body = tuple(at for at in positions if at != _CHECK)
    touched = tuple(name for name, part in _PARTS if any(at in part for at in body))
    parts = (*touched, "check") if _CHECK in positions else touched
    return NumberDifference(
        _kind(old, new, body, touched), tuple(at + 1 for at in positions), parts, upgraded
    )


def _kind(old: str, new: str, body: tuple[int, ...], parts: tuple[str, ...]) -> DifferenceKind:
    match body:
        case ():
            return DifferenceKind.CHECK_CHARACTER
        case (_,):
            return DifferenceKind.ONE_DIGIT
        case (one, other) if old[one] == new[other] and old[other] == new[one]:
            return DifferenceKind.DIGITS_SWAPPED
        case _:
            return _BY_PARTS[parts]


_BY_PARTS = {
    ("area",): DifferenceKind.AREA_PART,
    ("birth",): DifferenceKind.BIRTH_PART,
    ("order",): DifferenceKind.ORDER_PART,
    ("area", "order"): DifferenceKind.AREA_AND_ORDER,
    ("birth", "order"): DifferenceKind.BIRTH_AND_ORDER,
    ("area", "birth"): DifferenceKind.AREA_AND_BIRTH,
    ("area", "birth", "order"): DifferenceKind.OTHER_PERSON,
}


def _unshaped(old: str, new: str) -> DifferenceKind:
    if old and new and _document(old) != _document(new):
        return DifferenceKind.OTHER_DOCUMENT
    if len(old) + 1 == len(new) and _is_one_less(old, new):
        return DifferenceKind.DIGIT_MISSING
    if len(new) + 1 == len(old) and _is_one_less(new, old):
        return DifferenceKind.DIGIT_ADDED
    return DifferenceKind.NOT_COMPARABLE


def _is_one_less(shorter: str, longer: str) -> bool:
    same = 0
    while same < len(shorter) and shorter[same] == longer[same]:
        same += 1
    return bool(shorter) and shorter[same:] == longer[same + 1 :]


def _long_form(number: str) -> str:
    try:
        return resident_id.upgrade_15_to_18(number)
    except NumberFault:
        return number


def _is_shaped(number: str) -> bool:
    return (
        len(number) == 18
        and number.isascii()
        and number[:17].isdigit()
        and number[17] in "0123456789X"
    )


def _document(number: str) -> str:
    """Return which card a number stands on, as far as its shape tells."""
    match identity.kind_of(number):
        case IdentityKind.FOREIGN_PERMIT | IdentityKind.FOREIGN_PERMIT_15:
            return "foreign"
        case IdentityKind.RESIDENCE_PERMIT:
            return "permit"
        case _:
            return "resident"
