"""What waits for somebody: their queues with counts, by what they may do."""

from django.utils.translation import gettext_lazy as _

from backoffice.desk.home.branch_queues import drafting, sheets, signing
from backoffice.desk.home.headquarters_queues import accounts, applying, deciding, trail
from backoffice.desk.home.queue import Group

# In the order in which a request meets them.
_GROUPS = (
    ("corrections.submit_correctionrequest", _("My cases"), drafting),
    ("sheets.close_requestsheet", _("Request sheets"), sheets),
    ("corrections.sign_correctionrequest", _("To sign"), signing),
    ("corrections.decide_correctionrequest", _("To decide"), deciding),
    ("corrections.apply_correctionrequest", _("To bring into effect"), applying),
    ("audit.view_auditentry", _("Audit trail, today"), trail),
    ("units.change_account", _("Accounts"), accounts),
)


def groups_of(account):
    """Return the groups of queues of an account, by its permissions."""
    return [
        Group(str(title), tuple(queues(account)))
        for permission, title, queues in _GROUPS
        if account.has_perm(permission)
    ]
