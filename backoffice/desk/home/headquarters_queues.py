"""Queues of headquarters: to decide, to apply, to reconcile; the trail; accounts."""

from django.db.models import Count, Q
from django.utils import timezone
from django.utils.translation import gettext as _

from backoffice.audit.acts import Act
from backoffice.audit.log import OFFICE, chain_of
from backoffice.audit.models import AuditEntry
from backoffice.corrections.models import CorrectionRequest
from backoffice.corrections.states import State
from backoffice.desk.home.links import (
    accounts_list,
    to_apply,
    to_decide,
    to_reconcile,
    trail_list,
)
from backoffice.desk.home.queue import Queue
from backoffice.desk.review.queues import split, waiting_cases
from backoffice.units.models import Account, Unit
from backoffice.workflow.reconciling import outstanding

_APPLYING = "corrections.apply_correctionrequest"
_KEEPING = "units.change_account"
_AUDITING = "audit.view_auditentry"


def deciding(account):
    """Yield the cases that wait for this reviewer."""
    parts = split(waiting_cases(account), account)
    free = [each.case for each in parts["free"]]
    exceptional = CorrectionRequest.objects.filter(
        case__in=free, state=State.FILED, exceptional=True
    )
    yield Queue(_("Taken by me"), len(parts["mine"]), to_decide("mine"))
    yield Queue(_("Waiting to be taken"), len(free), to_decide("free"))
    yield Queue(
        _("Exceptional cases among them"),
        exceptional.aggregate(cases=Count("case", distinct=True))["cases"],
        to_decide("free"),
        presses=False,
    )


def applying(account):
    """Yield the requests to write to the record, and to find in the outside register."""
    counts = CorrectionRequest.objects.visible_to(account, _APPLYING).aggregate(
        approved=Count("pk", Q(state=State.APPROVED, in_conflict=False)),
        conflict=Count("pk", Q(state=State.APPROVED, in_conflict=True)),
    )
    yield Queue(_("In conflict with the record"), counts["conflict"], to_apply("conflict"))
    yield Queue(_("Approved, to apply"), counts["approved"], to_apply("ready"))
    missing = outstanding(account).count()
    yield Queue(_("Not in the outside register yet"), missing, to_reconcile(), presses=False)


def trail(account):
    """Yield what an auditor looks at first, of today."""
    midnight = timezone.localtime().replace(hour=0, minute=0, second=0, microsecond=0)
    units = Unit.objects.below(account.standing_for(_AUDITING)).values_list("pk", flat=True)
    chains = [OFFICE, *map(chain_of, units)]
    counts = AuditEntry.objects.filter(at__gte=midnight, chain__in=chains).aggregate(
        reveals=Count("pk", Q(act=Act.RECORD_REVEAL)),
        failed=Count("pk", Q(act=Act.SIGN_IN_FAILED)),
        exports=Count("pk", Q(act=Act.EXPORT)),
        trails=Count("pk", Q(act=Act.AUDIT_EXPORT)),
    )
    for title, count, act in (
        (_("ID numbers shown"), counts["reveals"], Act.RECORD_REVEAL),
        (_("Failed sign-ins"), counts["failed"], Act.SIGN_IN_FAILED),
        (_("Exports"), counts["exports"], Act.EXPORT),
        (_("Exports of the audit trail"), counts["trails"], Act.AUDIT_EXPORT),
    ):
        yield Queue(title, count, trail_list(act, midnight.date()), presses=False)


def accounts(account):
    """Yield the accounts that an administrator keeps."""
    counts = Account.objects.visible_to(account, _KEEPING).aggregate(
        active=Count("pk", Q(is_active=True), distinct=True),
        idle=Count("pk", Q(is_active=True, last_login=None), distinct=True),
    )
    yield Queue(_("May sign in"), counts["active"], accounts_list(), presses=False)
    yield Queue(_("Have never signed in"), counts["idle"], accounts_list(), presses=False)
