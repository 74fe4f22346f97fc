"""Writing a case: save, submit, check while typing; what to do when two people do it at once."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponseRedirect, JsonResponse
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from backoffice.audit.log import office_transaction
from backoffice.desk.cases.comparing import disagreements, is_stale
from backoffice.desk.cases.draft import Draft
from backoffice.desk.cases.page import case_page, live_context
from backoffice.desk.cases.sight import Bond, case_in_sight
from backoffice.words import kit_language
from backoffice.workflow.intake import write_requests
from backoffice.workflow.refusals import Refusal, Refused, SubmissionBlocked
from backoffice.workflow.submission import submit_case
from correctionkit.render.phrases import listed

_PARTS = {
    "findings": "desk/cases/_findings.html",
    "other": "desk/cases/_other_findings.html",
    "ready": "desk/cases/_ready.html",
    "wanted": "desk/cases/_wanted_now.html",
}


class _Overtaken(Exception):
    """Somebody changed the case between reading and writing it."""


@require_http_methods(["GET", "HEAD", "POST"])
def case_view(request, pk):
    """Show a case; posted by its clerk, save it, and submit it if that was asked."""
    case = case_in_sight(request, pk)
    if request.method != "POST":
        return case_page(request, case)
    if not request.user.has_perm("corrections.change_case", case) or case.kind_rules.reverses:
        raise PermissionDenied
    try:
        return _write(request, case)
    except _Overtaken:
        # Somebody was faster by a moment: judge again by what stands now.
        return _write(request, case_in_sight(request, pk), overtaken=True)


@require_POST
def check_view(request, pk):
    """Answer what the rules say of a draft as it is being typed; nothing is kept of it."""
    case = case_in_sight(request, pk)
    if not _bond(case, request.user).may_write:
        raise PermissionDenied
    draft = Draft(case, request.POST)
    context = live_context(draft, request.user)
    parts = {
        name: render_to_string(template, context, request)
        for name, template in _PARTS.items()
        if name != "findings"
    }
    rows = {
        row.field: render_to_string(_PARTS["findings"], {"row": row}, request)
        for row in context["rows"]
        if row.form
    }
    ready = context["ready"]
    return JsonResponse({"rows": rows, "parts": parts, "cause": ready.cause_shown})


@require_POST
def submit_view(request, pk):
    """Submit a case again that is not written by hand, such as a returned reversal."""
    case = case_in_sight(request, pk)
    if not _bond(case, request.user).may_submit_again:
        raise PermissionDenied
    refused = _submit(case, request.user)
    if refused:
        messages.error(request, _why(refused))
    else:
        messages.success(request, _("Submitted."))
    return _back_to(case)


def _write(request, case, *, overtaken=False):
    bond = _bond(case, request.user)
    if not bond.is_handler:
        fault = Refused(Refusal.NOT_YOURS, case, person=case.handler.name)
        messages.error(request, fault.message)
        return _back_to(case)
    draft = Draft(case, request.POST)
    is_valid = draft.is_valid()
    if not bond.lies_with_clerk:
        if "_submit" in request.POST and not disagreements(draft):
            messages.info(request, _("This case is submitted already."))
            return _back_to(case)
        return _stale_page(request, draft)
    if not is_valid:
        messages.error(request, _("Nothing was saved. Put right what is marked below."))
        return case_page(request, case, draft=draft, status=400)
    if is_stale(draft) and disagreements(draft):
        return _stale_page(request, draft)
    return _save(request, draft, overtaken)


def _save(request, draft, overtaken):
    case, account = draft.case, request.user
    refused = None
    left_out = draft.left_out()
    try:
        # One transaction: nobody else comes between saving and submitting.
        with office_transaction(account):
            write_requests(
                case.pk,
                draft.wishes(frozenset(request.POST.getlist("take_over"))),
                by=account,
                version=case.version,
                cause=draft.paper.cleaned_data["cause"],
                remark=draft.paper.cleaned_data["remark"],
            )
            if "_submit" in request.POST:
                refused = _submit(case, account)
    except Refused as fault:
        if fault.refusal in (Refusal.STALE, Refusal.FIELD_TAKEN) and not overtaken:
            raise _Overtaken from fault
        messages.error(request, fault.message)
        return case_page(request, case, draft=draft, status=409)
    return _saved(request, draft, refused, left_out)


def _saved(request, draft, refused, left_out):
    if left_out:
        fields = listed([draft.label(field) for field in left_out], kit_language())
        messages.warning(
            request,
            _("Not ticked, so what was typed there was not kept: %(fields)s.") % {"fields": fields},
        )
    if refused:
        messages.warning(request, _("Saved, but not submitted. %(why)s") % {"why": _why(refused)})
    elif "_submit" in request.POST:
        messages.success(request, _("Submitted."))
    else:
        messages.success(request, _("Saved."))
    if "_next" in request.POST and not refused:
        return HttpResponseRedirect(reverse("admin:corrections_case_begin"))
    return _back_to(draft.case)


def _submit(case, account):
    """Submit a case; returns what stopped it, if anything did."""
    try:
        submit_case(case.pk, by=account)
    except (SubmissionBlocked, Refused) as fault:
        return fault
    return None


def _why(refused):
    if isinstance(refused, SubmissionBlocked):
        return _("See below what is still missing.")
    return refused.message


def _stale_page(request, draft):
    return case_page(
        request,
        draft.case,
        draft=draft,
        disagreements=disagreements(draft),
        is_stale=True,
        status=409,
    )


def _bond(case, account):
    return Bond(case, list(case.requests.select_related("unit")), account)


def _back_to(case):
    return HttpResponseRedirect(reverse("admin:corrections_case_change", args=[case.pk]))
