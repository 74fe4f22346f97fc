"""What was set right and what was left, as lines of text."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from correctionkit.catalog.words.repairs import WORDS
from correctionkit.findings import FindingType, Location
from correctionkit.packages.repairing.repairs import Remark, Repair
from correctionkit.render.phrases import NONE
from correctionkit.render.wording import Wording
from correctionkit.render.wrapping import wrapped
from correctionkit.terms import Severity, Words

_INDENT = 2


def repair_lines(repairs: Iterable[Repair], wording: Wording, width: int) -> Iterator[str]:
    """Yield a line a repair: where it was, where it is now, what was done."""
    for repair in repairs:
        before, after = wording.typed(repair.path_before), wording.typed(repair.path_after)
        if not before or not after or before == after:
            where = before or after
        else:
            where = f"{before} → {after}"
        yield from _line(where, _words(repair.what, repair.params, wording), wording, width)


def remark_lines(remarks: Iterable[Remark], wording: Wording, width: int) -> Iterator[str]:
    """Yield a line a remark: where, and why it was left."""
    for remark in remarks:
        where = wording.typed(remark.path)
        yield from _line(where, _words(remark.what, remark.params, wording), wording, width)


def headed(title: Words, lines: Iterable[str], wording: Wording) -> list[str]:
    """Put a title above *lines*; nothing where there are none."""
    below = list(lines)
    return [wording.say(title), *below, ""] if below else []


def _line(where: str, what: str, wording: Wording, width: int) -> Iterator[str]:
    text = f"{where}{wording.say(Words(': ', '：'))}{what}" if where else what
    for at, line in enumerate(wrapped(text, width - 2 * _INDENT)):
        yield f"{' ' * (_INDENT if at == 0 else 2 * _INDENT)}{line}"


def _words(what: str, params: Mapping[str, Any], wording: Wording) -> str:
    """Fill the words of a code as those of a finding are filled."""
    told = FindingType(what, Severity.NOTE, WORDS[what], NONE, NONE)
    return wording.message(told.at(Location(), **params))
