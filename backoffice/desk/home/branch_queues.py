"""Queues of branches and centres: drafts, sheets, signatures."""

from django.db.models import Count, F, Q
from django.utils import timezone
from django.utils.translation import gettext as _

from backoffice.corrections.models import Case, CorrectionRequest
from backoffice.corrections.states import Event, State
from backoffice.desk.home.links import cases_list, requests_list, sheets_list
from backoffice.desk.home.queue import Queue
from backoffice.sheets.models import RequestSheet, SheetState
from backoffice.workflow.rights import holds_step

_WRITING = "corrections.change_case"
_SIGNING = "corrections.sign_correctionrequest"
_FILING = "sheets.file_requestsheet"


def drafting(account):
    """Yield what lies with a clerk, and what of theirs is to be signed."""
    mine = Case.objects.visible_to(account).filter(handler=account.person_id)
    sent_back = Q(requests__state=State.DRAFT, requests__events__event=Event.SEND_BACK)
    counts = mine.aggregate(
        drafts=Count("pk", Q(requests__state=State.DRAFT), distinct=True),
        sent_back=Count("pk", sent_back, distinct=True),
        returned=Count("pk", Q(requests__state=State.RETURNED), distinct=True),
    )
    returned = cases_list(mine="hands", state=State.RETURNED)
    yield Queue(_("Returned by headquarters"), counts["returned"], returned)
    # The registrar has reversals in hand, and writes no cases.
    if not account.has_perm(_WRITING):
        return
    drafts = cases_list(mine="hands", state=State.DRAFT)
    yield Queue(_("Sent back by the sign-off officer"), counts["sent_back"], drafts)
    yield Queue(_("Drafts"), counts["drafts"], drafts)
    submitted = CorrectionRequest.objects.visible_to(account).filter(state=State.SUBMITTED)
    yield Queue(
        _("Requests submitted, not signed off yet"),
        submitted.count(),
        requests_list(state=State.SUBMITTED),
        presses=False,
    )


def sheets(account):
    """Yield the sheets of a branch by what has to come next."""
    today = timezone.localdate()
    counts = RequestSheet.objects.visible_to(account).aggregate(
        open=Count("pk", Q(state=SheetState.OPEN, day__gte=today)),
        overdue=Count("pk", Q(state=SheetState.OPEN, day__lt=today)),
        closed=Count("pk", Q(state=SheetState.CLOSED)),
        signed=Count("pk", Q(state=SheetState.SIGNED)),
    )
    still_open = sheets_list(SheetState.OPEN)
    if account.has_perm(_FILING):
        signed, closed = sheets_list(SheetState.SIGNED), sheets_list(SheetState.CLOSED)
        yield Queue(_("Signed, scan to upload"), counts["signed"], signed)
        yield Queue(_("Out to be signed"), counts["closed"], closed, presses=False)
    if counts["overdue"]:
        yield Queue(_("Of days past, still open"), counts["overdue"], still_open)
    yield Queue(_("Open today"), counts["open"], still_open, presses=False)


def signing(account):
    """Yield the closed sheets with lines that wait for just this signature."""
    waiting = (
        CorrectionRequest.objects.visible_to(account, _SIGNING)
        .filter(
            state=State.SUBMITTED,
            sheet_lines__removed_at=None,
            sheet_lines__sheet__state=SheetState.CLOSED,
        )
        .annotate(sheet=F("sheet_lines__sheet"))
        .select_related("unit")
    )
    held = [each for each in waiting if holds_step(each.current_step, each, account)]
    closed = sheets_list(SheetState.CLOSED)
    yield Queue(_("Sheets"), len({each.sheet for each in held}), closed)
    yield Queue(_("Requests on them"), len(held), closed, presses=False)
