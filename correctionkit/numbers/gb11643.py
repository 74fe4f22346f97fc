"""The rule that all 18-character identity numbers share: GB 11643, MOD 11-2.

Seventeen digits and a check character; birth date in digits 7 to 14; digit 17 odd for men
and even for women.
"""

from __future__ import annotations

from datetime import date
from functools import lru_cache

from correctionkit.numbers.faults import NumberFault

LENGTH = 18
BIRTH = slice(6, 14)
EARLIEST_YEAR = 1800
"""An earlier year of birth is a mistake of typing, whoever the student is."""

_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CHECKS = "10X98765432"
_DIGITS = frozenset("0123456789")


def check_character(body: str) -> str:
    """Return the check character of 17 digits."""
    return _CHECKS[
        (_weigh_area(body[:6]) + _weigh_birth(body[BIRTH]) + _weigh_order(body[14:17])) % 11
    ]


def birth_date(digits: str) -> date | None:
    """Return the date that eight digits say, or None where there is no such day."""
    return _birth(digits)[0]


def gender(order: str) -> str:
    """Return the code of GB/T 2261.1 that the last digit of an order number says."""
    return "1" if ord(order[-1]) % 2 else "2"


def check(number: str, on: date) -> date:
    """Check an 18-character number and return the date of birth.

    Raises NumberFault ``length``, ``characters``, ``date``, ``future`` or ``check``.
    """
    if len(number) != LENGTH:
        raise NumberFault("length", expected=str(LENGTH), actual=len(number))
    body = number[:17]
    if not (body.isascii() and body.isdigit()) or number[17] not in "0123456789X":
        raise wrong_characters(number, last="X")
    born, weight = _birth(number[BIRTH])
    if born is None:
        raise NumberFault("date")
    if born > on:
        raise NumberFault("future", on=on.isoformat())
    expected = _CHECKS[(_weigh_area(number[:6]) + weight + _weigh_order(number[14:17])) % 11]
    if expected != number[17]:
        raise NumberFault("check", expected=expected)
    return born


def wrong_characters(number: str, *, last: str = "") -> NumberFault:
    """Make the fault that names the characters, and their places, that are no digits.

    *last* may stand in the last place.
    """
    places = [
        at
        for at, sign in enumerate(number)
        if sign not in _DIGITS and not (at == len(number) - 1 and sign in last)
    ]
    return NumberFault(
        "characters",
        characters=[ascii(number[at])[1:-1] if number[at] < " " else number[at] for at in places],
        positions=[str(at + 1) for at in places],
    )


@lru_cache(maxsize=65536)
def _birth(digits: str) -> tuple[date | None, int]:
    """Read and weigh the eight digits of a birth date: there are few, they come often."""
    weight = sum(int(digit) * each for digit, each in zip(digits, _WEIGHTS[6:14], strict=True))
    try:
        born = date(int(digits[:4]), int(digits[4:6]), int(digits[6:]))
    except ValueError:
        return None, weight
    return (born if born.year >= EARLIEST_YEAR else None), weight


def _weigh_birth(digits: str) -> int:
    return _birth(digits)[1]


@lru_cache(maxsize=16384)
def _weigh_area(digits: str) -> int:
    return sum(int(digit) * each for digit, each in zip(digits, _WEIGHTS[:6], strict=True))


@lru_cache(maxsize=1024)
def _weigh_order(digits: str) -> int:
    return sum(int(digit) * each for digit, each in zip(digits, _WEIGHTS[14:], strict=True))
