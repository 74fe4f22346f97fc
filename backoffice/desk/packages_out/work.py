"""The long work of packages: composing and sending them beside the pages."""

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from backoffice.desk.packages_out.report import report_pdf
from backoffice.jobs.registry import job_kind
from backoffice.jobs.services import start
from backoffice.jobs.work import JobFailed
from backoffice.packages.models import PackageState
from backoffice.packages.outgoing_composing import compose
from backoffice.packages.outgoing_refusals import PackageRefused
from backoffice.packages.sending import send

COMPOSING, SENDING = "package-compose", "package-send"
_STAGES = {
    "collect": _("Collecting the requests"),
    "write": _("Writing the package"),
    "check": _("Checking the scans"),
    "send": _("Sending the parts"),
}
_FAILURES = {
    "refused": _("The package could not be sent as it is. Its page says why."),
    "not-accepted": _("Not all parts were sent. The page of the package says which."),
}


def package_page(job):
    """Return the address of the package that a job is about."""
    return reverse("admin:packages_outgoingpackage_change", args=[job.ref.partition(":")[2]])


def start_composing(package, by):
    """Have a package composed by a worker."""
    return start(COMPOSING, by=by, unit=package.unit, ref=_ref(package), package=package.pk)


def start_sending(package, by, *, again=None):
    """Have a package sent by a worker; *again* names a part that was perhaps sent."""
    more = {"again": again} if again else {}
    return start(SENDING, by=by, unit=package.unit, ref=_ref(package), package=package.pk, **more)


@job_kind(COMPOSING, label=_("Composing a package"), page=package_page, stages=_STAGES)
def compose_package(work, *, package):
    """Compose a package; once composed it stays as it is."""
    done = compose(package, report=report_pdf, progress=work.progress, hold=work.hold)
    if done.state == PackageState.FAULTY:
        return {"state": done.state}
    return {"state": done.state, "parts": done.parts.count()}


@job_kind(
    SENDING, label=_("Sending a package"), page=package_page, stages=_STAGES, failures=_FAILURES
)
def send_package(work, *, package, again=None):
    """Send what was not sent: a part that was perhaps sent waits for somebody's word.

    That word is for one attempt: one that was cut short may have sent the part.
    """
    again = again if work.job.attempts == 1 else None
    try:
        came = send(package, by=work.account, again=again, progress=work.progress)
    except PackageRefused as fault:
        reason = fault.refusal.name.lower().replace("_", "-")
        raise JobFailed("refused", reason=reason) from fault
    if came.failure:
        raise JobFailed("not-accepted", sent=came.sent, left=came.left, reason=came.failure)
    return {"sent": came.sent, "left": came.left}


def _ref(package):
    return f"outgoingpackage:{package.pk}"
