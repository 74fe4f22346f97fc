"""The evidence that a student's requests of one filing want, and what is missing of it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence, Set
from dataclasses import dataclass
from datetime import date

from correctionkit.catalog import evidence_codes
from correctionkit.findings import NOWHERE, Finding, Location
from correctionkit.policy.model import Policy, Requirement
from correctionkit.policy.rows import Clause
from correctionkit.requests.model import CorrectionRequest, StudentRecord
from correctionkit.requests.taken import is_taken
from correctionkit.requests.values import read_value
from correctionkit.terms import ValueType, Words


@dataclass(frozen=True, slots=True)
class Wanted:
    """A document that is needed, or of several *kinds* any one, and the fields that need it."""

    kinds: tuple[str, ...]
    clause: Words
    fields: tuple[str, ...]


def wanted(
    requests: Sequence[CorrectionRequest],
    policy: Policy,
    on: date,
    record: StudentRecord | None = None,
) -> tuple[Wanted, ...]:
    """Return which documents one student's *requests* need together, as of the day *on*.

    Documents come before choices, each once, under the clause that asks for it first.  What
    the policy does not take needs none; nor does a request whose new value must be known first.
    """
    rules = policy.on(on)
    needed: dict[tuple[str, ...], list[tuple[str, Clause]]] = {}
    choices: dict[tuple[str, ...], list[tuple[str, Clause]]] = {}
    for request in requests:
        need = _needed(request, requests, rules, on, record)
        for kind, clause in need.all_of if need else ():
            needed.setdefault((kind,), []).append((request.field, clause))
        if need and need.one_of and need.one_of_clause:
            choices.setdefault(need.one_of, []).append((request.field, need.one_of_clause))
    return tuple(
        Wanted(kinds, askers[0][1].words, tuple(dict.fromkeys(field for field, _ in askers)))
        for asked in (needed, choices)
        for kinds, askers in asked.items()
    )


def missing(wanted: Sequence[Wanted], present: Set[str]) -> tuple[Wanted, ...]:
    """Return those of *wanted* that none of the *present* kinds serves."""
    return tuple(each for each in wanted if present.isdisjoint(each.kinds))


def check_wanted(
    requests: Sequence[CorrectionRequest],
    present: Set[str],
    policy: Policy,
    on: date,
    record: StudentRecord | None = None,
    location: Location = NOWHERE,
) -> Iterator[Finding]:
    """Yield at *location* which documents of one student's *requests* are missing."""
    for each in missing(wanted(requests, policy, on, record), present):
        yield evidence_codes.EVIDENCE_MISSING.at(
            location,
            student=requests[0].number,
            field=each.fields[0],
            clause=each.clause,
            kinds=list(each.kinds),
            fields=list(each.fields),
        )


def are_needs_known(
    requests: Sequence[CorrectionRequest],
    policy: Policy,
    on: date,
    record: StudentRecord | None = None,
) -> bool:
    """Tell whether each request is taken and says what it needs: what else there is, is surplus."""
    rules = policy.on(on)
    return all(_needed(request, requests, rules, on, record) for request in requests)


def _needed(
    request: CorrectionRequest,
    siblings: Sequence[CorrectionRequest],
    policy: Policy,
    on: date,
    record: StudentRecord | None,
) -> Requirement | None:
    """Return what a request needs, None where it is not taken or its new value leaves that open."""
    if not is_taken(request, policy, on, record, siblings=siblings):
        return None
    field = policy.vocabulary.fields[request.field]
    education = None
    if field.value is ValueType.EDUCATION:
        key = read_value(field.value, request.new).key
        if key is None:
            return None
        education = int(key)
    status = policy.statuses[request.status].judged_as
    return policy.requirement(status, request.field, request.reason, education)
