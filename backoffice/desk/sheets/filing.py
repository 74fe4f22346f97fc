"""The page's part in filing: the scan is taken, what seems to lack is asked about, it is filed."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from backoffice.desk.refusing import status_of
from backoffice.desk.sheets.forms import FilingForm
from backoffice.desk.sheets.receiving import Asked, NotFiled, file_scans, file_waiting
from backoffice.desk.sheets.waiting import NotWaiting, taken_up, throw_away
from backoffice.sheets.models import RequestSheet, SheetState
from backoffice.workflow.refusals import Refused


def file(pages, request, sheet):
    """Take the signed scan that comes back, and file all lines with it."""
    if not request.user.has_perm("sheets.file_requestsheet", sheet):
        raise PermissionDenied
    if "waiting" in request.POST:
        return _answered(pages, request, sheet)
    form = FilingForm(request.POST, request.FILES)
    if not form.is_valid():
        return pages.page(request, sheet, filing=form, status=400)
    try:
        filed, said = file_scans(
            form.cleaned_data["code"], form.cleaned_data["scans"], sheet, request.user
        )
    except Asked as asked:
        return pages.page(
            request,
            sheet,
            confirming="file",
            waiting=asked.waiting.token,
            said=[str(each) for each in asked.said],
        )
    except NotFiled as fault:
        for words in fault.messages:
            form.add_error("scans", words)
        return pages.page(request, sheet, filing=form, status=400)
    except Refused as refused:
        if RequestSheet.objects.get(pk=sheet.pk).state != SheetState.SIGNED:
            # Nothing can be uploaded to it as it is now: the page has no form to say so beside.
            return pages.told(request, sheet, refused)
        form.add_error("code", refused.message)
        return pages.page(request, sheet, filing=form, status=status_of(refused))
    for each in said:
        messages.warning(request, str(each))
    return _done(request, filed)


def _answered(pages, request, sheet):
    try:
        waiting = taken_up(request.POST["waiting"], sheet, request.user)
    except NotWaiting:
        messages.error(request, _("The files do not wait any more. Choose them again."))
        return _to(sheet)
    if "confirm" not in request.POST:
        throw_away(waiting)
        return _to(sheet)
    try:
        filed = file_waiting(waiting, request.user)
    except Refused as refused:
        throw_away(waiting)
        return pages.told(request, sheet, refused)
    return _done(request, filed)


def _done(request, filed):
    count = filed.lines.filter(removed_at=None).count()
    words = ngettext("Filed: %(count)d line.", "Filed: %(count)d lines.", count)
    messages.success(request, words % {"count": count})
    return _to(filed)


def _to(sheet):
    return HttpResponseRedirect(reverse("admin:sheets_requestsheet_change", args=[sheet.pk]))
