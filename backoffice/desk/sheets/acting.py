"""What is done with sheets: found, closed, signed; lines sent back; numbers shown."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _

from backoffice.audit.acts import Act
from backoffice.audit.log import chain_of, note
from backoffice.desk.purpose import may_reveal, needs_purpose, state_purpose, stated_purpose
from backoffice.desk.sheets.forms import SendBackForm
from backoffice.sheets.models import RequestSheet
from backoffice.workflow.filing import find_revision, plain_code
from backoffice.workflow.refusals import Refusal, Refused
from backoffice.workflow.sheeting import close_sheet
from backoffice.workflow.signing import send_back, sign_sheet


def find(pages, request):
    """Go to the sheet whose code or number was typed."""
    typed = request.POST.get("code", "").replace("\0", "")[:200]
    sheets = RequestSheet.objects.visible_to(request.user)
    sheet = sheets.filter(number__iexact=plain_code(typed)).first()
    if sheet is None:
        try:
            sheet = find_revision(typed, by=request.user).sheet
        except Refused as refused:
            if refused.refusal is Refusal.CODE_UNKNOWN:
                return pages.find_page(request, typed=typed, fault=refused.message)
            # The print is of no use any longer; its sheet is.
            messages.warning(request, refused.message)
            sheet = refused.subject
    return _to(sheet)


def close(pages, request, sheet):
    """Ask whether to close, and close once it is confirmed."""
    _ask(request, "sheets.close_requestsheet", sheet)
    if "confirm" not in request.POST:
        return pages.page(request, sheet, confirming="close")
    try:
        close_sheet(sheet.pk, by=request.user)
    except Refused as refused:
        return pages.told(request, sheet, refused)
    messages.success(request, _("Closed. It can be printed and signed now."))
    return _to(sheet)


def sign(pages, request, sheet):
    """Show what would be signed, and sign that very revision once it is confirmed."""
    _ask(request, "sheets.sign_requestsheet", sheet)
    if "confirm" not in request.POST:
        return pages.page(request, sheet, confirming="sign")
    revision = request.POST.get("revision", "")
    opinion = request.POST.get("opinion", "").strip()[:1000]
    try:
        if not (revision.isascii() and revision.isdecimal() and len(revision) < 6):
            raise Refused(Refusal.STALE, sheet)
        signed = sign_sheet(sheet.pk, by=request.user, revision=int(revision), opinion=opinion)
    except Refused as refused:
        return pages.told(request, sheet, refused)
    words = _("Signed. The scan of the signed print can be uploaded now.")
    if signed.state != "signed":
        words = _("Signed. Other signatures are still missing.")
    messages.success(request, words)
    return _to(sheet)


def send_line_back(pages, request, sheet, request_pk):
    """Ask why a line goes back, and send it back once that is said."""
    line = sheet.lines.filter(request__pk=request_pk, removed_at=None).select_related(
        "request__unit"
    )
    asked = line.first()
    if asked is None:
        raise Http404(_("There is nothing here."))
    _ask(request, "corrections.sign_correctionrequest", asked.request)
    if "confirm" not in request.POST:
        return _send_back_page(pages, request, sheet, asked, SendBackForm())
    form = SendBackForm(request.POST)
    if not form.is_valid():
        return _send_back_page(pages, request, sheet, asked, form, status=400)
    version = request.POST.get("version", "")
    if not (version.isascii() and version.isdecimal() and len(version) < 9):
        return pages.told(request, sheet, Refused(Refusal.STALE, sheet))
    try:
        send_back(
            asked.request_id,
            by=request.user,
            code=form.cleaned_data["code"],
            opinion=form.cleaned_data["opinion"],
            version=int(version),
        )
    except Refused as refused:
        if refused.refusal in (Refusal.REASON_NEEDED, Refusal.REASON_UNFIT):
            form.add_error("code", refused.message)
        elif refused.refusal is Refusal.OPINION_NEEDED:
            form.add_error("opinion", refused.message)
        else:
            return pages.told(request, sheet, refused)
        return _send_back_page(pages, request, sheet, asked, form, status=400)
    messages.success(request, _("The line was sent back to its clerk; the sheet goes on without."))
    return _to(sheet)


def reveal(pages, request, sheet):
    """Show the lines with their ID numbers whole, and log that they were."""
    if not may_reveal(request.user, sheet):
        raise PermissionDenied
    digest = ""
    if needs_purpose(request.user, sheet):
        digest = _purpose(request)
        if not digest:
            fault = _("State in a few words what you need the numbers for.")
            return pages.page(request, sheet, purpose_fault=fault, status=400)
    lines = sheet.lines.filter(removed_at=None).order_by("request__record")
    note(
        Act.RECORD_REVEAL,
        by=request.user,
        chain=chain_of(sheet.unit_id),
        ref=f"requestsheet:{sheet.pk}",
        digest=digest,
        fields=["id_number"],
        records=sorted(set(lines.values_list("request__record_id", flat=True))),
    )
    return pages.page(request, sheet, revealed=True)


def _send_back_page(pages, request, sheet, asked, form, status=200):
    return pages.page(
        request, sheet, confirming="send-back", going=asked.request_id, form=form, status=status
    )


def _purpose(request):
    if text := request.POST.get("purpose", ""):
        try:
            return state_purpose(request, text)
        except ValueError:
            return ""
    return stated_purpose(request)


def _ask(request, permission, obj):
    if not request.user.has_perm(permission, obj):
        raise PermissionDenied


def _to(sheet):
    return HttpResponseRedirect(reverse("admin:sheets_requestsheet_change", args=[sheet.pk]))
