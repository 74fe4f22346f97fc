"""Handing over: one case from its page, or all that lies with somebody."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from backoffice.desk.cases.forms import HandOverAllForm, HandOverForm
from backoffice.desk.cases.receivers import (
    account_of,
    cases_to_give,
    givers,
    receivers_near,
    receivers_of,
)
from backoffice.desk.cases.sight import Bond, case_in_sight, office_page
from backoffice.units.models import Person
from backoffice.workflow.handover import hand_over, hand_over_all
from backoffice.workflow.refusals import Refused


@require_POST
def hand_over_view(request, pk):
    """Put one case into the hands of somebody else."""
    case = case_in_sight(request, pk)
    if not Bond(case, case.requests.all(), request.user).may_hand_over:
        raise PermissionDenied
    form = HandOverForm(receivers_of(case), request.POST, prefix="hand-over")
    receiver = account_of(form.cleaned_data["receiver"], [case]) if form.is_valid() else None
    if receiver is None:
        messages.error(request, _("Choose who takes the case over."))
        return _to_case(case)
    try:
        hand_over(case.pk, receiver, by=request.user, version=form.cleaned_data["version"])
    except Refused as fault:
        messages.error(request, fault.message)
    else:
        words = _("%(case)s lies with %(person)s now.")
        messages.success(request, words % {"case": case.reference, "person": receiver.person.name})
    return _to_case(case)


@require_http_methods(["GET", "HEAD", "POST"])
def hand_over_all_view(request):
    """Choose from whom to whom, confirm how many, and hand them over."""
    account = request.user
    if not (
        account.has_perm("corrections.hand_over_case")
        or account.has_perm("corrections.change_case")
    ):
        raise PermissionDenied
    data = request.POST if request.method == "POST" else None
    form = HandOverAllForm(givers(account), receivers_near(account), data)
    context = {"title": _("Hand over all cases of somebody"), "form": form}
    if data is None or not form.is_valid():
        status = 200 if data is None else 400
        return office_page(request, "desk/cases/hand_over_all.html", context, status)
    giver = Person.objects.get(pk=form.cleaned_data["giver"])
    cases = cases_to_give(giver, account)
    receiver = account_of(form.cleaned_data["receiver"], cases)
    if "confirm" in request.POST:
        given = hand_over_all(giver, receiver, by=account)
        _tell(request, given, giver, receiver)
        return HttpResponseRedirect(reverse("admin:corrections_case_changelist"))
    fit = [case for case in cases if receiver.has_perm("corrections.change_case", case)]
    context |= {"giver": giver, "receiver": receiver, "fit": fit, "unfit": len(cases) - len(fit)}
    return office_page(request, "desk/cases/hand_over_all.html", context)


def _tell(request, given, giver, receiver):
    words = ngettext(
        "%(count)d case of %(giver)s lies with %(receiver)s now.",
        "%(count)d cases of %(giver)s lie with %(receiver)s now.",
        given,
    )
    said = words % {"count": given, "giver": giver.name, "receiver": receiver.person.name}
    (messages.success if given else messages.warning)(request, said)


def _to_case(case):
    return HttpResponseRedirect(reverse("admin:corrections_case_change", args=[case.pk]))
