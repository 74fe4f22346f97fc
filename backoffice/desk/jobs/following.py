"""From the page that starts a job to the job's own; and the note of it on every page."""

from django.http import HttpResponseRedirect
from django.urls import reverse

from backoffice.jobs.models import Job

_FLAG = "jobs"


def follow(request, job):
    """Go to the page of a job that was just started, and keep it in sight from now on."""
    keep_in_sight(request)
    return HttpResponseRedirect(reverse("jobs:job", args=[job.pk]))


def keep_in_sight(request):
    """Let every page tell how many jobs are under way."""
    if not request.session.get(_FLAG):
        request.session[_FLAG] = True


def count_under_way(request):
    """Return how many jobs of the account are under way; asks nothing where none was started."""
    if not request.session.get(_FLAG):
        return 0
    count = Job.objects.of(request.user).under_way().count()
    if not count:
        del request.session[_FLAG]
    return count
