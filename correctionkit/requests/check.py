"""Check of requests: values, what the policy takes, the roll, the student as a whole."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

from correctionkit import names
from correctionkit.catalog import request_codes, value_codes
from correctionkit.codes import areas
from correctionkit.findings import Finding
from correctionkit.masking import mask_number
from correctionkit.numbers import identity
from correctionkit.numbers.faults import NumberFault
from correctionkit.policy.limits import DoubleCorrection, Outcome
from correctionkit.policy.model import Policy
from correctionkit.requests.agreement import check_agreement
from correctionkit.requests.limits import LimitMet, limits_met
from correctionkit.requests.model import CorrectionRequest, StudentRecord
from correctionkit.requests.values import Value, read_value, suggestion
from correctionkit.terms import ValueType, Words

_NOT_LISTED = "not-listed"


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
    yield from _check_taken(request, siblings or (request,), policy, on, record)


def is_taken(
    request: CorrectionRequest,
    policy: Policy,
    on: date,
    record: StudentRecord | None = None,
    *,
    siblings: Sequence[CorrectionRequest] = (),
) -> bool:
    """Tell whether the policy takes such a request at all, so that evidence is asked for."""
    status = policy.statuses[request.status].judged_as
    if not policy.accepts(status, request.field, request.reason):
        return False
    return not any(
        met.outcome is Outcome.NOT_ACCEPTED
        and not isinstance(met.limit.condition, DoubleCorrection)
        for met in limits_met(request, siblings or (request,), policy, on, record)
    )


def _check_taken(
    request: CorrectionRequest,
    siblings: Sequence[CorrectionRequest],
    policy: Policy,
    on: date,
    record: StudentRecord | None,
) -> Iterator[Finding]:
    status = policy.statuses[request.status].judged_as
    if not policy.accepts(status, request.field, request.reason):
        yield _at(
            request_codes.REQUEST_NOT_ACCEPTED,
            request,
            status=request.status,
            reason=request.reason,
            rule=_NOT_LISTED,
        )
        return
    doubles: list[LimitMet] = []
    others: list[LimitMet] = []
    for met in limits_met(request, siblings, policy, on, record):
        (doubles if isinstance(met.limit.condition, DoubleCorrection) else others).append(met)
    refused = [met for met in others if met.outcome is Outcome.NOT_ACCEPTED]
    for met in (*(refused or others), *doubles):
        yield from _say(met, request, siblings)


def _say(
    met: LimitMet, request: CorrectionRequest, siblings: Sequence[CorrectionRequest]
) -> Iterator[Finding]:
    rule = met.limit.rule
    words = {
        "rule_en": rule.en.format_map(met.params),
        "rule_zh": rule.zh.format_map(met.params),
    }
    if isinstance(met.limit.condition, DoubleCorrection):
        yield from _say_double(met, met.limit.condition, request, siblings)
        return
    types = {
        Outcome.LATE: request_codes.REQUEST_LATE,
        Outcome.EXCEPTIONAL: request_codes.REQUEST_EXCEPTIONAL,
        Outcome.NOT_ACCEPTED: request_codes.REQUEST_NOT_ACCEPTED,
    }
    yield _at(
        types[met.outcome],
        request,
        clause=met.limit.clause,
        status=request.status,
        reason=request.reason,
        rule=met.limit.kind,
        **words,
        **met.params,
    )


def _say_double(
    met: LimitMet,
    condition: DoubleCorrection,
    request: CorrectionRequest,
    siblings: Sequence[CorrectionRequest],
) -> Iterator[Finding]:
    """Say a double correction once: at the last of the requests that make it."""
    together = [each for each in siblings if each.field in condition.fields]
    if together[-1] is not request:
        return
    yield request_codes.REQUEST_DOUBLE.at(
        request.location,
        student=request.number,
        field=request.field,
        clause=met.limit.clause,
        fields=sorted(condition.fields),
        rows=[each.location.row for each in together if each.location.row],
    )


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


def _at(
    type_: Any, request: CorrectionRequest, *, clause: Words | None = None, **params: Any
) -> Finding:
    """Make a finding about *request*."""
    finding: Finding = type_.at(
        request.location,
        student=request.number,
        field=request.field,
        clause=clause,
        **params,
    )
    return finding
