"""Who may change the evidence of a case, and until when."""

from backoffice.corrections.states import EDITABLE, ON_ITS_WAY
from backoffice.evidence.refusals import EvidenceRefusal, EvidenceRefused

ADDING = "evidence.add_evidencefile"
REPLACING = "evidence.change_evidencefile"
REMOVING = "evidence.delete_evidencefile"


def may_edit(case, by, permission=ADDING):
    """Tell whether *by* may change the evidence of a case now."""
    return (
        by.has_perm(permission, case)
        and case.handler_id == by.person_id
        and _is_with_clerk(case, permission)
    )


def ask_editor(case, by, permission=ADDING, version=None):
    """Raise EvidenceRefused unless *by* may change the evidence of a case now."""
    if not by.has_perm(permission, case):
        raise EvidenceRefused(EvidenceRefusal.NOT_PERMITTED, case)
    if case.handler_id != by.person_id:
        raise EvidenceRefused(EvidenceRefusal.NOT_YOURS, case, person=case.handler.name)
    if version is not None and case.version != version:
        raise EvidenceRefused(EvidenceRefusal.STALE, case)
    if not _is_with_clerk(case, permission):
        raise EvidenceRefused(EvidenceRefusal.NOT_WITH_CLERK, case)


def _is_with_clerk(case, permission):
    """Tell whether something of the case is still with its clerk.

    What another request of it is being judged by may be added to, and not taken away.
    """
    states = set(case.requests.values_list("state", flat=True))
    if permission != ADDING and not states.isdisjoint(ON_ITS_WAY):
        return False
    return not states or not states.isdisjoint(EDITABLE)
