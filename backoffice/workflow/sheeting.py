"""Request sheets: lines that come and go, closing, revisions."""

import logging
import traceback
from datetime import timedelta

from django.utils import timezone

from backoffice.audit.log import chain_of, office_transaction
from backoffice.corrections.states import Event, State
from backoffice.sheets.models import RequestSheet, SheetLine, SheetState
from backoffice.sheets.services import (
    active_lines,
    first_open_day,
    freeze_lines,
    open_sheet,
)
from backoffice.units.models import Unit
from backoffice.workflow.performing import move
from backoffice.workflow.refusals import Refusal, Refused

_FROZEN = frozenset({SheetState.CLOSED, SheetState.SIGNED})
_log = logging.getLogger(__name__)


def lock_sheet(pk, version=None):
    """Return a sheet and hold its row until the transaction ends.

    Raises Refused where it is no longer at *version*.
    """
    sheet = RequestSheet.objects.select_related("unit").filter(pk=pk).held().get()
    if version is not None and sheet.version != version:
        raise Refused(Refusal.STALE, sheet)
    return sheet


def put_on_sheet(requests, case, *, by, log):
    """Put requests of one case on the open sheet of today, or of the first day after it.

    Raises Refused where no unit above has the level that the policy signs at.
    """
    level = case.kind_rules.sheet
    unit = Unit.objects.nearest(case.unit, level)
    if unit is None:
        raise Refused(Refusal.NO_LEVEL, case, level=case.rules.vocabulary.levels[level].label)
    day = timezone.localdate()
    while True:
        # One that is closed is passed over unheld: others hold it before its requests.
        day = first_open_day(unit, case.kind, day)
        sheet, made = open_sheet(unit, case.kind, day, case.policy)
        if sheet.state == SheetState.OPEN:
            break
        day += timedelta(days=1)
    if made:
        log.add("sheet-open", chain=chain_of(unit), ref=f"requestsheet:{sheet.pk}")
    # What headquarters returned stood on a filed sheet, and goes on from there.
    SheetLine.objects.filter(request__in=requests, removed_at=None).update(
        removed_at=timezone.now()
    )
    for request in requests:
        SheetLine.objects.create(sheet=sheet, request=request)
    return sheet


def close_sheet(pk, *, by, version=None):
    """Close a sheet, so that its lines are frozen and can be signed.

    Raises Refused for a sheet of a day to come, or one that is not open.
    """
    with office_transaction(by) as log:
        sheet = lock_sheet(pk, version)
        if not by.has_perm("sheets.close_requestsheet", sheet):
            raise Refused(Refusal.NOT_PERMITTED, sheet)
        if sheet.state != SheetState.OPEN:
            raise Refused(Refusal.SHEET_STATE, sheet, state=sheet.get_state_display())
        if sheet.day > timezone.localdate():
            raise Refused(Refusal.SHEET_EARLY, sheet)
        return _close(sheet, by, log)


def close_overdue(now=None, *, sheets=None):
    """Close the sheets whose day is over, as midnight does, and return how many there were.

    All of them unless some are given.  One that cannot be closed stays as it is, which the
    program's log says, and keeps none of the others open.
    """
    today = timezone.localdate(now)
    rows = RequestSheet.objects.all() if sheets is None else sheets
    return sum(_close_by_itself(pk) for pk in rows.overdue(today).values_list("pk", flat=True))


def leave_sheet(request, *, by, log, why):
    """Take a request off its sheet, if it is on one.

    A sheet that was closed goes on as a new revision, and loses the signatures on it; of a
    filed one the line is made void.  The caller holds the sheet's row and the request's.
    """
    line = SheetLine.objects.filter(request=request, removed_at=None).first()
    if line is None:
        return
    sheet = line.sheet
    if sheet.state == SheetState.FILED:
        line.voided_at = timezone.now()
        line.save(update_fields=["voided_at"])
        return
    line.removed_at = timezone.now()
    line.save(update_fields=["removed_at"])
    sheet.version += 1
    if sheet.state in _FROZEN:
        _revise(sheet, by, log, why)
    sheet.save()


def sheet_pk_of(request_pk):
    """Return the key of the sheet that a request is on, or None."""
    lines = SheetLine.objects.filter(request=request_pk, removed_at=None)
    return lines.values_list("sheet_id", flat=True).first()


def _close_by_itself(pk):
    try:
        with office_transaction() as log:
            sheet = lock_sheet(pk)
            if sheet.state != SheetState.OPEN:
                return False
            _close(sheet, None, log)
            return True
    except Exception as fault:  # noqa: BLE001 - whatever is wrong with one, the rest goes on
        # Without what the fault says: a database's words hold the row.
        where = "".join(traceback.format_tb(fault.__traceback__))
        _log.error("Sheet %s was not closed: %s\n%s", pk, type(fault).__name__, where)
        return False


def _close(sheet, by, log):
    sheet.version += 1
    if not active_lines(sheet).exists():
        sheet.state = SheetState.VOID
        sheet.save()
        _log_voiding(log, "sheet-close", sheet)
        return sheet
    sheet.state = SheetState.CLOSED
    revision = freeze_lines(sheet, by=by, why="closing")
    sheet.save()
    _log_freezing(log, "sheet-close", sheet, revision)
    return sheet


def _revise(sheet, by, log, why):
    lines = list(active_lines(sheet))
    if not lines:
        sheet.state = SheetState.VOID
        _log_voiding(log, "sheet-revise", sheet)
        return
    for line in lines:
        request = line.request
        if request.state == State.SIGNED_OFF or request.step:
            move(request, Event.LAPSE, by=by, log=log, ask=False)
    sheet.state = SheetState.CLOSED
    revision = freeze_lines(sheet, by=by, why=why)
    _log_freezing(log, "sheet-revise", sheet, revision)


def _log_freezing(log, act, sheet, revision):
    log.add(
        act,
        chain=chain_of(sheet.unit_id),
        ref=f"requestsheet:{sheet.pk}",
        digest=revision.lines_hash,
        revision=revision.number,
    )


def _log_voiding(log, act, sheet):
    log.add(act, chain=chain_of(sheet.unit_id), ref=f"requestsheet:{sheet.pk}", void=True)
