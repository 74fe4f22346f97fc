"""Printing what a branch sends: summary tables, and the report that goes with them."""

from django.core.exceptions import PermissionDenied
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from backoffice.audit.acts import Act
from backoffice.audit.log import chain_of, note
from backoffice.desk.cases.sight import office_page
from backoffice.desk.printing.answers import NotPrinted, pdf_answer, worded_faults
from backoffice.desk.printing.paper import PAPER_LANGUAGE
from backoffice.desk.printing.periods import this_month
from backoffice.desk.printing.report_paper import proposed_texts, report_paper
from backoffice.desk.printing.submitted import rules_of, submitted_requests
from backoffice.desk.printing.table_paper import table_paper
from backoffice.desk.printing.unit_forms import PRINTING, ReportForm, TableForm, UnitPeriodForm
from backoffice.policies.choosing import NoPolicy
from statements.rendering import render_pdf

# Some 100 pages: what a browser waits for.
MOST_LINES = 2000
_asks = require_http_methods(["GET", "HEAD", "POST"])


@_asks
def table_view(request):
    """Ask for unit, status and period, and answer with the summary table."""
    _ask_right(request)
    if request.method != "POST":
        return _table_page(request, TableForm(request.user, initial=this_month()))
    form = TableForm(request.user, request.POST)
    status = None
    if form.is_valid() and (found := _found(form)):
        rules, requests = found
        status = rules.statuses.get(form.cleaned_data["status"])
        if status is None:
            form.add_error("status", _("The policy in force has no table for this status."))
    if status is None:
        return _table_page(request, form, 400)
    unit, first, last = form.what
    rows = [each for each in requests if each.status == status.id]
    pdf = _rendered(form, lambda: table_paper(unit, rules, status, rows, first, last))
    if pdf is None:
        return _table_page(request, form, 409)
    _log(request, form, "summary-table", len(rows), status=status.id)
    return pdf_answer(request, pdf, f"{status.table}{status.title}-{unit.code}-{last:%Y%m%d}")


@_asks
def report_view(request):
    """Ask for unit and period, then for the words; nothing of these is stored."""
    _ask_right(request)
    if request.method != "POST":
        return _report_page(request, UnitPeriodForm(request.user, initial=this_month()))
    worded = "opening" in request.POST
    form = (ReportForm if worded else UnitPeriodForm)(request.user, request.POST)
    if not form.is_valid() or not (found := _found(form)):
        return _report_page(request, form, 400)
    rules, requests = found
    unit, first, last = form.what
    if not worded:
        words = proposed_texts(unit, requests, rules, first, last)
        begun = ReportForm(
            request.user, initial={"unit": unit, "first": first, "last": last, **words}
        )
        return _report_page(request, begun)
    pdf = _rendered(
        form, lambda: report_paper(unit, rules, requests, first, last, form.cleaned_data)
    )
    if pdf is None:
        return _report_page(request, form, 409)
    _log(request, form, "correction-report", len(requests))
    return pdf_answer(request, pdf, f"修改情况报告-{unit.code}-{last:%Y%m%d}")


def _ask_right(request):
    if not request.user.has_perm(PRINTING):
        raise PermissionDenied


def _found(form):
    """Return the policy and the requests that a valid form is about; else it says what is wrong."""
    unit, first, last = form.what
    try:
        rules = rules_of(unit, last)
    except NoPolicy:
        form.add_error("unit", _("No policy is in force for this unit on the last day."))
        return None
    requests = submitted_requests(unit, first, last)
    if len(requests) > MOST_LINES:
        words = _("More than %(most)d requests. Choose a shorter period.")
        form.add_error("last", words % {"most": MOST_LINES})
        return None
    return rules, requests


def _rendered(form, paper):
    """Return the PDF of what *paper* makes, or None; the form says why, then."""
    try:
        with worded_faults(), translation.override(PAPER_LANGUAGE):
            return render_pdf(paper())
    except NotPrinted as fault:
        form.add_error(None, fault.message)
        return None


def _log(request, form, kind, lines, **facts):
    unit, first, last = form.what
    note(
        Act.EXPORT,
        by=request.user,
        chain=chain_of(unit),
        ref=f"unit:{unit.pk}",
        kind=kind,
        first=first.isoformat(),
        last=last.isoformat(),
        lines=lines,
        **facts,
    )


def _table_page(request, form, status=200):
    context = {
        "title": _("Summary table"),
        "form": form,
        "button": _("Print"),
        "hint": _("What was submitted in the period and not returned since. This is logged."),
    }
    return office_page(request, "desk/printing/period.html", context, status)


def _report_page(request, form, status=200):
    last = isinstance(form, ReportForm)
    context = {
        "title": _("Correction report"),
        "form": form,
        "button": _("Print") if last else _("Go on to the words"),
        "hint": _("Change the words as needed: a line is a paragraph. They are not kept.")
        if last
        else _("What was submitted in the period and not returned since."),
    }
    return office_page(request, "desk/printing/period.html", context, status)
