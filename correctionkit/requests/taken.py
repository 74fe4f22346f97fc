"""What a policy takes: at all, in time, or only as an exceptional case."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

from correctionkit.catalog import request_codes
from correctionkit.findings import Finding, FindingType
from correctionkit.policy.limits import DoubleCorrection, Outcome
from correctionkit.policy.model import Policy
from correctionkit.requests.limits import LimitMet, limits_met
from correctionkit.requests.model import CorrectionRequest, StudentRecord
from correctionkit.terms import Words

_NOT_LISTED = "not-listed"


def check_taken(
    request: CorrectionRequest,
    policy: Policy,
    on: date,
    record: StudentRecord | None = None,
    *,
    siblings: Sequence[CorrectionRequest] = (),
) -> Iterator[Finding]:
    """Yield why the policy takes such a request late, exceptionally, or not at all.

    *siblings* are all requests of the student in the filing.  No value is looked at.
    """
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
    siblings = siblings or (request,)
    doubles: list[LimitMet] = []
    others: list[LimitMet] = []
    for met in limits_met(request, siblings, policy, on, record):
        (doubles if isinstance(met.limit.condition, DoubleCorrection) else others).append(met)
    refused = [met for met in others if met.outcome is Outcome.NOT_ACCEPTED]
    for met in (*(refused or others), *doubles):
        yield from _say(met, request, siblings)


def is_taken(
    request: CorrectionRequest,
    policy: Policy,
    on: date,
    record: StudentRecord | None = None,
    *,
    siblings: Sequence[CorrectionRequest] = (),
) -> bool:
    """Tell whether the policy takes such a request at all, so that evidence is asked for."""
    found = check_taken(request, policy, on, record, siblings=siblings)
    return all(finding.type is not request_codes.REQUEST_NOT_ACCEPTED for finding in found)


def is_exceptional(
    request: CorrectionRequest,
    policy: Policy,
    on: date,
    record: StudentRecord | None = None,
    *,
    siblings: Sequence[CorrectionRequest] = (),
) -> bool:
    """Tell whether the policy takes such a request on the day *on* only as an exceptional case."""
    found = check_taken(request, policy.on(on), on, record, siblings=siblings)
    return any(finding.type is request_codes.REQUEST_EXCEPTIONAL for finding in found)


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


def _at(
    type_: FindingType, request: CorrectionRequest, *, clause: Words | None = None, **params: Any
) -> Finding:
    """Make a finding about *request*."""
    return type_.at(
        request.location, student=request.number, field=request.field, clause=clause, **params
    )
