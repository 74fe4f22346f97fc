"""The page of one sheet: its lines, who signed, what may be done with it by whom."""

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from backoffice.desk.purpose import may_reveal, needs_purpose, stated_purpose
from backoffice.desk.sheets.forms import FilingForm
from backoffice.desk.sheets.lines import counts_of, lines_of
from backoffice.desk.sheets.signatures import signatures_of
from backoffice.policies.shelf import policy_of
from backoffice.sheets.models import SheetState
from backoffice.words import say
from backoffice.workflow.signing import waits_for

# Why a revision was made, as the services write it.
WHY = {
    "closing": _("Closing"),
    "send-back": _("A line was sent back"),
    "withdrawal": _("A line was withdrawn"),
}
VERDICT = "send-back"


def kind_label(sheet):
    """Return what the sheet's policy calls its kind of request."""
    kind = policy_of(sheet.policy).kinds.get(sheet.kind)
    return say(kind.label) if kind else sheet.kind


def sheet_context(request, sheet, *, revealed=False, filing=None):
    """Return what the page of a sheet shows to the account."""
    account = request.user
    lines = lines_of(sheet, account, revealed=revealed)
    fields, reasons = counts_of(lines)
    mine = [line for line in lines if waits_for(line.request, account)]
    may_sign = (
        sheet.state == SheetState.CLOSED
        and bool(mine)
        and account.has_perm("sheets.sign_requestsheet", sheet)
    )
    may_file = sheet.state == SheetState.SIGNED and account.has_perm(
        "sheets.file_requestsheet", sheet
    )
    revisions = list(sheet.revisions.select_related("frozen_by__person").order_by("-number"))
    return {
        "title": _("Request sheet %(number)s") % {"number": sheet.number},
        "original": sheet,
        "sheet": sheet,
        "kind": kind_label(sheet),
        "revision": revisions[0] if revisions else None,
        "earlier": _earlier(revisions),
        "lines": lines,
        "field_counts": fields,
        "reason_counts": reasons,
        "signatures": signatures_of(lines),
        "mine": mine,
        "may_close": (
            sheet.state == SheetState.OPEN
            and sheet.day <= timezone.localdate()
            and account.has_perm("sheets.close_requestsheet", sheet)
        ),
        "may_sign": may_sign,
        "may_print": (
            sheet.state in (SheetState.CLOSED, SheetState.SIGNED, SheetState.FILED)
            and account.has_perm("sheets.print_requestsheet", sheet)
        ),
        "filing": (filing or FilingForm()) if may_file else None,
        "scans": _scans(sheet, account),
        "revealed": revealed,
        "may_reveal": may_reveal(account, sheet) and not revealed,
        "asks_purpose": needs_purpose(account, sheet) and not stated_purpose(request),
    }


def _earlier(revisions):
    """Return the revisions that lapsed, each with why the next one took its place."""
    later = {revision.number: revision for revision in revisions}
    return [
        (revision, WHY.get(later[revision.number + 1].why, ""), later[revision.number + 1])
        for revision in revisions[1:]
    ]


def _scans(sheet, account):
    if sheet.state != SheetState.FILED or not account.has_perm("sheets.view_signedscan", sheet):
        return []
    revision = sheet.revision_in_force
    return [
        (scan, range(1, scan.pages + 1)) for scan in revision.scans.select_related("uploaded_by")
    ]
