"""Deciding: a reviewer takes a filed case and decides it field by field."""

from django.conf import settings
from django.utils import timezone

from backoffice.audit.log import chain_of, office_transaction
from backoffice.corrections.models import DecisionReason
from backoffice.corrections.states import Event, State
from backoffice.evidence.services import freeze_evidence
from backoffice.workflow.applying import write_to_record
from backoffice.workflow.performing import lock_case, lock_request, move
from backoffice.workflow.reasons import reason_for
from backoffice.workflow.refusals import Refusal, Refused
from backoffice.workflow.rights import holds_step, may_take_step

_TAKING = "corrections.take_case"
# Headquarters' own: a branch frees no case of a reviewer.
_FREEING = "corrections.apply_correctionrequest"
_VERDICTS = {
    Event.RETURN: DecisionReason.Verdict.RETURN,
    Event.REJECT: DecisionReason.Verdict.REJECT,
}


def take_case(pk, *, by, version=None):
    """Put a filed case on the desk of *by*, so that nobody else decides it meanwhile.

    Raises Refused where somebody else has it.
    """
    with office_transaction(by) as log:
        case = lock_case(pk, version)
        return _take(case, by, log)


def release_case(pk, *, by, version=None):
    """Put a case back for others; whoever applies values may do it for a reviewer."""
    with office_transaction(by) as log:
        case = lock_case(pk, version)
        if case.taken_by_id is None:
            return case
        if not may_release(case, by):
            raise Refused(Refusal.TAKEN, case, person=case.taken_by.name)
        case.taken_by = case.taken_at = None
        _save(case)
        log.add("case-release", chain=chain_of(case.unit_id), ref=f"case:{case.pk}")
        return case


def may_release(case, by):
    """Tell whether *by* may put a case back that somebody has taken."""
    return case.taken_by_id == by.person_id or by.has_perm(_FREEING, case)


def decide(request_pk, verdict, *, by, code="", opinion="", version=None):
    """Approve, return or reject one request, and return it.

    *verdict* is the event APPROVE, RETURN or REJECT; approving on a step that is not the last
    passes the request up.  Takes the case where nobody has.  Raises Refused.
    """
    with office_transaction(by) as log:
        request = lock_request(request_pk, version)
        case = request.case
        if case.taken_by_id and case.taken_by_id != by.person_id:
            raise Refused(Refusal.TAKEN, case, person=case.taken_by.name)
        reason = None
        if verdict in _VERDICTS:
            reason = reason_for(_VERDICTS[verdict], code, opinion)
        elif verdict is not Event.APPROVE:
            raise ValueError(verdict)
        event = verdict
        if event is Event.APPROVE and request.step < len(request.steps) - 1:
            event = Event.REFER
        move(request, event, by=by, log=log, reason=reason, opinion=opinion)
        # What was decided on stays, whatever becomes of the case's other requests.
        freeze_evidence(case)
        if event is Event.APPROVE and settings.OFFICE_APPLY_AT_ONCE:
            write_to_record(request, by=by, log=log, ask=False)
        _settle(case, by, log)
    return request


def _take(case, by, log):
    if not by.has_perm(_TAKING, case):
        raise Refused(Refusal.NOT_PERMITTED, case)
    if case.taken_by_id and case.taken_by_id != by.person_id:
        raise Refused(Refusal.TAKEN, case, person=case.taken_by.name)
    filed = list(case.requests.filter(state=State.FILED).select_related("unit"))
    if not filed:
        raise Refused(Refusal.NOTHING_TO_DO, case)
    if not any(may_take_step(request, by) for request in filed):
        raise Refused(_why_not(filed, by), case)
    if case.taken_by_id is None:
        case.taken_by, case.taken_at = by.person, timezone.now()
        _save(case)
        log.add("case-take", chain=chain_of(case.unit_id), ref=f"case:{case.pk}")
    return case


def _settle(case, by, log):
    """Keep the case on the desk as long as it has something for the same person to decide."""
    filed = case.requests.filter(state=State.FILED).select_related("unit")
    waiting = any(may_take_step(request, by) for request in filed)
    if waiting and case.taken_by_id is None:
        case.taken_by, case.taken_at = by.person, timezone.now()
        log.add("case-take", chain=chain_of(case.unit_id), ref=f"case:{case.pk}")
    elif not waiting:
        case.taken_by = case.taken_at = None
    _save(case)


def _why_not(filed, by):
    holds = any(holds_step(request.current_step, request, by) for request in filed)
    return Refusal.FOUR_EYES if holds else Refusal.NOT_YOUR_STEP


def _save(case):
    case.version += 1
    case.save(update_fields=["taken_by", "taken_at", "version", "changed_at"])
