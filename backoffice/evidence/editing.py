"""Who may change the evidence of a case, and until when."""

from backoffice.corrections.states import EDITABLE
from backoffice.evidence.refusals import EvidenceRefusal, EvidenceRefused

ADDING = "evidence.add_evidencefile"
REPLACING = "evidence.change_evidencefile"
REMOVING = "evidence.delete_evidencefile"


def may_edit(case, by, permission=ADDING):
    """Tell whether *by* may change the evidence of a case now."""
    return (
        by.has_perm(permission, case) and case.handler_id == by.person_id and _is_with_clerk(case)
    )


def ask_editor(case, by, permission=ADDING, version=None):
    """Raise EvidenceRefused unless *by* may change the evidence of a case now."""
    if not by.has_perm(permission, case):
        raise EvidenceRefused(EvidenceRefusal.NOT_PERMITTED, case)
    if case.handler_id != by.person_id:
        raise EvidenceRefused(EvidenceRefusal.NOT_YOURS, case, person=case.handler.name)
    if version is not None and case.version != version:
        raise EvidenceRefused(EvidenceRefusal.STALE, case)
    if not _is_with_clerk(case):
        raise EvidenceRefused(EvidenceRefusal.NOT_WITH_CLERK, case)


def _is_with_clerk(case):
    states = set(case.requests.values_list("state", flat=True))
    return not states or not states.isdisjoint(EDITABLE)
