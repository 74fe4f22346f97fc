"""Area codes of identity numbers, GB/T 2260: of today, and those abolished since 1980.

The table ages: a code that it lacks may be right.  It is read when it is first asked for.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from correctionkit.codes.table import CodeTableError, read_lines

EDITION = "2025-12-31"
"""The day that the newest of the united lists stands for."""

_COLUMNS = "code\tname\tformer\tuntil"
# Levels that are written in the lists and in no address.
_UNSPOKEN = ("市辖区", "县", "市", "郊区")
_UNSPOKEN_PART = re.compile("直辖(县级)?行政")


@dataclass(frozen=True, slots=True)
class AreaName:
    """What a code stands for.

    *full_name* runs from the province down, in the names that the levels had last.
    *former* are other names of this code; *until* is the last year that a list has it, or
    None while it stands.
    """

    code: str
    name: str
    full_name: str
    former: tuple[str, ...] = ()
    until: int | None = None


def find(code: str) -> AreaName | None:
    """Return what six digits stand for, or None where the table lacks them."""
    lines = _lines()
    if code not in lines:
        return None
    _, name, former, until = lines[code].split("\t")
    return AreaName(
        code,
        name,
        _full_name(lines, code, name),
        tuple(filter(None, former.split(";"))),
        int(until) if until else None,
    )


def is_known(code: str) -> bool:
    """Whether the table has *code*, standing or abolished."""
    return code in _lines()


@cache
def _lines() -> dict[str, str]:
    """Read the table; of its thousands of rows few are asked for, so each is split then."""
    head, (columns, *lines) = read_lines("areas.tsv")
    if head["edition"] != EDITION or columns != _COLUMNS:
        raise CodeTableError("areas.tsv: the head does not fit")
    by_code = {line[:6]: line for line in lines}
    if len(by_code) != len(lines):
        raise CodeTableError("areas.tsv: a code stands twice")
    return by_code


def _full_name(lines: dict[str, str], code: str, name: str) -> str:
    above = (code[:2] + "0000", code[:4] + "00")
    levels = [lines[each].split("\t")[1] for each in above if each != code and each in lines]
    return "".join((*filter(_is_spoken, levels), name))


def _is_spoken(level: str) -> bool:
    return level not in _UNSPOKEN and _UNSPOKEN_PART.search(level) is None
