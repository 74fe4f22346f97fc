"""The page of one package: its parts, what the check said, its requests, what may be done."""

from dataclasses import dataclass

from django.core.paginator import Paginator
from django.utils.translation import gettext as _

from backoffice.desk.findings import WordedFinding, worded
from backoffice.desk.packages_out.words import failure_words, shown_bytes, worded_faults
from backoffice.jobs.models import Job
from backoffice.kept_findings import CodeUnknown, from_json
from backoffice.packages.models import OutgoingPackage, OutgoingPart, PartState
from backoffice.packages.outgoing_parts import most_bytes
from backoffice.packages.outgoing_refusals import PackageRefused
from backoffice.packages.outgoing_services import (
    ADDING,
    DISCARDING,
    SENDABLE_STATES,
    SENDING,
    ask_current,
)
from backoffice.packages.sending import recipient_of
from backoffice.packages.sending_mail import can_mail
from backoffice.words import say

_PER_PAGE = 100
_MOST_FINDINGS = 100


@dataclass(frozen=True, slots=True)
class ShownPart:
    """One part with its findings in words."""

    part: OutgoingPart
    size: str
    failure: str
    findings: list[WordedFinding]
    more: int
    is_uncertain: bool


def package_context(request, package):
    """Return what the page of a package shows to the account."""
    account, rules = request.user, package.rules
    may_send = account.has_perm(SENDING, package) and package.state in SENDABLE_STATES
    lines = package.lines.select_related("request__case__unit", "request__record", "part")
    page = Paginator(lines.order_by("part__number", "pk"), _PER_PAGE)
    page = page.get_page(request.GET.get("p"))
    reason = rules.vocabulary.reasons.get(package.reason)
    return {
        "title": package.subject or str(package),
        "package": package,
        "original": package,
        "reason": say(reason.label) if reason else "",
        "policy": say(rules.heading.title),
        "zip_limit": shown_bytes(most_bytes(package.limit_mb)),
        "faults": worded_faults(package),
        "parts": [_shown(each, rules) for each in package.parts.select_related("sent_by__person")],
        "page": page,
        "lines": [(line, _field(line.request)) for line in page.object_list],
        "job": _job(package, account),
        "other_revisions": _other_revisions(package, account),
        "recipient": recipient_of(package),
        "can_mail": can_mail(),
        "may_send": may_send,
        "stale": _stale(package) if may_send else "",
        "may_download": account.has_perm(SENDING, package),
        "may_renew": not under_way(package)
        and not OutgoingPackage.objects.is_renewed(package)
        and account.has_perm(ADDING, package),
        "may_discard": not (package.was_sent or under_way(package))
        and account.has_perm(DISCARDING, package),
    }


def under_way(package):
    """Tell whether a worker composes or sends the package, or is about to."""
    return Job.objects.under_way().filter(ref=f"outgoingpackage:{package.pk}").exists()


def _shown(part, rules):
    try:
        findings = worded(from_json(part.findings), rules)
    except CodeUnknown:
        # Of a release with codes that this one does not know.
        findings = []
    return ShownPart(
        part=part,
        size=shown_bytes(part.size),
        failure=failure_words(part),
        findings=findings[:_MOST_FINDINGS],
        more=max(len(findings) - _MOST_FINDINGS, 0),
        is_uncertain=part.state in (PartState.UNCERTAIN, PartState.SENDING),
    )


def _field(request):
    term = request.case.rules.vocabulary.fields.get(request.field)
    return say(term.label) if term else request.field


def _job(package, account):
    """Return the job of the account that works on the package, or None."""
    jobs = Job.objects.under_way().filter(ref=f"outgoingpackage:{package.pk}")
    return jobs.filter(account=account).first()


def _other_revisions(package, account):
    rows = OutgoingPackage.objects.visible_to(account).filter(
        unit=package.unit, year=package.year, batch=package.batch
    )
    return rows.exclude(pk=package.pk).order_by("-revision")


def _stale(package):
    """Say why a composed package is not what the office holds by now, or nothing."""
    try:
        ask_current(package)
    except PackageRefused as refused:
        return refused.message
    return ""


def label_of(package):
    """Return what a package is called in lists: its batch, and which revision of it."""
    words = _("Batch %(batch)d of %(year)d")
    label = words % {"batch": package.batch, "year": package.year}
    if package.revision > 1:
        label += _(", revision %(revision)d") % {"revision": package.revision}
    return label
