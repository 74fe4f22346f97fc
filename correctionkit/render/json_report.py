"""A checked package as JSON, for programs: the public shape, keys in a fixed order."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from datetime import date
from math import isfinite
from typing import Any

from correctionkit.findings import Finding
from correctionkit.packages.checked import CheckedPackage
from correctionkit.render.wording import Wording
from correctionkit.terms import Language, Severity, Words

SCHEMA = "correctionkit/report/1"

_SURROGATE = re.compile("[\ud800-\udfff]")


def to_json(checked: CheckedPackage, language: Language) -> str:
    """Write the report; the same package gives the same text.

    Texts stand as typed, identity numbers in messages and parameters masked.
    """
    wording = Wording.of(checked, language, as_typed=True)
    report, counts = checked.report, checked.report.counts
    shape = {
        "schema": SCHEMA,
        "policy": checked.policy.id,
        "overlays": [heading.id for heading in checked.policy.overlays],
        "on": checked.on.isoformat(),
        "package": checked.name,
        "counts": {
            "students": counts.students,
            "requests": counts.requests,
            "scans": counts.scans,
            "errors": report.count(Severity.ERROR),
            "warnings": report.count(Severity.WARNING),
            "notes": report.count(Severity.NOTE),
        },
        "findings": [shape_of(finding, wording) for finding in report.findings],
    }
    text = json.dumps(shape, ensure_ascii=False, indent=2)
    # Half a character, from a name that could not be decoded, fits no encoding.
    return _SURROGATE.sub(lambda found: f"\\u{ord(found[0]):04x}", text) + "\n"


def shape_of(finding: Finding, wording: Wording) -> dict[str, Any]:
    """Return a finding as reports in JSON have it."""
    where = finding.location
    return {
        "code": finding.code,
        "severity": finding.severity.value,
        # The place of a finding in a table is its table and row.
        "path": where.path if where.table is None else None,
        "table": where.table,
        "row": where.row,
        "student": wording.masked(finding.student) if finding.student else None,
        "field": finding.field,
        "message": wording.message(finding),
        "hint": wording.hint(finding),
        "clause": wording.clause(finding) or None,
        "params": {name: _plain(value, wording) for name, value in finding.params.items()},
    }


def _plain(value: object, wording: Wording) -> Any:
    if isinstance(value, Mapping):
        return {str(name): _plain(each, wording) for name, each in value.items()}
    if isinstance(value, Words):
        return {"en": wording.masked(value.en), "zh": wording.masked(value.zh)}
    if isinstance(value, (set, frozenset)):
        return [_plain(each, wording) for each in sorted(value)]
    if isinstance(value, Iterable) and not isinstance(value, (str, bytes)):
        return [_plain(each, wording) for each in value]
    if value is None or isinstance(value, bool):
        return value
    if isinstance(value, float):
        # JSON has no word for infinity.
        return value if isfinite(value) else str(value)
    if isinstance(value, int):
        text = str(value)
        return value if wording.masked(text) == text else wording.masked(text)
    return wording.masked(value.isoformat() if isinstance(value, date) else str(value))
