"""Giving a part to be saved: by right, logged, kept by nobody on the way."""

from django.core.exceptions import PermissionDenied
from django.http import FileResponse, Http404, HttpResponse
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from backoffice.audit.acts import Act
from backoffice.audit.log import chain_of, note
from backoffice.packages.models import OutgoingPart
from backoffice.packages.outgoing_keeping import PartLost, open_part
from backoffice.packages.outgoing_services import SENDING


@require_http_methods(["GET", "HEAD"])
def download_view(request, pk):
    """Answer with the ZIP of a part, called after its subject."""
    parts = OutgoingPart.objects.visible_to(request.user, "packages.view_outgoingpackage")
    part = parts.select_related("package__unit").filter(pk=pk).first()
    if part is None:
        raise Http404(_("There is nothing here."))
    if not request.user.has_perm(SENDING, part):
        raise PermissionDenied
    try:
        file = open_part(part)
    except PartLost:
        raise Http404(_("The stored file is missing or changed.")) from None
    if request.method == "HEAD":
        file.close()
        response = HttpResponse(content_type="application/zip")
    else:
        # A part may be larger than what a page may hold in memory.
        response = FileResponse(file, content_type="application/zip")
        _log(request.user, part)
    response["Content-Length"] = part.size
    response["Content-Disposition"] = content_disposition_header(True, part.file_name)
    response["Cache-Control"] = "no-store, private"
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response["Cross-Origin-Resource-Policy"] = "same-origin"
    response["Accept-Ranges"] = "none"
    return response


def _log(account, part):
    note(
        Act.EXPORT,
        by=account,
        chain=chain_of(part.package.unit_id),
        ref=f"outgoingpackage:{part.package_id}",
        digest=part.sha256,
        kind="package-download",
        batch=part.package.batch,
        revision=part.package.revision,
        part=part.number,
    )
