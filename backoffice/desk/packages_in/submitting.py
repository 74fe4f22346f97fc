"""Submitting what a package became, case by case: one that is stopped stops no other."""

from dataclasses import dataclass

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from backoffice.corrections.models import Case
from backoffice.corrections.states import EDITABLE
from backoffice.desk.cases.sight import office_page
from backoffice.desk.findings import WordedFinding, worded
from backoffice.desk.packages_in.sight import package_in_sight
from backoffice.packages.models import IncomingState
from backoffice.workflow.refusals import Refused, SubmissionBlocked
from backoffice.workflow.submission import submit_case
from correctionkit.masking import mask_text

_SUBMITTING = "corrections.submit_correctionrequest"
# As many as a page answers for in a moment; the others wait for the next click.
MOST_AT_ONCE = 100


@dataclass(frozen=True, slots=True)
class Submitted:
    """What came of submitting one case."""

    case: Case
    name: str
    message: str
    is_done: bool
    findings: tuple[WordedFinding, ...] = ()


def cases_to_submit(package, account):
    """Return the cases of a package that were taken in and lie with *account*."""
    if package.state != IncomingState.TAKEN:
        return Case.objects.none()
    cases = Case.objects.visible_to(account).filter(
        pk__in=package.students.filter(became__in=("made", "added")).values("case"),
        handler=account.person_id,
        requests__state__in=sorted(EDITABLE),
    )
    return cases.distinct().order_by("pk")


@require_POST
def submit_view(request, pk):
    """Submit the cases of a package that lie with the account, and tell of each what came of it."""
    package = package_in_sight(request, pk)
    if not request.user.has_perm(_SUBMITTING, package.unit):
        raise PermissionDenied
    waiting = cases_to_submit(package, request.user).filter(pk__gt=_after(request))
    cases = waiting.select_related("record", "unit")[:MOST_AT_ONCE]
    outcomes = [_submit(case, request.user) for case in cases]
    last = max((each.case.pk for each in outcomes), default=0)
    done = sum(each.is_done for each in outcomes)
    context = {
        "title": _("Submit the cases of a package"),
        "package": package,
        # What was stopped first; what went through needs no look.
        "outcomes": sorted(outcomes, key=lambda each: each.is_done),
        "done": done,
        "stopped": len(outcomes) - done,
        "last": last,
        "left": waiting.filter(pk__gt=last).count() if outcomes else 0,
    }
    return office_page(request, "desk/packages_in/submitted.html", context)


def _after(request):
    """Return the last case that was tried before; what was stopped is not tried again."""
    text = request.POST.get("after", "")
    return int(text) if text.isdecimal() and text.isascii() and len(text) < 19 else 0


def _submit(case, account):
    name = f"{mask_text(case.record.name)} {case.record.shown_number}"
    try:
        submit_case(case.pk, by=account)
    except SubmissionBlocked as fault:
        errors = [each for each in worded(fault.findings, case.rules) if each.is_error]
        return Submitted(case, name, _("Not submitted."), is_done=False, findings=tuple(errors))
    except Refused as fault:
        return Submitted(case, name, fault.message, is_done=False)
    return Submitted(case, name, _("Submitted."), is_done=True)
