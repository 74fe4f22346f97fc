"""Applying, reopening and reversing: asked in words first, told row by row after."""

from dataclasses import dataclass

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from backoffice.desk.cases.page import case_page
from backoffice.desk.cases.sight import office_page
from backoffice.desk.refusing import is_lost
from backoffice.desk.review.deciding import (
    LONGEST_OPINION,
    lost_page,
    request_in_sight,
    to_case,
    version_of,
)
from backoffice.desk.review.queues import APPLYING, to_apply
from backoffice.desk.review.values import ValueRow, value_row, value_rows
from backoffice.workflow.applying import apply_request, reopen
from backoffice.workflow.refusals import Refusal, Refused
from backoffice.workflow.reversing import ask_reversal

MOST_AT_ONCE = 200
_REVERSING = "corrections.reverse_correctionrequest"


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one request of many."""

    row: ValueRow
    kind: str
    message: str


@require_POST
def apply_view(request, pk):
    """Write one approved value to the record."""
    asked = _asked(request, pk, APPLYING)
    if "confirm" not in request.POST:
        return _confirm(request, asked, "apply_one", _("Write it to the record"))
    try:
        done = apply_request(asked.pk, by=request.user, version=version_of(request, asked))
    except Refused as refused:
        return _refused(request, asked, refused)
    if done.in_conflict:
        messages.warning(request, _conflict_words())
    else:
        messages.success(request, _("The value stands in the record now."))
    return to_case(asked.case)


@require_POST
def reopen_view(request, pk):
    """Return a request in conflict to its clerk."""
    asked = _asked(request, pk, APPLYING)
    if "confirm" not in request.POST:
        return _confirm(request, asked, "reopen", _("Return it to the clerk"))
    opinion = _opinion(request)
    try:
        reopen(asked.pk, by=request.user, opinion=opinion, version=version_of(request, asked))
    except Refused as refused:
        return _refused(request, asked, refused)
    messages.success(request, _("Returned to the clerk, who starts from what the record says now."))
    return to_case(asked.case)


@require_POST
def reverse_view(request, pk):
    """Ask to take an applied value back."""
    asked = _asked(request, pk, _REVERSING)
    if "confirm" not in request.POST:
        return _confirm(request, asked, "reverse", _("Ask to take it back"))
    cause = _opinion(request)
    try:
        back = ask_reversal(
            asked.pk, by=request.user, cause=cause, version=version_of(request, asked)
        )
    except Refused as refused:
        if refused.refusal is Refusal.CAUSE_NEEDED:
            words = _("Ask to take it back")
            return _confirm(request, asked, "reverse", words, fault=refused.message, status=400)
        return _refused(request, asked, refused)
    messages.success(
        request,
        _("Asked as %(case)s. Somebody else decides it.") % {"case": back.case.reference},
    )
    return to_case(back.case)


@require_POST
def apply_many_view(request):
    """Apply all that were ticked, each for itself, and tell what became of each."""
    if not request.user.has_perm(APPLYING):
        raise PermissionDenied
    chosen = _chosen(request)
    if not chosen:
        messages.warning(request, _("Nothing was chosen, so nothing was done."))
        return HttpResponseRedirect(reverse("review:apply"))
    if len(chosen) > MOST_AT_ONCE:
        words = _("At most %(most)d at once; nothing was done.")
        messages.error(request, words % {"most": MOST_AT_ONCE})
        return HttpResponseRedirect(reverse("review:apply"))
    found = {each.pk: each for each in to_apply(request.user).filter(pk__in=chosen)}
    if "confirm" not in request.POST:
        context = {
            "title": _("Apply approved values"),
            "rows": value_rows(found.values()),
            "gone": len(chosen) - len(found),
        }
        return office_page(request, "desk/review/apply_many.html", context)
    outcomes = [_apply(each, chosen[each.pk], request.user) for each in found.values()]
    context = {
        "title": _("What became of each"),
        "outcomes": outcomes,
        "gone": len(chosen) - len(found),
        "done": sum(each.kind == "done" for each in outcomes),
    }
    return office_page(request, "desk/review/outcomes.html", context)


def _apply(asked, version, account):
    try:
        done = apply_request(asked.pk, by=account, version=version)
    except Refused as refused:
        return Outcome(value_row(asked), "refused", refused.message)
    if done.in_conflict:
        return Outcome(value_row(asked), "conflict", _conflict_words())
    return Outcome(value_row(asked), "done", _("Applied."))


def _chosen(request):
    """Return the versions of the requests that were ticked, by key."""
    chosen = {}
    for text in request.POST.getlist("request"):
        key, _dash, version = text.partition("-")
        if all(part.isascii() and part.isdecimal() and len(part) < 16 for part in (key, version)):
            chosen[int(key)] = int(version)
    return chosen


def _asked(request, pk, permission):
    asked = request_in_sight(request, pk)
    if not request.user.has_perm(permission, asked):
        raise PermissionDenied
    return asked


def _confirm(request, asked, act, button, *, fault="", status=200):
    context = {
        "title": button,
        "case": asked.case,
        "row": value_row(asked),
        "act": act,
        "action": reverse(f"review:{act}", args=[asked.pk]),
        "button": button,
        "opinion": request.POST.get("opinion", ""),
        "fault": fault,
        "version": request.POST.get("version") or asked.version,
    }
    return office_page(request, "desk/review/confirm.html", context, status=status)


def _refused(request, asked, refused):
    if is_lost(refused):
        return lost_page(request, asked.case, refused, asked)
    messages.error(request, refused.message)
    return case_page(request, asked.case)


def _opinion(request):
    return request.POST.get("opinion", "").replace("\0", "").strip()[:LONGEST_OPINION]


def _conflict_words():
    return _("In conflict: the record says something else by now. Nothing was overwritten.")
