"""Identity numbers as they may be shown: never with the birth date."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from functools import lru_cache

MASK = "*"

_WIDE = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}
_DIGIT = "[0-9０-９]"
# What people and forms put between the groups of a number.
_GAP = r"[\s\-_./·　\u00ad\u200b-\u200d\u2010-\u2015\u2060\ufeff]"
_RUN = re.compile(f"{_DIGIT}{{14,}}[XxＸｘ]?")
_SPACED = re.compile(f"{_DIGIT}(?:{_GAP}{{0,2}}{_DIGIT}){{13,}}(?:{_GAP}{{0,2}}[XxＸｘ])?")
_FOREIGN_OLD = re.compile(
    f"(?<![A-Za-zＡ-Ｚａ-ｚ])[A-Za-zＡ-Ｚａ-ｚ]{{3}}{_GAP}?{_DIGIT}{{12}}(?!{_DIGIT})"
)
_EARLIEST, _LATEST = 1800, 2199


def mask_number(value: str) -> str:
    """Mask a value of a number column, whatever it holds; the length stays.

    18 characters keep the first three and the last four.  Other lengths keep less at the
    end, where a birth date could reach.
    """
    length = len(value)
    if length == 18:
        head, tail = 3, 4
    elif length >= 15:
        head, tail = 3, 2
    elif length >= 12:
        head, tail = 3, 0
    elif length >= 6:
        head, tail = 1, 2
    else:
        head, tail = 0, 0
    return value[:head] + MASK * (length - head - tail) + value[length - tail :]


def mask_text(text: str, *, keep: frozenset[str] = frozenset()) -> str:
    """Mask every identity number that stands in *text*, told by its shape.

    Shapes: 14 to 18 characters, or 18 within a longer run, with a real date from the
    seventh on; 15 digits with a real date of two-digit year; three letters and 12 digits.
    Full width, and gaps between groups, don't hide a number.  Some certificate numbers look
    like one: *keep* names the numbers, in half width and without gaps, that stay.
    """
    spans = sorted(set(_spans(text, keep)))
    if not spans:
        return text
    shown: list[str] = []
    done = 0
    for start, end in spans:
        if start < done:
            # Two readings of one run overlap: hide what the second one adds as well.
            if end > done:
                shown.append(MASK * (end - done))
                done = end
            continue
        shown += (text[done:start], mask_number(text[start:end]))
        done = end
    return "".join((*shown, text[done:]))


def _spans(text: str, keep: frozenset[str]) -> Iterator[tuple[int, int]]:
    for found in _RUN.finditer(text):
        yield from _windows(found.group(), found.start(), keep)
    for found in _SPACED.finditer(text):
        yield from _spaced_windows(found.group(), found.start(), keep)
    for found in _FOREIGN_OLD.finditer(text):
        if _plain(found.group()).upper() not in keep:
            yield found.span()


def _windows(run: str, start: int, keep: frozenset[str]) -> Iterator[tuple[int, int]]:
    """Find the numbers in a run without gaps."""
    plain = run.translate(_WIDE).upper()
    if plain in keep:
        return
    if len(plain) < 18:
        if _looks_like_one(plain):
            yield start, start + len(plain)
        return
    at = 0
    while at + 18 <= len(plain):
        window = plain[at : at + 18]
        if window in keep:
            at += 18
        elif "X" not in window[:17] and _is_day(window[6:14]):
            yield start + at, start + at + 18
            at += 18
        else:
            at += 1


def _spaced_windows(run: str, start: int, keep: frozenset[str]) -> Iterator[tuple[int, int]]:
    """Find the numbers that are written in groups: they begin and end at a gap."""
    places = [at for at, sign in enumerate(run) if sign.translate(_WIDE).upper() in _SIGNS]
    if len(places) == len(run):
        return
    plain = "".join(run[at] for at in places).translate(_WIDE).upper()
    first = 0
    while first < len(places):
        for length in (18, 17, 16, 15, 14):
            last = first + length - 1
            if last >= len(places) or (
                last + 1 < len(places) and places[last + 1] == places[last] + 1
            ):
                continue
            window = plain[first : last + 1]
            if places[last] - places[first] + 1 == length:
                continue
            if window not in keep and _looks_like_one(window):
                yield start + places[first], start + places[last] + 1
                break
        first += 1
        while first < len(places) and places[first] == places[first - 1] + 1:
            first += 1


_SIGNS = frozenset("0123456789X")


def _plain(text: str) -> str:
    return re.sub(_GAP, "", text).translate(_WIDE)


def _looks_like_one(plain: str) -> bool:
    """Judge a whole run of 14 to 18 characters; too short ones lost a digit or more."""
    if len(plain) in {14, 16, 17, 18}:
        return "X" not in plain[:-1] and _is_day(plain[6:14])
    return (
        len(plain) == 15
        and plain.isdigit()
        and (_is_day(plain[6:14]) or _is_day("20" + plain[6:12], "19"))
    )


@lru_cache(maxsize=4096)
def _is_day(digits: str, other_century: str = "") -> bool:
    """Whether eight digits are a day that someone could be born on."""
    if not digits.isdigit():
        return False
    try:
        day = date(int(digits[:4]), int(digits[4:6]), int(digits[6:]))
    except ValueError:
        return bool(other_century) and _is_day(other_century + digits[2:])
    return _EARLIEST <= day.year <= _LATEST
