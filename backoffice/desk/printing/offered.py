"""Which papers of a case somebody is offered."""

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from backoffice.corrections.states import State

SEEING = "corrections.view_correctionrequest"
EVIDENCE = "evidence.view_evidencefile"
ORIGINALS = "evidence.read_original"
# Registrars, and auditors: those who keep the archive, and those who look into it.
_ARCHIVE = ("corrections.apply_correctionrequest", "roll.reveal_with_purpose")
_DECIDED = frozenset(
    {State.APPROVED, State.RETURNED, State.REJECTED, State.APPLIED, State.RECONCILED}
)


def papers_of(case, requests, account):
    """Return (address, words) of each paper of a case that *account* may print now."""
    offered = []
    if requests and account.has_perm(EVIDENCE, case):
        offered += [("cover", _("Cover of the evidence")), ("bundle", _("Cover and scans"))]
    if account.has_perm(SEEING, case) and any(each.state in _DECIDED for each in requests):
        offered.append(("notice", _("Notice of the decision")))
    if may_archive(account, case):
        offered.append(("case_file", _("Case file")))
    return [(reverse(f"printing:{name}", args=[case.pk]), words) for name, words in offered]


def may_archive(account, case):
    """Tell whether *account* may take the case file."""
    return account.has_perm(EVIDENCE, case) and any(
        account.has_perm(code, case) for code in _ARCHIVE
    )
