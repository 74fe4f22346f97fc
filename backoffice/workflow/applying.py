"""Applying: the approved value is written to the record, unless the record has moved on."""

from datetime import date

from django.utils import timezone
from django.utils.translation import gettext as _

from backoffice.audit.log import chain_of, office_transaction
from backoffice.corrections.states import Event, State
from backoffice.roll.fields import same_value, stored_value, text_of
from backoffice.roll.models import FormerName, StudentRecord, ValueChange, digest_of_identity
from backoffice.roll.services import change_value
from backoffice.units.models import Unit
from backoffice.workflow.performing import lock_request, move
from backoffice.workflow.refusals import Refusal, Refused
from backoffice.workflow.rights import ask_right
from correctionkit.numbers import identity
from correctionkit.numbers.faults import NumberFault
from correctionkit.requests.values import read_value
from correctionkit.terms import ValueType


def apply_request(pk, *, by, version=None):
    """Write an approved value to the record, and return the request.

    Where the record no longer says what the request took for the old value, nothing is
    overwritten: the request is marked as in conflict, and stays approved.  So it is for an ID
    number that another record holds, for which Refused is raised besides, naming both.
    """
    try:
        with office_transaction(by) as log:
            request = lock_request(pk, version)
            return write_to_record(request, by=by, log=log)
    except Refused as refused:
        if refused.refusal is Refusal.NUMBER_TAKEN:
            _keep_conflict(pk, by)
        raise


def reopen(pk, *, by, opinion="", version=None):
    """Return an approved request in conflict to its clerk, to start from what stands now."""
    with office_transaction(by) as log:
        request = lock_request(pk, version)
        return move(request, Event.REOPEN, by=by, log=log, opinion=opinion)


def write_to_record(request, *, by, log, ask=True):
    """Apply a request whose row is held; see :func:`apply_request`."""
    if request.state != State.APPROVED:
        raise Refused(Refusal.WRONG_STATE, request, state=State(request.state).label)
    if ask:
        ask_right(Event.APPLY, request, by)
    record = StudentRecord.objects.select_related("unit").filter(pk=request.record_id).held().get()
    kind = request.case.rules.vocabulary.fields[request.field].value
    if not same_value(kind, request.old, text_of(record, request.field)):
        return _mark_conflict(request, log)
    request.in_conflict = False
    text = read_value(kind, request.new).reading.read
    if kind is ValueType.ID_NUMBER:
        _ask_free(text, record, request, by)
    request.applied_change = _write(request, record, text, kind, by)
    move(request, Event.APPLY, by=by, log=log, ask=ask)
    log.add(
        "record-change",
        chain=chain_of(record.unit_id),
        ref=f"studentrecord:{record.pk}",
        change=request.applied_change_id,
    )
    return request


def _mark_conflict(request, log):
    request.in_conflict = True
    request.version += 1
    request.save()
    log.add(
        "request-conflict",
        chain=chain_of(request.unit_id),
        ref=f"correctionrequest:{request.pk}",
    )
    return request


def _keep_conflict(pk, by):
    """Mark a request whose number is taken, so that it can go back to its clerk."""
    with office_transaction(by) as log:
        request = lock_request(pk)
        if request.state == State.APPROVED and not request.in_conflict:
            _mark_conflict(request, log)


def _ask_free(number, record, request, by):
    # Whoever gives a number to another record at the same time would not see this one yet.
    Unit.objects.filter(parent=None).held()
    digest = digest_of_identity(number)
    other = StudentRecord.objects.with_identity(digest).exclude(pk=record.pk).first()
    if other:
        seen = StudentRecord.objects.visible_to(by).filter(pk=other.pk).exists()
        named = str(other) if seen else _("a record of another unit")
        raise Refused(Refusal.NUMBER_TAKEN, request, student=str(record), other=named)


def _write(request, record, text, kind, by):
    back = request.reverses
    cause = ValueChange.Cause.REVERSAL if back else ValueChange.Cause.CORRECTION
    stored = _stored(request.field, text, kind)
    change = change_value(record, request.field, stored, cause=cause, by=by)
    if back:
        _restore_carried(back.applied_change, change, record, by)
        FormerName.objects.filter(change=back.applied_change).delete()
    elif kind is ValueType.ID_NUMBER:
        _carry_birth_date(text, change, record, by)
    return change


def _stored(field, text, kind):
    if kind is ValueType.ID_NUMBER:
        return identity.compact(text) if text else ""
    if kind is ValueType.DATE:
        day = stored_value(field, text)
        return day.isoformat() if isinstance(day, date) else ""
    return text


def _carry_birth_date(number, change, record, by):
    """Derive the birth date from a corrected number: that is one request, not two."""
    try:
        born = identity.parse(number, timezone.localdate()).birth_date
    except NumberFault:
        return
    if born and born != record.birth_date:
        change_value(
            record, "birth_date", born.isoformat(), cause=change.cause, by=by, carried_by=change
        )


def _restore_carried(mistaken, change, record, by):
    for carried in mistaken.carried.all():
        if text_of(record, carried.field) == carried.new:
            change_value(
                record, carried.field, carried.old, cause=change.cause, by=by, carried_by=change
            )
