"""The report of a package, to be sent back: rows beside reasons, or a page."""

import io

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from backoffice.audit.acts import Act
from backoffice.audit.log import chain_of, note
from backoffice.desk.packages_in.sight import package_in_sight
from backoffice.packages.incoming_receiving import package_file
from backoffice.packages.incoming_refusals import IncomingRefused
from backoffice.packages.incoming_report import report_of
from backoffice.packages.models import IncomingState
from backoffice.words import kit_language
from correctionkit.render.html_report import to_html
from correctionkit.render.workbook_report import to_workbook

_TYPES = {
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "html": "text/html; charset=utf-8",
}
_HAS_REPORT = (IncomingState.JUDGED, IncomingState.REFUSED)


@require_safe
def report_view(request, pk):
    """Give the report to be saved; that it was taken out is logged."""
    package = package_in_sight(request, pk)
    form = request.GET.get("form", "xlsx")
    if form not in _TYPES or package.state not in _HAS_REPORT:
        raise Http404(_("There is nothing here."))
    try:
        with package_file(package) as path:
            report = report_of(package, path)
    except IncomingRefused as fault:
        messages.error(request, fault.message)
        return HttpResponseRedirect(reverse("packages_in:package", args=[package.pk]))
    response = HttpResponse(content_type=_TYPES[form])
    if request.method == "GET":
        response.content = _content(report, form)
        note(Act.EXPORT, by=request.user, chain=chain_of(package.unit), ref=package.ref, form=form)
    name = _("Check of %(name)s") % {"name": package.received_as.rpartition(".")[0] or package.pk}
    response["Content-Disposition"] = content_disposition_header(True, f"{name}.{form}")
    response["Cache-Control"] = "no-store, private"
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return response


def _content(report, form):
    if form == "html":
        return to_html(report, kit_language()).encode("utf-8", "replace")
    target = io.BytesIO()
    to_workbook(report, kit_language(), target)
    return target.getvalue()
