"""Which number formats show a date, and what date a serial number stands for."""

from __future__ import annotations

import re
from datetime import date, timedelta

# ECMA-376 part 1, 18.8.30: 14-22 and 45-47 everywhere, 27-36 and 50-58 in Chinese,
# Japanese and Korean.
_BUILT_IN_DATES = frozenset((*range(14, 23), *range(27, 37), *range(45, 48), *range(50, 59)))
_LITERALS = re.compile(r'"[^"]*"?|\\.|_.|\*.|\[(?![hms]+\])[^\]]*\]?', re.IGNORECASE | re.DOTALL)
_DATE_LETTERS = re.compile(r"[dmyhs]", re.IGNORECASE)

_DAY_0 = date(1899, 12, 31)
_DAY_0_OF_1904 = date(1904, 1, 1)
_NO_SUCH_DAY = 60
"""29 February 1900, which spreadsheets count although it never was."""
_LAST_DAY = 2_958_465
_LAST_DAY_OF_1904 = _LAST_DAY - 1_462
_DAY_SECONDS = 86_400


def is_date_format(number: int, code: str | None) -> bool:
    """Tell whether a format shows dates or times; *code* where the file defines it."""
    if code is None:
        return number in _BUILT_IN_DATES
    return bool(_DATE_LETTERS.search(_LITERALS.sub("", code)))


def iso_date(serial: float, *, epoch_1904: bool) -> str | None:
    """Return the date that *serial* shows, or None where it can show none.

    ``2001-02-03``, ``2001-02-03T12:30:00`` or, below one day, ``12:30:00``.
    """
    if not 0 <= serial < (_LAST_DAY_OF_1904 if epoch_1904 else _LAST_DAY) + 1:
        return None
    days, seconds = divmod(round(serial * _DAY_SECONDS), _DAY_SECONDS)
    clock = f"{seconds // 3600:02}:{seconds // 60 % 60:02}:{seconds % 60:02}"
    if days == 0 and (seconds or not epoch_1904):
        return clock
    day = _day_of_1904(days) if epoch_1904 else _day(days)
    return f"{day}T{clock}" if seconds else day


def _day(days: int) -> str:
    if days == _NO_SUCH_DAY:
        return "1900-02-29"
    # What rounds up past the last day stays on it.
    days = min(days, _LAST_DAY)
    return (_DAY_0 + timedelta(days=days - (days > _NO_SUCH_DAY))).isoformat()


def _day_of_1904(days: int) -> str:
    return (_DAY_0_OF_1904 + timedelta(days=min(days, _LAST_DAY_OF_1904))).isoformat()
