"""Looking at signed scans: by right, within sight, logged."""

from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from backoffice.audit.acts import Act
from backoffice.audit.log import chain_of, note
from backoffice.desk.evidence.serving import stored_file
from backoffice.desk.purpose import needs_purpose, stated_purpose
from backoffice.evidence.storing import page_name
from backoffice.sheets.models import RequestSheet, SignedScan

_look_only = require_http_methods(["GET", "HEAD"])


@_look_only
def scan_page(request, pk, number):
    """Show one page of a signed scan, upright and with nothing hidden in it."""
    scan, purpose = _in_sight(request, pk)
    if not scan.clean or not 1 <= number <= scan.pages:
        raise Http404(_("There is nothing here."))
    response = stored_file(request, page_name(scan.clean, number))
    _log(request, scan, purpose, shown="clean")
    return response


@_look_only
def scan_original(request, pk):
    """Give a signed scan as it was received, to be saved under a name of ours."""
    scan, purpose = _in_sight(request, pk)
    if not request.user.has_perm("evidence.read_original", scan):
        raise PermissionDenied(_("Originals are given to reviewers and registrars only."))
    response = stored_file(
        request, scan.stored, saved_as=f"{scan.revision.sheet.number}-{scan.position}"
    )
    _log(request, scan, purpose, shown="original")
    return response


def _in_sight(request, pk):
    """Return a scan that the account may see, with the digest of its purpose if it needs one."""
    sheets = RequestSheet.objects.visible_to(request.user, "sheets.view_signedscan")
    scans = SignedScan.objects.filter(revision__sheet__in=sheets)
    scan = scans.select_related("revision__sheet__unit").filter(pk=pk).first()
    if scan is None:
        raise Http404(_("There is nothing here."))
    if not needs_purpose(request.user, scan):
        return scan, ""
    purpose = stated_purpose(request)
    if not purpose:
        raise PermissionDenied(_("State the purpose first: reading scans is logged with it."))
    return scan, purpose


def _log(request, scan, purpose, *, shown):
    if request.method != "GET":
        return
    note(
        Act.SCAN_READ,
        by=request.user,
        chain=chain_of(scan.revision.sheet.unit_id),
        ref=f"signedscan:{scan.pk}",
        digest=scan.sha256,
        shown=shown,
        **({"purpose": purpose} if purpose else {}),
    )
