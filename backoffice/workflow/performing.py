"""The one service that moves requests: lock, state, condition, right, transition, save, audit."""

from django.utils import timezone
from django_fsm import can_proceed

from backoffice.audit.log import chain_of, office_transaction
from backoffice.corrections.models import Case, CorrectionRequest, RequestEvent
from backoffice.corrections.states import Event, State
from backoffice.sealing.digests import keyed_digest
from backoffice.workflow.refusals import Refusal, Refused
from backoffice.workflow.rights import act_of, ask_right

# What needs nothing else to be done with it.
_PLAIN = frozenset({Event.PASS_ON, Event.SIGN_OFF, Event.REPORT, Event.RECONCILE})

# What comes with a sheet, where the policy has one.
_BY_SHEET = frozenset({Event.PASS_ON, Event.SIGN_OFF, Event.FILE})

_METHODS = {event: event.value.replace("-", "_") for event in Event} | {Event.RETURN: "return_"}


def lock_case(pk, version=None):
    """Return a case and hold its row until the transaction ends.

    Raises Refused where it is no longer at *version*.
    """
    case = (
        Case.objects.select_related("unit", "record", "handler", "taken_by")
        .filter(pk=pk)
        .held()
        .get()
    )
    _ask_version(case, version)
    return case


def lock_request(pk, version=None):
    """Return a request and hold its row and its case's until the transaction ends."""
    case_pk = CorrectionRequest.objects.values_list("case_id", flat=True).get(pk=pk)
    case = lock_case(case_pk)
    request = CorrectionRequest.objects.select_related("unit", "record").filter(pk=pk).held().get()
    request.case = case
    _ask_version(request, version)
    return request


def perform(pk, event, *, by, version=None, **details):
    """Cause *event* on one request, as *by*, and log it.

    For events that need nothing else to be done; the others have services of their own.
    Raises Refused, and changes nothing, when it may not happen.
    """
    if event not in _PLAIN:
        raise ValueError(f"{event} has a service of its own")
    with office_transaction(by) as log:
        request = lock_request(pk, version)
        return move(request, event, by=by, log=log, **details)


def move(
    request,
    event,
    *,
    by,
    log,
    reason=None,
    opinion="",
    sheet=None,
    ask=True,
):
    """Cause *event* on a request whose row is held, inside the caller's transaction.

    *sheet* is the sheet by which it comes.  Without *ask* rights are not asked: for what
    follows by itself from an event whose rights were.
    """
    method = getattr(request, _METHODS[event])
    source, step = State(request.state), request.current_step
    if not can_proceed(method, check_conditions=False):
        raise Refused(Refusal.WRONG_STATE, request, state=source.label)
    if event in _BY_SHEET and sheet is None and request.case.kind_rules.sheet:
        raise Refused(Refusal.ON_SHEET, request)
    if not can_proceed(method):
        raise Refused(Refusal.BLOCKED, request)
    act = ""
    if ask:
        ask_right(event, request, by, unit_owner=sheet if event is Event.FILE else None)
        act = act_of(event, request, by)
    elif event is Event.SUBMIT:
        raise AssertionError("submitting is always somebody's act")
    method()
    request.version += 1
    if request.state != source:
        request.state_since = timezone.now()
    request.save()
    RequestEvent.objects.create(
        request=request,
        event=event,
        source=source,
        target=request.state,
        act=act,
        person=by.person if by else None,
        account=by,
        reason=reason,
        opinion=opinion,
    )
    log.add(
        f"request-{event.value}",
        chain=chain_of(request.unit_id),
        ref=f"correctionrequest:{request.pk}",
        digest=value_digest(request),
        source=str(source),
        target=str(request.state),
        step=step.act if step else None,
        reason=reason.code if reason else None,
        opinion=keyed_digest(opinion, "opinion") if opinion else None,
    )
    return request


def value_digest(request):
    """Return the digest that ties an entry of the log to what the request asked for."""
    parts = (str(request.record_id), request.field, request.old, request.new, request.reason)
    return keyed_digest("\0".join(parts), "request value")


def _ask_version(row, version):
    if version is not None and row.version != version:
        raise Refused(Refusal.STALE, row)
