"""Pages of long work."""

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponseRedirect, JsonResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from backoffice.desk.cases.sight import office_page
from backoffice.desk.jobs.following import keep_in_sight
from backoffice.desk.jobs.shown import shown_job
from backoffice.desk.listing import CappedPaginator
from backoffice.jobs.models import Job
from backoffice.jobs.services import TooLate, cancel

_PER_PAGE = 50
_VIEWING = "jobs.view_job"


@require_safe
def list_view(request):
    """Show the jobs of the account, or of everybody whose jobs it may see."""
    account = request.user
    may_see_others = account.has_perm(_VIEWING)
    show = "all" if may_see_others and request.GET.get("show") == "all" else "mine"
    jobs = Job.objects.visible_to(account) if show == "all" else Job.objects.of(account)
    jobs = jobs.select_related("unit", "account__person")
    page = CappedPaginator(jobs, _PER_PAGE).get_page(request.GET.get("p"))
    context = {
        "title": _("Long work"),
        "show": show,
        "tabs": [("mine", _("Started by me")), ("all", _("Everybody's"))] if may_see_others else [],
        "page": page,
        "kept": f"show={show}&",
        "rows": [(job, shown_job(job, account)) for job in page.object_list],
    }
    return office_page(request, "desk/jobs/list.html", context)


@require_safe
def job_view(request, pk):
    """Show one job, and how far it is."""
    return _page(request, _in_sight(request, pk))


@require_safe
def progress_view(request, pk):
    """Tell how far the job is."""
    return JsonResponse(shown_job(_in_sight(request, pk), request.user).moving)


@require_http_methods(["GET", "HEAD", "POST"])
def stop_view(request, pk):
    """Ask whether the job is to be stopped, and stop it."""
    job = _in_sight(request, pk)
    if job.account_id != request.user.pk:
        raise PermissionDenied
    if request.method != "POST":
        context = {"title": _("Stop this work?"), "job": job}
        return office_page(request, "desk/jobs/stop.html", context)
    try:
        cancel(job.pk)
    except TooLate:
        words = _("It was too late to stop it: it has ended, or is writing its result just now.")
        return _page(request, _in_sight(request, pk), fault=words, status=409)
    return HttpResponseRedirect(reverse("jobs:job", args=[pk]))


def _page(request, job, *, fault="", status=200):
    if job.is_open and job.account_id == request.user.pk:
        keep_in_sight(request)
    shown = shown_job(job, request.user)
    context = {"title": shown.label, "job": job, "shown": shown, "fault": fault}
    return office_page(request, "desk/jobs/job.html", context, status)


def _in_sight(request, pk):
    jobs = Job.objects.visible_to(request.user).select_related("unit", "account__person")
    job = jobs.filter(pk=pk).first()
    if job is None:
        raise Http404(_("There is nothing here."))
    return job
