"""Signing of sheets, and sending back of single lines."""

from backoffice.audit.log import office_transaction
from backoffice.corrections.graph import on_earlier_step_before_filing
from backoffice.corrections.models import CorrectionRequest, DecisionReason
from backoffice.corrections.states import Event, State
from backoffice.sheets.models import SheetState
from backoffice.sheets.services import active_lines
from backoffice.workflow.performing import move
from backoffice.workflow.reasons import reason_for
from backoffice.workflow.refusals import Refusal, Refused
from backoffice.workflow.rights import holds_step
from backoffice.workflow.sheeting import leave_sheet, lock_sheet, sheet_pk_of


def sign_sheet(pk, *, by, revision, version=None, opinion=""):
    """Sign a closed sheet: every line whose step *by* holds moves on by it.

    *revision* is the one that was looked at.  Raises Refused, and signs nothing, where a line
    cannot be signed by *by*, or none waits for them.
    """
    with office_transaction(by) as log:
        sheet = lock_sheet(pk, version)
        if not by.has_perm("sheets.sign_requestsheet", sheet):
            raise Refused(Refusal.NOT_PERMITTED, sheet)
        if sheet.state != SheetState.CLOSED:
            raise Refused(Refusal.SHEET_STATE, sheet, state=sheet.get_state_display())
        if sheet.revision != revision:
            raise Refused(Refusal.STALE, sheet)
        requests = lock_lines(sheet)
        mine = [each for each in requests if waits_for(each, by)]
        if not mine:
            raise Refused(Refusal.NOTHING_TO_DO, sheet)
        for request in mine:
            move(request, _signature(request), by=by, log=log, sheet=sheet, opinion=opinion)
        if all(each.state == State.SIGNED_OFF for each in requests):
            sheet.state = SheetState.SIGNED
        sheet.version += 1
        sheet.save()
    return sheet


def send_back(request_pk, *, by, code, opinion="", version=None):
    """Send one line of a sheet back to its clerk, with a reason.

    The sheet goes on without it, as a new revision that has to be signed anew.
    """
    with office_transaction(by) as log:
        reason = reason_for(DecisionReason.Verdict.SEND_BACK, code, opinion)
        request = lock_line(request_pk, version)
        move(request, Event.SEND_BACK, by=by, log=log, reason=reason, opinion=opinion)
        leave_sheet(request, by=by, log=log, why="send-back")
    return request


def withdraw(request_pk, *, by, opinion="", version=None):
    """Take a request back before it is decided, from its sheet too."""
    with office_transaction(by) as log:
        request = lock_line(request_pk, version)
        move(request, Event.WITHDRAW, by=by, log=log, opinion=opinion)
        leave_sheet(request, by=by, log=log, why="withdrawal")
    return request


def lock_line(request_pk, version=None):
    """Return a request, holding its sheet's row if it has one, and then its own.

    Sheets come before requests wherever both are held, and cases are not held with them.
    """
    held = sheet_pk_of(request_pk)
    if held:
        lock_sheet(held)
    request = (
        CorrectionRequest.objects.select_related("case__handler", "case__unit", "unit", "record")
        .filter(pk=request_pk)
        .held()
        .get()
    )
    if version is not None and request.version != version:
        raise Refused(Refusal.STALE, request)
    if sheet_pk_of(request_pk) != held:
        # It was submitted meanwhile, and the sheet that it is on now would be held too late.
        raise Refused(Refusal.STALE, request)
    return request


def lock_lines(sheet):
    """Return the requests on a sheet, their rows held."""
    pks = [line.request_id for line in active_lines(sheet)]
    return list(
        CorrectionRequest.objects.select_related("case__unit", "unit", "record")
        .filter(pk__in=pks)
        .held()
        .order_by("pk")
    )


def waits_for(request, by):
    """Tell whether a request on a sheet waits for the signature of *by*."""
    step = request.current_step
    return (
        request.state == State.SUBMITTED
        and step is not None
        and step.is_before_filing
        and holds_step(step, request, by)
    )


def _signature(request):
    return Event.PASS_ON if on_earlier_step_before_filing(request) else Event.SIGN_OFF
