"""Whole ID numbers of a case: shown once, as the answer to a post, and logged."""

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from backoffice.audit.acts import Act
from backoffice.audit.log import chain_of, note
from backoffice.desk.cases.draft import Draft
from backoffice.desk.cases.page import case_page
from backoffice.desk.cases.sight import Bond, case_in_sight
from backoffice.desk.purpose import may_reveal, needs_purpose, state_purpose, stated_purpose


@require_POST
def reveal_view(request, pk):
    """Show a case with its ID numbers whole; what its clerk was typing stays."""
    case = case_in_sight(request, pk)
    if not may_reveal(request.user, case):
        raise PermissionDenied
    digest = ""
    if needs_purpose(request.user, case):
        digest = _purpose(request)
        if not digest:
            fault = _("State in a few words what you need the numbers for.")
            return case_page(request, case, purpose_fault=fault, status=400)
    note(
        Act.RECORD_REVEAL,
        by=request.user,
        chain=chain_of(case.unit_id),
        ref=f"studentrecord:{case.record_id}",
        digest=digest,
        fields=["id_number"],
        case=case.pk,
    )
    draft = None
    if "case-version" in request.POST and Bond(case, case.requests.all(), request.user).may_write:
        draft = Draft(case, request.POST, revealed=True)
    return case_page(request, case, draft=draft, revealed=True)


def _purpose(request):
    if text := request.POST.get("purpose", ""):
        try:
            return state_purpose(request, text)
        except ValueError:
            return ""
    return stated_purpose(request)
