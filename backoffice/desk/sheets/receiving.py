"""Scans of signed sheets: received, and filed or thrown away together."""

from django.utils.translation import gettext as _

from backoffice.desk.findings import worded
from backoffice.evidence.receiving import discard, receive
from backoffice.evidence.refusals import EvidenceRefused, NotReceived
from backoffice.policies.shelf import policy_of
from backoffice.workflow.filing import file_sheet, find_revision
from backoffice.workflow.refusals import Refusal, Refused


class NotFiled(Exception):
    """A file of the scan cannot be kept; *messages* says which and why."""

    def __init__(self, messages):
        super().__init__(f"{len(messages)} files")
        self.messages = messages


def file_scans(code, uploads, sheet, by):
    """File *sheet* by the code typed, with the files of its scan, and return it.

    A wrong code is refused before anything is stored, and nothing stays stored of what was
    not filed.  Raises Refused and NotFiled.
    """
    revision = find_revision(code, by=by)
    if revision.sheet_id != sheet.pk:
        raise Refused(Refusal.OTHER_SHEET, revision.sheet, sheet=revision.sheet.number)
    kept = []
    try:
        _receive(uploads, policy_of(sheet.policy), kept)
        return file_sheet(code, kept, by=by, sheet_pk=sheet.pk)
    except BaseException:
        for each in kept:
            discard(each)
        raise


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
    if faults:
        raise NotFiled(faults)
