"""States and events of a correction request, and the sets that are derived from them."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class State(models.TextChoices):
    """Where a request stands."""

    DRAFT = "draft", _("Draft")
    SUBMITTED = "submitted", _("Submitted")
    SIGNED_OFF = "signed_off", _("Signed off")
    FILED = "filed", _("Filed")
    APPROVED = "approved", _("Approved")
    RETURNED = "returned", _("Returned")
    REJECTED = "rejected", _("Rejected")
    WITHDRAWN = "withdrawn", _("Withdrawn")
    APPLIED = "applied", _("Applied")
    RECONCILED = "reconciled", _("Reconciled")


class Event(models.TextChoices):
    """What can happen to a request; the graph says from where to where."""

    SUBMIT = "submit", _("Submit")
    PASS_ON = "pass-on", _("Sign, and pass on")
    SIGN_OFF = "sign-off", _("Sign off")
    SEND_BACK = "send-back", _("Send back")
    LAPSE = "lapse", _("Sign-off lapses")
    FILE = "file", _("File")
    REPORT = "report", _("Report")
    REFER = "refer", _("Approve, and pass up")
    APPROVE = "approve", _("Approve")
    RETURN = "return", _("Return")
    REJECT = "reject", _("Reject")
    WITHDRAW = "withdraw", _("Withdraw")
    APPLY = "apply", _("Apply")
    REOPEN = "reopen", _("Return after a conflict")
    RECONCILE = "reconcile", _("Reconcile")


EDITABLE = frozenset({State.DRAFT, State.RETURNED})
UNDECIDED = frozenset({State.DRAFT, State.SUBMITTED, State.SIGNED_OFF, State.FILED, State.RETURNED})
CLOSED = frozenset({State.REJECTED, State.WITHDRAWN, State.APPLIED, State.RECONCILED})
OPEN = frozenset(State) - CLOSED
ON_ITS_WAY = frozenset({State.SUBMITTED, State.SIGNED_OFF, State.FILED})
