"""Check of requests: values, what the policy takes, the roll, the student as a whole."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

from correctionkit import names
from correctionkit.catalog import request_codes, value_codes
from correctionkit.codes import areas
from correctionkit.findings import Finding, FindingType
from correctionkit.masking import mask_number
from correctionkit.numbers import identity
from correctionkit.numbers.faults import NumberFault
from correctionkit.policy.model import Policy
from correctionkit.requests.agreement import check_agreement
from correctionkit.requests.model import CorrectionRequest, StudentRecord
from correctionkit.requests.taken import check_taken
from correctionkit.requests.values import Value, read_value, suggestion
from correctionkit.terms import ValueType


def check_student(
    requests: Sequence[CorrectionRequest],
    policy: Policy,
    on: date,
    record: StudentRecord | None = None,
) -> Iterator[Finding]:
    """Yield all findings about one student's requests of one filing, as of the day *on*.

    The fields, reasons and statuses of *requests* must be terms of the policy.
    """
    rules = policy.on(on)
    first_rows: dict[str, CorrectionRequest] = {}
    for request in requests:
        first = first_rows.setdefault(request.field, request)
        if first is not request:
            yield request_codes.REQUEST_REPEATED.at(
                request.location,
                student=request.number,
                field=request.field,
                first_row=first.location.row,
            )
        yield from check_request(request, rules, on, record, siblings=requests)
    yield from check_agreement(list(first_rows.values()), rules, on, record)


def check_request(
    request: CorrectionRequest,
    policy: Policy,
    on: date,
    record: StudentRecord | None = None,
    *,
    siblings: Sequence[CorrectionRequest] = (),
) -> Iterator[Finding]:
    """Yield the findings about one request, *siblings* being all of the student's."""
    yield from _check_values(request, policy, on, record)
    yield from check_taken(request, policy, on, record, siblings=siblings)


def _check_values(
    request: CorrectionRequest, policy: Policy, on: date, record: StudentRecord | None
) -> Iterator[Finding]:
    field = policy.vocabulary.fields[request.field]
    old, new = read_value(field.value, request.old), read_value(field.value, request.new)
    if old.reading.read and _same(field.value, old, new):
        yield _at(request_codes.REQUEST_UNCHANGED, request)
        return
    yield from _check_new(field.value, new, request, policy, on)


def _same(kind: ValueType, old: Value, new: Value) -> bool:
    if old.reading.read == new.reading.read:
        return True
    # Two words of one level of education may still tell completed from broken off.
    return kind is not ValueType.EDUCATION and old.key is not None and old.key == new.key


def _check_new(
    kind: ValueType, new: Value, request: CorrectionRequest, policy: Policy, on: date
) -> Iterator[Finding]:
    text = new.reading.read
    if not text:
        yield _unknown(policy, request, "", "missing")
    elif kind is ValueType.NAME:
        for fault in names.faults(text, max_length=policy.name_characters):
            yield _at(
                value_codes.NAME_INVALID, request, value=text, fault=fault.fault, **fault.params
            )
    elif kind is ValueType.ID_NUMBER:
        yield from _check_identity(text, request, on)
    elif new.key is None and kind is ValueType.DATE:
        yield _unknown(policy, request, text, "no-date")
    elif new.key is None:
        near = suggestion(kind, text)
        if near:
            yield _unknown(policy, request, text, "looks-like", suggestion=near)
        else:
            yield _unknown(policy, request, text, "not-in-list")


def _check_identity(text: str, request: CorrectionRequest, on: date) -> Iterator[Finding]:
    try:
        number = identity.check_identity(text, on)
    except NumberFault as fault:
        yield _at(
            value_codes.ID_INVALID,
            request,
            value=mask_number(text),
            fault=fault.fault,
            **fault.params,
        )
        return
    if number.area and areas.find(number.area) is None:
        yield _at(value_codes.ID_AREA_UNKNOWN, request, area=number.area, edition=areas.EDITION)


def _unknown(
    policy: Policy, request: CorrectionRequest, value: str, fault: str, **params: Any
) -> Finding:
    column = policy.heading_of(request.status, "new")
    return _at(
        value_codes.VALUE_UNKNOWN, request, column=column, value=value, fault=fault, **params
    )


def _at(type_: FindingType, request: CorrectionRequest, **params: Any) -> Finding:
    """Make a finding about *request*."""
    return type_.at(request.location, student=request.number, field=request.field, **params)
