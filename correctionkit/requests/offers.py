"""What a student can ask for: the requests that a policy takes, before anything is typed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from correctionkit.catalog import request_codes
from correctionkit.findings import Finding
from correctionkit.policy.model import Policy
from correctionkit.requests.model import CorrectionRequest, StudentRecord
from correctionkit.requests.taken import check_taken
from correctionkit.terms import Severity


@dataclass(frozen=True, slots=True)
class Offer:
    """A field and reason that the policy takes; *findings* say why it is no ordinary one."""

    field: str
    reason: str
    exceptional: bool
    late: bool
    findings: tuple[Finding, ...]


def offers(
    policy: Policy, status: str, on: date, record: StudentRecord | None = None, *, number: str = ""
) -> tuple[Offer, ...]:
    """Return what *policy* takes for a student of *status* on the day *on*, in its own order.

    Where the record does not tell the intake, the student's *number* does, as a guess.  Each
    is judged as the only request of its filing, without a date of change.
    """
    return tuple(_offers(policy.on(on), status, on, record, number))


def _offers(
    policy: Policy, status: str, on: date, record: StudentRecord | None, number: str
) -> Iterator[Offer]:
    for field in policy.vocabulary.fields:
        for reason in policy.vocabulary.reasons:
            request = CorrectionRequest(
                number=number, name="", status=status, field=field, old="", new="", reason=reason
            )
            findings = tuple(check_taken(request, policy, on, record))
            if all(finding.severity is not Severity.ERROR for finding in findings):
                types = {finding.type for finding in findings}
                yield Offer(
                    field=field,
                    reason=reason,
                    exceptional=request_codes.REQUEST_EXCEPTIONAL in types,
                    late=request_codes.REQUEST_LATE in types,
                    findings=findings,
                )
