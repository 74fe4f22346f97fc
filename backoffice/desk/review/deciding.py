"""Taking of cases and decisions on them, posted from the panel."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from backoffice.corrections.models import CorrectionRequest, DecisionReason
from backoffice.corrections.states import Event
from backoffice.desk.cases.page import case_page
from backoffice.desk.cases.sight import case_in_sight, office_page
from backoffice.desk.refusing import is_lost
from backoffice.desk.review.panel import Typed, panel_for
from backoffice.desk.review.queues import DECIDING, next_case
from backoffice.workflow.deciding import decide, may_release, release_case, take_case
from backoffice.workflow.refusals import Refusal, Refused
from correctionkit.masking import mask_text

LONGEST_OPINION = 1000
_MOST_EVENTS = 10
_VERDICTS = {"approve": Event.APPROVE, "return": Event.RETURN, "reject": Event.REJECT}
# Which part of the form a refusal is about.
_PARTS = {
    Refusal.REASON_NEEDED: "code",
    Refusal.REASON_UNFIT: "code",
    Refusal.OPINION_NEEDED: "opinion",
}


@require_POST
def take_view(request, pk):
    """Put a case on the desk of whoever asks."""
    case = _case(request, pk)
    try:
        take_case(case.pk, by=request.user)
    except Refused as refused:
        return (
            lost_page(request, case, refused) if is_lost(refused) else _told(request, case, refused)
        )
    return to_case(case)


@require_POST
def release_view(request, pk):
    """Put a case back for others."""
    case = case_in_sight(request, pk)
    if not (request.user.has_perm(DECIDING, case) or may_release(case, request.user)):
        raise PermissionDenied
    try:
        release_case(case.pk, by=request.user)
    except Refused as refused:
        return lost_page(request, case, refused)
    messages.success(request, _("%(case)s is free again.") % {"case": case.reference})
    return to_case(case)


@require_POST
def next_view(request):
    """Take the next case of the queue, and go there."""
    if not request.user.has_perm(DECIDING):
        raise PermissionDenied
    case = next_case(request.user)
    if case is None:
        messages.info(request, _("Nothing waits for your decision."))
        return HttpResponseRedirect(reverse("review:queue"))
    try:
        take_case(case.pk, by=request.user)
    except Refused as refused:
        messages.warning(request, refused.message)
    return to_case(case)


@require_POST
def decide_view(request, pk):
    """Approve, return or reject one request."""
    asked = request_in_sight(request, pk)
    case = asked.case
    _ask(request, asked)
    typed = Typed(
        request=asked.pk,
        verdict=request.POST.get("verdict", ""),
        code=request.POST.get("code", "")[:60].replace("\0", ""),
        opinion=request.POST.get("opinion", "").replace("\0", "").strip(),
    )
    if typed.verdict not in _VERDICTS:
        return _again(request, case, typed, _("Choose what you decide."), "verdict")
    if len(typed.opinion) > LONGEST_OPINION:
        words = _("At most %(most)d characters.") % {"most": LONGEST_OPINION}
        return _again(request, case, typed, words, "opinion")
    try:
        done = decide(
            asked.pk,
            _VERDICTS[typed.verdict],
            by=request.user,
            code=typed.code,
            opinion=typed.opinion,
            version=version_of(request, asked),
        )
    except Refused as refused:
        if is_lost(refused):
            return lost_page(request, case, refused, asked, typed)
        return _again(request, case, typed, refused.message, _PARTS.get(refused.refusal, ""))
    messages.success(request, _("Decided: %(state)s.") % {"state": done.get_state_display()})
    return to_case(case)


@require_POST
def approve_all_view(request, pk):
    """Approve all requests of a case that wait for whoever asks, each for itself."""
    case = _case(request, pk)
    panel = panel_for(case, request.user)
    versions = dict(
        pair.split("-", 1) for pair in request.POST.getlist("request") if pair.count("-") == 1
    )
    shown = [row.request for row in panel.undecided if str(row.request.pk) in versions]
    done, faults = 0, []
    for each in shown:
        version = versions[str(each.pk)]
        try:
            if not (version.isascii() and version.isdecimal() and len(version) < 9):
                raise Refused(Refusal.STALE, each)
            decide(each.pk, Event.APPROVE, by=request.user, version=int(version))
        except Refused as refused:
            faults.append((each, refused))
        else:
            done += 1
    if done:
        words = ngettext("%(count)d request approved.", "%(count)d requests approved.", done)
        messages.success(request, words % {"count": done})
    elif not faults:
        messages.warning(request, Refused(Refusal.NOTHING_TO_DO).message)
    for each, refused in faults:
        field = next(row.label for row in panel.rows if row.request.pk == each.pk)
        messages.error(request, f"{field}：{refused.message}")
    return to_case(case)


def request_in_sight(request, pk):
    """Return a request; one out of sight answers as if it did not exist."""
    rows = CorrectionRequest.objects.visible_to(request.user)
    found = rows.filter(pk=pk).select_related("record", "unit").first()
    if found is None:
        raise Http404(_("There is nothing here."))
    found.case = case_in_sight(request, found.case_id)
    return found


def version_of(request, asked):
    """Return the version that the form was made for; raises Refused for none."""
    text = request.POST.get("version", "")
    if not (text.isascii() and text.isdecimal() and len(text) < 9):
        raise Refused(Refusal.STALE, asked)
    return int(text)


def lost_page(request, case, refused, asked=None, typed=None):
    """Tell that somebody else was quicker: what they did, beside what was typed here."""
    now = CorrectionRequest.objects.get(pk=asked.pk) if asked else None
    latest = _since(request, now) if now else []
    reason = DecisionReason.objects.filter(code=typed.code).first() if typed else None
    context = {
        "title": _("Somebody else was quicker"),
        "case": case,
        "refused": refused.message,
        "now": now,
        "events": [(event, mask_text(event.opinion)) for event in latest],
        "typed": typed,
        "typed_verdict": _VERDICTS[typed.verdict].label if typed else "",
        "typed_reason": reason,
    }
    return office_page(request, "desk/review/lost.html", context, status=409)


def to_case(case):
    """Go to the page of a case."""
    return HttpResponseRedirect(reverse("admin:corrections_case_change", args=[case.pk]))


def _since(request, now):
    """Return what happened since the form was made, the latest first; its version counts that."""
    text = request.POST.get("version", "")
    seen = int(text) if text.isascii() and text.isdecimal() and len(text) < 9 else now.version
    count = min(max(now.version - seen, 1), _MOST_EVENTS)
    return now.events.select_related("person", "reason").order_by("-at", "-pk")[:count]


def _case(request, pk):
    case = case_in_sight(request, pk)
    if not request.user.has_perm(DECIDING, case):
        raise PermissionDenied
    return case


def _ask(request, asked):
    if not request.user.has_perm(DECIDING, asked):
        raise PermissionDenied


def _again(request, case, typed, fault, part):
    """Show the case with what was typed, and what is wrong with it beside."""
    typed = Typed(typed.request, typed.verdict, typed.code, typed.opinion, fault, part)
    panel = panel_for(case, request.user, typed)
    return case_page(request, case, panel=panel, status=400)


def _told(request, case, refused):
    if is_lost(refused):
        return lost_page(request, case, refused)
    messages.error(request, refused.message)
    return to_case(case)
