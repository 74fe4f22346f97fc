"""Match of a filing against the roll: does the record say what the table says it does?"""

from __future__ import annotations

from collections.abc import Iterator

from correctionkit.catalog import request_codes
from correctionkit.findings import Finding
from correctionkit.masking import mask_number
from correctionkit.packages.filings.matching import Filing
from correctionkit.policy.model import Policy
from correctionkit.readings import read_name
from correctionkit.requests.model import CorrectionRequest, StudentRecord
from correctionkit.requests.values import read_value
from correctionkit.terms import ValueType


def check_against_roll(
    filing: Filing, record: StudentRecord | None, policy: Policy
) -> Iterator[Finding]:
    """Yield where a student's rows and the roll disagree: number, name, old values."""
    if record is None:
        first = filing.rows[0]
        yield request_codes.RECORD_UNKNOWN.at(
            first.location, student=filing.number, number=filing.number
        )
        return
    for row in filing.rows:
        request = row.request
        if request and request.old and row.usable:
            yield from _check_old(request, record, policy)
    yield from _check_name(filing, record, policy)


def _check_old(
    request: CorrectionRequest, record: StudentRecord, policy: Policy
) -> Iterator[Finding]:
    if request.field not in record.values:
        return
    kind = policy.vocabulary.fields[request.field].value
    typed, stored = read_value(kind, request.old), read_value(kind, record.values[request.field])
    same = typed.reading.read == stored.reading.read or (
        typed.key is not None and typed.key == stored.key
    )
    if same:
        return
    shown = (typed.reading.read, stored.reading.read)
    if kind is ValueType.ID_NUMBER:
        shown = (mask_number(shown[0]), mask_number(shown[1]))
    yield request_codes.RECORD_DISAGREES.at(
        request.location,
        student=request.number,
        field=request.field,
        column=policy.heading_of(request.status, "old"),
        typed=shown[0],
        record=shown[1],
    )


def _check_name(filing: Filing, record: StudentRecord, policy: Policy) -> Iterator[Finding]:
    """Yield a name that is not the record's, nor the one it shall become."""
    stored = read_name(record.values.get("name", "")).read
    accepted = {stored} | {
        row.request.new
        for row in filing.rows
        if row.request and policy.vocabulary.fields[row.request.field].value is ValueType.NAME
    }
    for row in filing.rows:
        if stored and row.name and row.name not in accepted:
            yield request_codes.RECORD_DISAGREES.at(
                row.location,
                student=filing.number,
                field="name",
                column=policy.heading_of(row.status, "name") if row.status else "name",
                typed=row.name,
                record=stored,
            )
            return
