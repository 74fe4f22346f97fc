"""What is done with a package: checked anew, taken in, dropped."""

import re

from django.contrib import messages
from django.http import HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from backoffice.desk.jobs.following import follow
from backoffice.desk.packages_in.sight import job_under_way, package_in_sight
from backoffice.packages.incoming_receiving import drop_package
from backoffice.packages.incoming_refusals import IncomingRefusal, IncomingRefused
from backoffice.packages.incoming_taking import confirm
from backoffice.packages.incoming_tasks import start_judging, start_taking
from backoffice.packages.models import IncomingChoice, IncomingState

_DIGEST = re.compile("[0-9a-f]{64}")


@require_POST
def check_view(request, pk):
    """Check the package anew."""
    package = package_in_sight(request, pk)
    if package.state not in (IncomingState.RECEIVED, IncomingState.JUDGED):
        return _told(request, package, _state(package))
    return follow(request, start_judging(package))


@require_POST
def take_view(request, pk):
    """Take in what was shown, in the way that was chosen; or go on where that was cut short."""
    package = package_in_sight(request, pk)
    if package.state == IncomingState.TAKING:
        return follow(request, start_taking(package))
    digest, choice = request.POST.get("digest", ""), request.POST.get("choice", "")
    try:
        if choice not in IncomingChoice.values or not _DIGEST.fullmatch(digest):
            raise IncomingRefused(IncomingRefusal.CHANGED)
        package = confirm(package.pk, digest, choice, by=request.user)
    except IncomingRefused as fault:
        return _told(request, package, fault)
    return follow(request, start_taking(package))


@require_POST
def drop_view(request, pk):
    """Drop a package; nothing of it is in the office."""
    package = package_in_sight(request, pk)
    if job_under_way(package):
        return _told(request, package, _state(package))
    try:
        drop_package(package)
    except IncomingRefused as fault:
        return _told(request, package, fault)
    messages.success(request, _("Dropped. Nothing of this package was taken in."))
    return HttpResponseRedirect(reverse("packages_in:list"))


def _state(package):
    return IncomingRefused(IncomingRefusal.STATE, state=package.get_state_display())


def _told(request, package, fault):
    messages.error(request, fault.message)
    return HttpResponseRedirect(reverse("packages_in:package", args=[package.pk]))
