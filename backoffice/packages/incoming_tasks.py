"""Long work on packages on their way in: checking, and taking in."""

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from backoffice.jobs.registry import job_kind
from backoffice.jobs.services import start
from backoffice.jobs.work import Cancelled, JobFailed
from backoffice.packages.incoming_judging import judge_package
from backoffice.packages.incoming_receiving import forget_file, package_file
from backoffice.packages.incoming_refusals import IncomingRefusal, IncomingRefused
from backoffice.packages.incoming_taking import put_back, take_package
from backoffice.packages.models.incoming import IncomingPackage, IncomingState
from backoffice.workflow.refusals import Refusal, Refused

_STAGES = {"scans": _("Scans checked"), "students": _("Students taken in")}
_FAILURES = {each.name.lower().replace("_", "-"): each.value for each in IncomingRefusal} | {
    "no-policy": Refusal.NO_POLICY.value
}


def _page(job):
    return reverse("packages_in:package", args=[job.parameters["package"]])


def start_judging(package):
    """Have a package checked in the background, and return the job."""
    return _start("package-judge", package)


def start_taking(package):
    """Have a confirmed package taken in in the background, and return the job."""
    return _start("package-take", package)


def _start(kind, package):
    return start(kind, by=package.account, unit=package.unit, ref=package.ref, package=package.pk)


@job_kind(
    "package-judge",
    label=_("Check a package"),
    page=_page,
    stages=_STAGES,
    failures=_FAILURES,
)
def judge(work, *, package):
    """Check a package that was received."""
    row = _package(package)
    if row.state not in (IncomingState.RECEIVED, IncomingState.JUDGED):
        return {}
    try:
        _judge(row, work)
    except (IncomingRefused, Refused) as fault:
        raise JobFailed(_code(fault)) from fault
    return {"errors": row.errors, "warnings": row.warnings}


@job_kind(
    "package-take",
    label=_("Take a package in"),
    page=_page,
    stages=_STAGES,
    failures=_FAILURES,
)
def take(work, *, package):
    """Take a confirmed package in; one that is outdated is checked anew, to be confirmed again."""
    row = _package(package)
    try:
        with package_file(row) as path:
            take_package(
                row,
                path,
                hold=work.hold,
                progress=lambda done, total: work.progress(done, total, stage="students"),
            )
    except Cancelled:
        put_back(row)
        raise
    except IncomingRefused as fault:
        row.refresh_from_db()
        if row.state == IncomingState.TAKEN:
            return {}
        if fault.refusal is IncomingRefusal.GONE:
            put_back(row, trouble="gone")
        elif row.state == IncomingState.RECEIVED:
            _judge(row, work)
        raise JobFailed(_code(fault)) from fault
    forget_file(row)
    return {}


def _judge(package, work):
    with package_file(package) as path:
        judge_package(
            package,
            path,
            progress=lambda done, total: work.progress(done, total, stage="scans"),
        )


def _package(pk):
    rows = IncomingPackage.objects.select_related("unit", "account__person")
    return rows.get(pk=pk)


def _code(fault):
    if isinstance(fault, Refused):
        return "no-policy"
    return fault.refusal.name.lower().replace("_", "-")
