"""Printing request sheets: one as a preview, several as one file; every print is logged."""

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from backoffice.audit.acts import Act
from backoffice.audit.log import chain_of, office_transaction
from backoffice.desk.printing.answers import (
    NotPrinted,
    not_printed_page,
    pdf_answer,
    worded_faults,
)
from backoffice.desk.printing.sheet_paper import sheet_paper, sheet_title
from backoffice.sheets.models import RequestSheet, SheetState
from backoffice.workflow.sheeting import close_overdue
from statements.rendering import render_joined, render_pdf

PRINTING = "sheets.print_requestsheet"
# In one answer; more are for the command, which nobody waits for.
MOST_SHEETS = 40


@require_http_methods(["GET", "HEAD"])
def sheet_view(request, pk):
    """Show the print of a sheet's revision in force."""
    close_overdue()
    rows = RequestSheet.objects.visible_to(request.user).select_related("unit")
    sheet = rows.filter(pk=pk).first()
    if sheet is None:
        raise Http404(_("There is nothing here."))
    if not request.user.has_perm(PRINTING, sheet):
        raise PermissionDenied
    try:
        revision = printable_revision(sheet)
        name = f"{sheet_title(sheet)}-{sheet.number}-R{revision.number}"
        if request.method == "HEAD":
            return pdf_answer(request, b"", name)
        with worded_faults():
            pdf = render_pdf(sheet_paper(revision))
    except NotPrinted as fault:
        place = reverse("admin:sheets_requestsheet_change", args=[sheet.pk])
        return not_printed_page(request, fault, (place, sheet.number))
    log_prints([revision], request.user)
    return pdf_answer(request, pdf, name)


@admin.action(description=gettext_lazy("Print as one file"), permissions=["print"])
def print_chosen(pages, request, sheets):
    """Answer with one PDF of the chosen sheets, all of them or none."""
    close_overdue()
    back = (reverse("admin:sheets_requestsheet_changelist"), _("Request sheets"))
    chosen = list(
        RequestSheet.objects.filter(pk__in=list(sheets.values_list("pk", flat=True)))
        .select_related("unit")
        .order_by("day", "unit__path", "kind")[: MOST_SHEETS + 1]
    )
    ask_whole_choice(request, chosen)
    if not all(request.user.has_perm(PRINTING, sheet) for sheet in chosen):
        raise PermissionDenied
    try:
        if len(chosen) > MOST_SHEETS:
            words = _("At most %(most)d sheets in one file. Choose fewer of them.")
            raise NotPrinted(words % {"most": MOST_SHEETS})
        revisions = [printable_revision(sheet) for sheet in chosen]
        papers = [sheet_paper(revision) for revision in revisions]
        with worded_faults():
            pdf = render_joined(papers, "申请表")
    except NotPrinted as fault:
        return not_printed_page(request, fault, back)
    log_prints(revisions, request.user)
    return pdf_answer(request, pdf, f"申请表-{chosen[0].day:%Y%m%d}-{len(chosen)}")


def ask_whole_choice(request, chosen):
    """Raise Http404 where a chosen sheet is out of sight: all are printed, or none."""
    keys = set(request.POST.getlist("_selected_action"))
    across = request.POST.get("select_across") == "1"
    if not chosen or (not across and len(chosen) <= MOST_SHEETS and len(keys) != len(chosen)):
        raise Http404(_("There is nothing here."))


def printable_revision(sheet):
    """Return the revision in force; raises NotPrinted where there is none to sign."""
    if sheet.state == SheetState.OPEN:
        words = _("Sheet %(number)s is open. Close it; then it can be printed and signed.")
        raise NotPrinted(words % {"number": sheet.number})
    revision = sheet.revision_in_force
    if sheet.state == SheetState.VOID or revision is None:
        words = _("Sheet %(number)s is void: no line is left on it.")
        raise NotPrinted(words % {"number": sheet.number})
    revision.sheet = sheet
    return revision


def log_prints(revisions, by):
    """Log that revisions were printed, in one transaction."""
    with office_transaction(by) as log:
        for revision in revisions:
            log.add(
                Act.SHEET_PRINT,
                chain=chain_of(revision.sheet.unit_id),
                ref=f"requestsheet:{revision.sheet_id}",
                digest=revision.lines_hash,
                revision=revision.number,
            )
