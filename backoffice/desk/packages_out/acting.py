"""What is done with a package: sent, handed over, composed anew, discarded."""

from django.contrib import messages
from django.http import HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from backoffice.desk.jobs.following import follow
from backoffice.desk.packages_out.page import under_way
from backoffice.desk.packages_out.work import start_composing, start_sending
from backoffice.packages.models import PackageState, PartState
from backoffice.packages.outgoing_refusals import PackageRefused
from backoffice.packages.outgoing_services import (
    ADDING,
    DISCARDING,
    SENDING,
    discard,
    hand_over,
    renew,
)
from backoffice.packages.sending import ask_sendable

_UNDER_WAY = gettext_lazy("Work on this package is under way. Wait for its end.")


def send(pages, request, package):
    """Send what was not sent, by a worker; asks first."""
    pages.ask(request, SENDING, package)
    try:
        recipient = ask_sendable(package, request.user)
    except PackageRefused as refused:
        return pages.told(request, package, refused.message)
    if "confirm" not in request.POST:
        parts = package.parts.filter(state__in=[PartState.READY, PartState.FAILED])
        more = {"recipient": recipient, "going": parts, "again": None}
        return pages.confirm(request, package, "send", **more)
    return follow(request, start_sending(package, request.user))


def send_again(pages, request, package, number):
    """Send a part again of which nobody knows whether it was sent; asks first."""
    pages.ask(request, SENDING, package)
    part = package.parts.filter(number=number).first()
    uncertain = (PartState.UNCERTAIN, PartState.SENDING)
    if part is None or part.state not in uncertain:
        return pages.told(request, package, _("This part does not wait for that."))
    try:
        recipient = ask_sendable(package, request.user)
    except PackageRefused as refused:
        return pages.told(request, package, refused.message)
    if "confirm" not in request.POST:
        more = {"recipient": recipient, "going": [part], "again": part}
        return pages.confirm(request, package, "send", **more)
    return follow(request, start_sending(package, request.user, again=part.pk))


def handed_over(pages, request, package):
    """Note that a package went another way than by mail; asks first."""
    pages.ask(request, SENDING, package)
    if "confirm" not in request.POST:
        going = package.parts.exclude(state=PartState.SENT)
        return pages.confirm(request, package, "hand-over", going=going)
    try:
        hand_over(package.pk, by=request.user)
    except PackageRefused as refused:
        return pages.told(request, package, refused.message)
    messages.success(request, _("Noted: the package was handed over."))
    return _to(package)


def renewed(pages, request, package):
    """Compose a package anew, as the next revision of its batch; asks first.

    One whose composing was stopped or broke off is composed itself.
    """
    pages.ask(request, ADDING, package)
    if package.state == PackageState.COMPOSING and not under_way(package):
        return follow(request, start_composing(package, request.user))
    if "confirm" not in request.POST:
        return pages.confirm(request, package, "renew")
    if under_way(package):
        return pages.told(request, package, _UNDER_WAY)
    try:
        new = renew(package.pk, by=request.user)
    except PackageRefused as refused:
        return pages.told(request, package, refused.message)
    return follow(request, start_composing(new, request.user))


def discarded(pages, request, package):
    """Remove a package that was never sent; asks first."""
    pages.ask(request, DISCARDING, package)
    if under_way(package):
        return pages.told(request, package, _UNDER_WAY)
    if "confirm" not in request.POST:
        return pages.confirm(request, package, "discard")
    try:
        discard(package.pk, by=request.user)
    except PackageRefused as refused:
        return pages.told(request, package, refused.message)
    messages.success(request, _("The package was discarded. Its requests can be sent in another."))
    return HttpResponseRedirect(reverse("admin:packages_outgoingpackage_changelist"))


def _to(package):
    place = reverse("admin:packages_outgoingpackage_change", args=[package.pk])
    return HttpResponseRedirect(place)
