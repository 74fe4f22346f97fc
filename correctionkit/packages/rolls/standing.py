"""Values of a roll that are doubtful and stand all the same, since a roll holds what it holds."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from correctionkit.catalog import import_codes, value_codes
from correctionkit.findings import Finding

_DOUBTFUL = {
    value_codes.ID_INVALID: import_codes.ROLL_ID_DOUBTFUL,
    value_codes.ID_DISAGREES: import_codes.ROLL_ID_DISAGREES,
    value_codes.NAME_INVALID: import_codes.ROLL_NAME_DOUBTFUL,
}

# What was damaged on the way, or can be kept in no record, is no value of a roll.
_DAMAGED = frozenset(
    {
        "characters",
        "length",
        "name-bidi",
        "name-control",
        "name-missing",
        "name-too-long",
        "name-unassigned",
    }
)


def as_they_stand(findings: Iterable[Finding]) -> list[Finding]:
    """Return *findings* with doubts instead of refusals, where the value can be kept.

    Wrong check characters, numbers that contradict gender or birth date, and characters that
    no name has are what correction requests are for: their students must be in the roll.
    """
    return [_doubt(each) for each in findings]


def _doubt(finding: Finding) -> Finding:
    doubtful = _DOUBTFUL.get(finding.type)
    if doubtful is None or finding.params.get("fault") in _DAMAGED:
        return finding
    return replace(finding, type=doubtful)
