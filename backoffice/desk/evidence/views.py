"""Looking at evidence: by right, within sight, logged."""

from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from backoffice.desk.evidence.serving import stored_file
from backoffice.desk.purpose import needs_purpose, stated_purpose
from backoffice.evidence.kinds import kind_label
from backoffice.evidence.models import EvidenceFile
from backoffice.evidence.reading import log_original, log_thumbnails, log_view
from backoffice.evidence.storing import page_name

_look_only = require_http_methods(["GET", "HEAD"])


@_look_only
def picture(request, pk, number=1):
    """Show one page of a file, upright and with nothing hidden in it."""
    file, purpose = _in_sight(request, pk)
    if not file.clean or not 1 <= number <= file.pages:
        raise Http404(_("There is nothing here."))
    response = stored_file(request, page_name(file.clean, number))
    _log_reading(log_view, request, file, purpose)
    return response


@_look_only
def thumbnail(request, pk):
    """Show a file small."""
    file, purpose = _in_sight(request, pk)
    if not file.thumbnail:
        raise Http404(_("There is nothing here."))
    response = stored_file(request, file.thumbnail)
    _log_reading(log_thumbnails, request, file, purpose)
    return response


@_look_only
def original(request, pk):
    """Give a file as it was received, to be saved under a name of ours."""
    file, purpose = _in_sight(request, pk)
    if not request.user.has_perm("evidence.read_original", file):
        raise PermissionDenied(_("Originals are given to reviewers and registrars only."))
    kind = kind_label(file.kind, file.case.rules)
    saved_as = f"{file.case.reference}-{kind}-{file.pk}"
    response = stored_file(request, file.original, saved_as=saved_as)
    _log_reading(log_original, request, file, purpose)
    return response


def _in_sight(request, pk):
    """Return a file that the account may see, with the digest of its purpose if it needs one."""
    rows = EvidenceFile.objects.visible_to(request.user).filter(removed_at=None)
    file = rows.select_related("case__unit").filter(pk=pk).first()
    if file is None:
        raise Http404(_("There is nothing here."))
    if not needs_purpose(request.user, file):
        return file, ""
    purpose = stated_purpose(request)
    if not purpose:
        raise PermissionDenied(_("State the purpose first: reading evidence is logged with it."))
    return file, purpose


def _log_reading(log, request, file, purpose):
    if request.method == "GET":
        log(file, request.user, **({"purpose": purpose} if purpose else {}))
