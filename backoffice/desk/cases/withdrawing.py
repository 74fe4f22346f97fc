"""Taking requests back, and reporting those that no sheet carries."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from backoffice.corrections.states import Event
from backoffice.desk.cases.asked import shown_requests
from backoffice.desk.cases.sight import Bond, case_in_sight, office_page
from backoffice.workflow.performing import perform
from backoffice.workflow.refusals import Refusal, Refused
from backoffice.workflow.signing import withdraw

_LONGEST = 1000


@require_POST
def withdraw_view(request, pk):
    """Ask which requests are meant, and take those back once it is confirmed."""
    case = case_in_sight(request, pk)
    requests = list(case.requests.select_related("unit", "record").order_by("pk"))
    bond = Bond(case, requests, request.user)
    if not request.user.has_perm("corrections.withdraw_correctionrequest", case):
        raise PermissionDenied
    if not bond.is_handler:
        messages.error(request, Refused(Refusal.NOT_YOURS, person=case.handler.name).message)
        return _back_to(case)
    if not bond.undecided:
        messages.info(request, Refused(Refusal.NOTHING_TO_DO).message)
        return _back_to(case)
    if "confirm" in request.POST:
        return _withdraw(request, case, bond)
    for each in bond.undecided:
        each.case = case
    context = {
        "case": case,
        "title": _("Withdraw requests of %(case)s") % {"case": case.reference},
        "asked": [
            (each, shown)
            for each, shown in zip(
                bond.undecided,
                shown_requests(case, bond.undecided, request.user, revealed=False),
                strict=True,
            )
        ],
    }
    return office_page(request, "desk/cases/withdraw.html", context)


@require_POST
def report_view(request, pk):
    """Report what waits for the report of the account, in place of a sheet."""
    case = case_in_sight(request, pk)
    requests = list(case.requests.select_related("unit", "record"))
    bond = Bond(case, requests, request.user)
    if not bond.may_report:
        raise PermissionDenied
    done, refused = _each(bond.reportable, lambda each: _report(each, request.user))
    if done:
        messages.success(request, _("Reported."))
    return _told(request, case, refused)


def _withdraw(request, case, bond):
    opinion = request.POST.get("opinion", "").strip()[:_LONGEST]
    chosen = _chosen(request, bond.undecided)
    if not chosen:
        messages.warning(request, _("Nothing was chosen, so nothing was withdrawn."))
        return _back_to(case)
    done, refused = _each(
        chosen, lambda each: withdraw(each[0], by=request.user, opinion=opinion, version=each[1])
    )
    if done:
        words = ngettext("%(count)d request withdrawn.", "%(count)d requests withdrawn.", done)
        messages.success(request, words % {"count": done})
    return _told(request, case, refused)


def _chosen(request, undecided):
    """Return (key, version) of what was ticked; what is not of the case is none of it."""
    ours = {str(each.pk): each for each in undecided}
    chosen = []
    for text in request.POST.getlist("request"):
        key, _dash, version = text.partition("-")
        if key in ours and version.isdecimal() and len(version) < 10:
            chosen.append((ours[key].pk, int(version)))
    return chosen


def _report(each, account):
    perform(each.pk, Event.REPORT, by=account, version=each.version)


def _each(rows, act):
    """Do *act* on each of *rows*, each for itself; returns how many went, and what was refused."""
    done, refused = 0, []
    for row in rows:
        try:
            act(row)
        except Refused as fault:
            refused.append(fault)
        else:
            done += 1
    return done, refused


def _told(request, case, refused):
    for words in dict.fromkeys(fault.message for fault in refused):
        messages.error(request, words)
    return _back_to(case)


def _back_to(case):
    return HttpResponseRedirect(reverse("admin:corrections_case_change", args=[case.pk]))
