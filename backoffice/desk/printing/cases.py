"""Printing what belongs to a case: cover and bundle of evidence, notice, case file."""

from django.core.exceptions import PermissionDenied
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from backoffice.audit.acts import Act
from backoffice.audit.log import chain_of, note
from backoffice.desk.cases.sight import case_in_sight
from backoffice.desk.printing.answers import (
    NotPrinted,
    not_printed_page,
    pdf_answer,
    worded_faults,
)
from backoffice.desk.printing.archive_paper import case_file_paper
from backoffice.desk.printing.evidence_paper import ScanPages, cover_paper, enclosed_files
from backoffice.desk.printing.notice_paper import notice_paper
from backoffice.desk.printing.offered import EVIDENCE, ORIGINALS, SEEING, may_archive
from backoffice.desk.printing.paper import PAPER_LANGUAGE
from backoffice.desk.purpose import needs_purpose, stated_purpose
from statements.rendering import render_bundle, render_pdf

_look_only = require_http_methods(["GET", "HEAD"])


@_look_only
def cover_view(request, pk):
    """Show the cover of a case's evidence."""
    case, purpose = _in_sight(request, pk, EVIDENCE)

    def made():
        return render_pdf(cover_paper(case, enclosed_files(case)))

    return _answer(request, case, made, "evidence-cover", "证明材料封面", purpose)


@_look_only
def bundle_view(request, pk):
    """Show the cover and the scans as one file."""
    case, purpose = _in_sight(request, pk, EVIDENCE)

    def made():
        files = enclosed_files(case)
        return render_bundle(cover_paper(case, files), ScanPages(case, files))

    return _answer(request, case, made, "evidence-bundle", "证明材料", purpose)


@_look_only
def notice_view(request, pk):
    """Show the notice of what was decided."""
    case, purpose = _in_sight(request, pk, SEEING)
    return _answer(
        request,
        case,
        lambda: render_pdf(notice_paper(case)),
        "decision-notice",
        "审批结果通知单",
        purpose,
    )


@_look_only
def case_file_view(request, pk):
    """Give the case file, to be saved; originals are inside for those who may read them."""
    case, purpose = _in_sight(request, pk, EVIDENCE)
    if not may_archive(request.user, case):
        raise PermissionDenied
    originals = request.user.has_perm(ORIGINALS, case)
    return _answer(
        request,
        case,
        lambda: render_pdf(case_file_paper(case, with_originals=originals)),
        "case-file",
        "案卷",
        purpose,
        saved=True,
        originals=originals,
    )


def _in_sight(request, pk, permission):
    """Return a case that may be printed, with the digest of the purpose if one is needed."""
    case = case_in_sight(request, pk)
    if not request.user.has_perm(permission, case):
        raise PermissionDenied
    if not needs_purpose(request.user, case):
        return case, ""
    purpose = stated_purpose(request)
    if not purpose:
        raise PermissionDenied(_("State the purpose first: printing is logged with it."))
    return case, purpose


def _answer(request, case, made, kind, called, purpose, *, saved=False, **facts):
    """Answer with what *made* returns, logged as an export of *kind*."""
    name = f"{called}-{case.reference}"
    if request.method == "HEAD":
        return pdf_answer(request, b"", name, saved=saved)
    try:
        # Papers are in Chinese; why there is none is said in the reader's language.
        with worded_faults(), translation.override(PAPER_LANGUAGE):
            pdf = made()
    except NotPrinted as fault:
        place = reverse("admin:corrections_case_change", args=[case.pk])
        return not_printed_page(request, fault, (place, case.reference))
    note(
        Act.EXPORT,
        by=request.user,
        chain=chain_of(case.unit_id),
        ref=f"case:{case.pk}",
        kind=kind,
        **({"purpose": purpose} if purpose else {}),
        **facts,
    )
    return pdf_answer(request, pdf, name, saved=saved)
