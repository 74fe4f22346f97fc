"""Taking back a mistaken apply: a linked request with a decision of its own."""

from django.db import IntegrityError, transaction

from backoffice.audit.log import chain_of, office_transaction
from backoffice.corrections.models import Case, CorrectionRequest
from backoffice.corrections.states import State
from backoffice.roll.fields import same_value, text_of
from backoffice.workflow.performing import lock_request, value_digest
from backoffice.workflow.refusals import Refusal, Refused
from backoffice.workflow.submission import submit_case

_REVERSIBLE = frozenset({State.APPLIED, State.RECONCILED})


def ask_reversal(pk, *, by, cause, version=None):
    """Ask to take an applied value back, giving the cause, and return the linked request.

    It is submitted and reported at once, and waits for somebody else's decision.  Raises
    Refused.
    """
    with office_transaction(by) as log:
        request = lock_request(pk, version)
        if not by.has_perm("corrections.reverse_correctionrequest", request):
            raise Refused(Refusal.NOT_PERMITTED, request)
        if request.state not in _REVERSIBLE or request.reverses_id:
            raise Refused(Refusal.NOT_APPLIED, request)
        if request.reversals.filter(state__in=sorted(_REVERSIBLE)).exists():
            raise Refused(Refusal.NOT_STANDING, request)
        if not cause.strip():
            raise Refused(Refusal.CAUSE_NEEDED, request)
        reversal = _draft(request, by, cause, log)
        (reversal,) = submit_case(reversal.case_id, by=by)
        return reversal


def _draft(request, by, cause, log):
    case, record = request.case, request.record
    field = case.rules.vocabulary.fields[request.field]
    if not same_value(field.value, request.applied_change.new, text_of(record, request.field)):
        raise Refused(Refusal.NOT_STANDING, request)
    kind = next((each.id for each in case.rules.kinds.values() if each.reverses), None)
    if kind is None:
        raise Refused(Refusal.KIND_UNKNOWN, request)
    back = Case.objects.create(
        unit=case.unit,
        record=record,
        kind=kind,
        policy=case.policy,
        policy_version=case.policy_version,
        overlays=case.overlays,
        policy_day=case.policy_day,
        cause=cause,
        handler=by.person,
    )
    log.add("case-create", chain=chain_of(case.unit_id), ref=f"case:{back.pk}", reverses=case.pk)
    try:
        with transaction.atomic():
            reversal = CorrectionRequest.objects.create(
                case=back,
                record=record,
                unit=case.unit,
                status=request.status,
                field=request.field,
                old=text_of(record, request.field),
                new=request.applied_change.old,
                reason=request.reason,
                reverses=request,
            )
    except IntegrityError as fault:
        raise Refused(Refusal.FIELD_TAKEN, request, field=field.label) from fault
    log.add(
        "request-reverse",
        chain=chain_of(case.unit_id),
        ref=f"correctionrequest:{reversal.pk}",
        digest=value_digest(reversal),
        reverses=request.pk,
    )
    return reversal
