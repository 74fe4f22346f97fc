"""What a command says of a table that it brought in: text for people, JSON for programs."""

import json
from collections import Counter
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from backoffice.kept_findings import from_json
from backoffice.tables.models import TableImport
from backoffice.words import kit_language
from correctionkit.policy.model import Policy
from correctionkit.render.json_report import SCHEMA, shape_of
from correctionkit.render.wording import Wording
from correctionkit.terms import Severity

_MOST_LINES = 100


@dataclass(frozen=True)
class ImportOutcome:
    """An import as it was judged; *written* tells whether it was written, *returned* where to."""

    table: TableImport
    rules: Policy
    findings: tuple
    written: bool = False
    returned: str = ""


def findings_of(table):
    """Return all findings of an import: about the file, then row by row."""
    found = list(from_json(table.findings))
    rows = table.staged.filter(remarked=True).order_by("position")
    for text in rows.values_list("findings", flat=True).iterator():
        found += from_json(text)
    return tuple(found)


def as_json(outcome, day):
    """Return the report of the public shape, with what became of the rows."""
    table, rules = outcome.table, outcome.rules
    wording = _wording(outcome)
    severities = Counter(each.severity for each in outcome.findings)
    shape = {
        "schema": SCHEMA,
        "policy": rules.heading.id,
        "overlays": [heading.id for heading in rules.overlays],
        "on": day.isoformat(),
        "package": table.received_as,
        "counts": {
            "students": table.rows,
            "requests": 0,
            "scans": 0,
            "errors": severities[Severity.ERROR],
            "warnings": severities[Severity.WARNING],
            "notes": severities[Severity.NOTE],
        },
        "import": {
            "new": table.new,
            "changed": table.changed,
            "same": table.same,
            "refused": table.refused,
            "written": outcome.written,
            "returned": outcome.returned or None,
        },
        "findings": [shape_of(each, wording) for each in outcome.findings],
    }
    return json.dumps(shape, ensure_ascii=False, indent=2)


def as_lines(outcome):
    """Yield the report as lines: what is wrong first, then the counts and what was done."""
    table, wording = outcome.table, _wording(outcome)
    ranks = {severity: rank for rank, severity in enumerate(Severity)}
    findings = sorted(outcome.findings, key=lambda each: ranks[each.severity])
    for each in findings[:_MOST_LINES]:
        yield _line(each, wording)
    more = len(findings) - _MOST_LINES
    if more > 0:
        yield ngettext("… and %(n)d more.", "… and %(n)d more.", more) % {"n": more}
    yield _("New %(new)d, changed %(changed)d, as they are %(same)d, refused %(refused)d.") % {
        "new": table.new,
        "changed": table.changed,
        "same": table.same,
        "refused": table.refused,
    }
    yield _what_was_done(outcome)
    if outcome.returned:
        yield _("The refused rows, with the reasons: %(path)s") % {"path": outcome.returned}


def _what_was_done(outcome):
    table = outcome.table
    if outcome.written:
        n = table.to_write
        return ngettext("%(n)d row was written.", "%(n)d rows were written.", n) % {"n": n}
    if table.to_write or table.refused:
        return _("Nothing was written.")
    return _("Nothing changed: every row is as the office has it.")


def _line(finding, wording):
    where = finding.location
    place = [wording.typed(where.sheet)] if where.sheet else []
    if where.row:
        place.append(_("row %(row)d") % {"row": where.row})
    text = f"{wording.message(finding)} {wording.hint(finding)}"
    severity = wording.severity(finding.severity)
    return " · ".join([f"[{severity}]", *place, text])


def _wording(outcome):
    students = {each.student for each in outcome.findings if each.student}
    keep = outcome.rules.numbers_of_students(students)
    return Wording(outcome.rules, kit_language(), keep=keep)
