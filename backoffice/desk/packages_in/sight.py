"""Packages in sight: one's own, as long as one may bring packages in."""

from django.http import Http404
from django.utils.translation import gettext as _

from backoffice.jobs.models import Job
from backoffice.packages.models import IncomingPackage


def package_in_sight(request, pk):
    """Return a package of the account; one of somebody else answers as if there were none."""
    rows = IncomingPackage.objects.visible_to(request.user).select_related("unit", "account")
    package = rows.filter(pk=pk).first()
    if package is None:
        raise Http404(_("There is nothing here."))
    return package


def job_under_way(package):
    """Return the job that is at work on a package, or None."""
    return Job.objects.under_way().filter(ref=package.ref).first()
