"""Scans of signed sheets: received, read, and filed or thrown away together."""

from django.utils.translation import gettext as _

from backoffice.desk.findings import worded
from backoffice.desk.sheets.returning import compare, pages_of
from backoffice.desk.sheets.waiting import waiting_for
from backoffice.evidence.documents import MOST_PAGES
from backoffice.evidence.receiving import discard, receive
from backoffice.evidence.refusals import EvidenceRefused, NotReceived
from backoffice.policies.shelf import policy_of
from backoffice.sheets.models import SheetState
from backoffice.workflow.filing import file_sheet
from backoffice.workflow.refusals import Refusal, Refused


class NotFiled(Exception):
    """A file of the scan cannot be kept; *messages* says which and why."""

    def __init__(self, messages):
        super().__init__(f"{len(messages)} files")
        self.messages = messages


class Asked(Exception):
    """Something seems to lack on the scan; *waiting* is filed once the clerk says so."""

    def __init__(self, waiting, said):
        super().__init__(f"{len(said)} warnings")
        self.waiting = waiting
        self.said = said


def file_scans(typed, uploads, sheet, by):
    """File *sheet* with the files of its scan; return it with what is to be told.

    Its code is read from the pages; *typed* counts where none can be read.  Nothing stays
    stored of what was not filed.  Raises Refused, NotFiled, and Asked, which leaves the
    files waiting.
    """
    kept = []
    try:
        _receive(uploads, policy_of(sheet.policy), kept)
        comparison = compare(pages_of(kept), typed, sheet, by)
        if sheet.state != SheetState.SIGNED:
            raise Refused(Refusal.SHEET_STATE, sheet, state=sheet.get_state_display())
        if any(said.is_asked for said in comparison.said):
            asked = Asked(waiting_for(comparison, kept, by), comparison.said)
        else:
            warnings = [said.warn.value for said in comparison.said]
            code, came = comparison.revision.code, comparison.came
            filed = file_sheet(code, kept, by=by, sheet_pk=sheet.pk, came=came, warnings=warnings)
            return filed, comparison.said
    except BaseException:
        for each in kept:
            discard(each)
        raise
    raise asked


def file_waiting(waiting, by):
    """File what waited for the clerk's yes; raises Refused."""
    return file_sheet(
        waiting.code,
        waiting.files,
        by=by,
        sheet_pk=waiting.sheet,
        came=waiting.came,
        warnings=waiting.warnings,
    )


def _receive(uploads, rules, kept):
    """Receive all files into *kept*, so that all that is wrong is said at once."""
    faults = []
    for upload in uploads:
        try:
            kept.append(receive(upload, upload.name, rules.scan_bounds))
        except NotReceived as fault:
            faults += [
                _("%(file)s: %(message)s %(hint)s")
                % {"file": each.path, "message": each.message, "hint": each.hint}
                for each in worded(fault.findings, rules)
            ]
        except EvidenceRefused as fault:
            faults.append(
                _("%(file)s: %(message)s") % {"file": upload.name, "message": fault.message}
            )
        if not faults and sum(each.pages for each in kept) > MOST_PAGES:
            # Each page is read: no more at once than are read while somebody waits.
            faults.append(_("At most %(most)d pages at once.") % {"most": MOST_PAGES})
            break
    if faults:
        raise NotFiled(faults)
