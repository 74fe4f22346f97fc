"""Students of a package as they are kept between check and confirmation."""

import json
from dataclasses import asdict
from datetime import date

from backoffice.kept_findings import from_json, to_json
from backoffice.packages.models.incoming import IncomingStudent
from backoffice.workflow.intake import Wish
from backoffice.workflow.verdicts import Offered, OfferedScan, StudentVerdict
from correctionkit.findings import Location
from correctionkit.requests.model import CorrectionRequest as Asked
from correctionkit.terms import Severity


def kept_student(package, position, verdict):
    """Return the row of one student, not saved."""
    offered = verdict.offered
    severities = [each.severity for each in verdict.findings]
    return IncomingStudent(
        package=package,
        position=position,
        number=_plain(offered.number),
        name=_plain(offered.name),
        verdict=verdict.verdict,
        record=verdict.record,
        unit=verdict.unit,
        case=verdict.case,
        content=content_of(verdict),
        findings=to_json(verdict.findings),
        errors=severities.count(Severity.ERROR),
        warnings=severities.count(Severity.WARNING),
        before=verdict.before,
    )


def content_of(verdict):
    """Return all that a verdict is about, as JSON; the same for the same."""
    offered = verdict.offered
    shape = {
        "folder": offered.folder,
        "requests": [_request(each) for each in offered.requests],
        "scans": [asdict(each) for each in offered.scans],
        "wishes": [asdict(each) for each in verdict.wishes],
        "new_scans": [asdict(each) for each in verdict.scans],
    }
    return _plain(json.dumps(shape, ensure_ascii=False, default=_text, sort_keys=True))


def verdict_of(row):
    """Return the verdict that a row keeps."""
    content = json.loads(row.content)
    findings = from_json(row.findings)
    offered = Offered(
        number=row.number,
        name=row.name,
        requests=tuple(_asked(each) for each in content["requests"]),
        findings=findings,
        scans=tuple(OfferedScan(**each) for each in content["scans"]),
        folder=content["folder"],
    )
    return StudentVerdict(
        offered=offered,
        verdict=row.verdict,
        findings=findings,
        record=row.record,
        unit=row.unit,
        case=row.case,
        wishes=tuple(Wish(**_dated(each)) for each in content["wishes"]),
        scans=tuple(OfferedScan(**each) for each in content["new_scans"]),
        before=row.before,
    )


def _request(asked):
    shape = {name: getattr(asked, name) for name in Asked.__slots__ if name != "location"}
    where = {name: getattr(asked.location, name) for name in Location.__slots__}
    return shape | {"location": {name: value for name, value in where.items() if value}}


def _asked(shape):
    return Asked(**_dated(shape) | {"location": Location(**shape["location"])})


def _dated(shape):
    day = shape["change_date"]
    return shape | {"change_date": date.fromisoformat(day) if day else None}


def _text(value):
    if isinstance(value, date):
        return value.isoformat()
    raise TypeError(type(value).__name__)


def _plain(text):
    """Return a text without halves of characters, which no database takes."""
    return text.encode("utf-8", "replace").decode()
