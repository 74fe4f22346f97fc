"""Filing of sheets: the signed scan comes back, and all lines go to headquarters."""

import re
import unicodedata

from django.utils import timezone

from backoffice.audit.log import chain_of, office_transaction
from backoffice.corrections.states import Event
from backoffice.sheets.models import SheetRevision, SheetState, SignedScan
from backoffice.workflow.performing import move
from backoffice.workflow.refusals import Refusal, Refused
from backoffice.workflow.sheeting import lock_sheet
from backoffice.workflow.signing import lock_lines

_DASHES = re.compile("[‐‑‒–—―−ー一]")


def find_revision(code, *, by):
    """Return the revision whose print carries *code*, as typed in any case and with spaces.

    Raises Refused where there is none in sight of *by*, or a later one is in force.
    """
    revisions = SheetRevision.objects.select_related("sheet__unit")
    revision = revisions.filter(code__iexact=plain_code(code)).first()
    if revision is None or not by.has_perm("sheets.view_requestsheet", revision.sheet):
        raise Refused(Refusal.CODE_UNKNOWN)
    ask_in_force(revision)
    return revision


def find_printed(code, *, by):
    """Return the revision that a code read from a print is of; raises as find_revision does.

    The print must say of its lines and of the audit trail what was frozen.
    """
    revision = find_revision(code.short, by=by)
    frozen = (revision.lines_hash, revision.chain_hash)
    if (code.lines_digest, code.chain_head) != frozen:
        raise Refused(
            Refusal.PRINT_UNKNOWN,
            revision.sheet,
            sheet=revision.sheet.number,
            revision=revision.number,
        )
    return revision


def ask_in_force(revision):
    """Raise Refused unless the revision is the one of its sheet that may be signed and filed."""
    sheet = revision.sheet
    if sheet.state == SheetState.VOID:
        raise Refused(Refusal.SHEET_STATE, sheet, state=sheet.get_state_display())
    if revision.number != sheet.revision:
        raise Refused(Refusal.REVISION_LAPSED, sheet, revision=sheet.revision, sheet=sheet.number)


def file_sheet(code, scans, *, by, sheet_pk=None, came="typed", warnings=()):
    """File a signed sheet by the code on its print, with the pages of its scan.

    *scans* are files as they were received and stored; *came* says whether the code was typed
    or read, *warnings* what the clerk was told of them, in plain words for the log.  Raises
    Refused, and files nothing, for a lapsed revision, another sheet than *sheet_pk*, or lines
    that lack a signature.
    """
    with office_transaction(by) as log:
        revision = find_revision(code, by=by)
        if sheet_pk is not None and revision.sheet_id != sheet_pk:
            raise Refused(Refusal.OTHER_SHEET, revision.sheet, sheet=revision.sheet.number)
        sheet = lock_sheet(revision.sheet_id)
        revision.sheet = sheet
        ask_in_force(revision)
        if not by.has_perm("sheets.file_requestsheet", sheet):
            raise Refused(Refusal.NOT_PERMITTED, sheet)
        if sheet.state != SheetState.SIGNED:
            raise Refused(Refusal.SHEET_STATE, sheet, state=sheet.get_state_display())
        if not scans:
            raise Refused(Refusal.SCAN_MISSING, sheet)
        for request in lock_lines(sheet):
            move(request, Event.FILE, by=by, log=log, sheet=sheet)
        _keep(scans, revision, by)
        sheet.state, sheet.filed_at = SheetState.FILED, timezone.now()
        sheet.version += 1
        sheet.save()
        log.add(
            "sheet-file",
            chain=chain_of(sheet.unit_id),
            ref=f"requestsheet:{sheet.pk}",
            digest=revision.lines_hash,
            revision=revision.number,
            scans=[scan.sha256 for scan in scans],
            code=came,
            pages=sum(scan.pages for scan in scans),
            warnings=list(warnings),
        )
    return sheet


def plain_code(code):
    """Return a code or number of a sheet as printed, however it is typed."""
    narrow = unicodedata.normalize("NFKC", code)
    return "".join(_DASHES.sub("-", narrow).split()).upper()


def _keep(scans, revision, by):
    SignedScan.objects.bulk_create(
        SignedScan(
            revision=revision,
            position=position,
            stored=scan.original,
            clean=scan.clean,
            received_as=scan.received_as,
            format=scan.format,
            size=scan.size,
            pages=scan.pages,
            sha256=scan.sha256,
            uploaded_by=by.person,
        )
        for position, scan in enumerate(scans, 1)
    )
