"""How long the numbers are that a policy's regular expression describes.

Only what describes numbers of bounded length is understood: literals, classes, groups,
alternatives, ``?``, ``{n}`` and ``{n,m}``.  That gives each pattern a list of lengths for
its messages, and leaves no room for one whose matching never ends.
"""

from __future__ import annotations

import re

LONGEST = 64

_GROUP_START = re.compile(r"\((?:\?P<[A-Za-z_]\w*>|\?:)?")
_CLASS = re.compile(r"\[\^?\]?(?:\\.|[^\]\\])*\]")
_ESCAPE = re.compile(r"\\[dDwWsS.\\/+*?()\[\]{}|^$-]")
_REPEAT = re.compile(r"\{(\d+)(?:,(\d+))?\}")


def possible_lengths(regex: str) -> frozenset[int]:
    """Return every length that a full match of *regex* can have.

    Raises ValueError where the expression goes beyond the parts listed above.
    """
    lengths, end = _alternatives(regex, 0)
    if end != len(regex):
        raise ValueError(f"unbalanced parenthesis at {end} in {regex!r}")
    return lengths


def _alternatives(regex: str, at: int) -> tuple[frozenset[int], int]:
    lengths, at = _sequence(regex, at)
    while regex[at : at + 1] == "|":
        more, at = _sequence(regex, at + 1)
        lengths |= more
    return lengths, at


def _sequence(regex: str, at: int) -> tuple[frozenset[int], int]:
    lengths = frozenset({0})
    while at < len(regex) and regex[at] not in "|)":
        piece, at = _piece(regex, at)
        lengths = frozenset(one + other for one in lengths for other in piece)
        if max(lengths) > LONGEST:
            raise ValueError(f"longer than {LONGEST} characters: {regex!r}")
    return lengths, at


def _piece(regex: str, at: int) -> tuple[frozenset[int], int]:
    if regex[at] in "^$":
        return frozenset({0}), at + 1
    if group := _GROUP_START.match(regex, at):
        lengths, end = _alternatives(regex, group.end())
        if regex[end : end + 1] != ")":
            raise ValueError(f"unclosed group at {at} in {regex!r}")
        at = end + 1
    elif single := _CLASS.match(regex, at) or _ESCAPE.match(regex, at):
        lengths, at = frozenset({1}), single.end()
    elif regex[at] in "*+?{}[]()\\.":
        raise ValueError(f"{regex[at]!r} at {at} is not understood in {regex!r}")
    else:
        lengths, at = frozenset({1}), at + 1
    return _repeated(regex, at, lengths)


def _repeated(regex: str, at: int, lengths: frozenset[int]) -> tuple[frozenset[int], int]:
    if regex[at : at + 1] == "?":
        return lengths | {0}, at + 1
    repeat = _REPEAT.match(regex, at)
    if not repeat:
        return lengths, at
    least = int(repeat[1])
    most = int(repeat[2] or least)
    if len(lengths) > 1:
        raise ValueError(f"a repeated part must have one length in {regex!r}")
    if least > most or most > LONGEST:
        raise ValueError(f"repeated {repeat[0]} in {regex!r}")
    (length,) = lengths
    return frozenset(length * times for times in range(least, most + 1)), repeat.end()
