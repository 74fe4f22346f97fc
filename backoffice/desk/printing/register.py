"""Printing the register of decisions: from one day to another."""

from django.core.exceptions import PermissionDenied
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from backoffice.audit.acts import Act
from backoffice.audit.log import OFFICE, note
from backoffice.desk.cases.sight import office_page
from backoffice.desk.printing.answers import NotPrinted, pdf_answer, worded_faults
from backoffice.desk.printing.paper import PAPER_LANGUAGE
from backoffice.desk.printing.periods import PeriodForm, this_month
from backoffice.desk.printing.register_paper import RIGHTS, decisions, register_paper
from statements.rendering import render_pdf

# Some 100 pages: what a browser waits for.
MOST_LINES = 2000


@require_http_methods(["GET", "HEAD", "POST"])
def register_view(request):
    """Ask for the period, and answer with its register."""
    if not any(request.user.has_perm(code) for code in RIGHTS):
        raise PermissionDenied
    if request.method != "POST":
        return _page(request, PeriodForm(initial=this_month()))
    form = PeriodForm(request.POST)
    if not form.is_valid():
        return _page(request, form, 400)
    first, last = form.cleaned_data["first"], form.cleaned_data["last"]
    events = list(decisions(request.user, first, last)[: MOST_LINES + 1])
    if len(events) > MOST_LINES:
        words = _("More than %(most)d decisions. Choose a shorter period.")
        form.add_error("last", words % {"most": MOST_LINES})
        return _page(request, form, 400)
    try:
        with worded_faults(), translation.override(PAPER_LANGUAGE):
            pdf = render_pdf(register_paper(events, first, last))
    except NotPrinted as fault:
        form.add_error(None, fault.message)
        return _page(request, form, 409)
    note(
        Act.EXPORT,
        by=request.user,
        chain=OFFICE,
        ref="",
        kind="decision-register",
        first=first.isoformat(),
        last=last.isoformat(),
        lines=len(events),
    )
    return pdf_answer(request, pdf, f"审批登记表-{first:%Y%m%d}-{last:%Y%m%d}")


def _page(request, form, status=200):
    context = {
        "title": _("Register of decisions"),
        "form": form,
        "button": _("Print"),
        "hint": _("All decisions of the period on requests in your sight. This is logged."),
    }
    return office_page(request, "desk/printing/period.html", context, status)
