"""Tables of what waits: the queue to be decided in a workbook, and what a register lacks."""

from django.core.exceptions import PermissionDenied
from django.views.decorators.http import require_http_methods

from backoffice.corrections.models import CorrectionRequest
from backoffice.desk.review.queues import waiting_requests
from backoffice.desk.tables.taking_out import take_out
from backoffice.tables.subjects import resource_to_take_out

_METHODS = ["GET", "HEAD", "POST"]


@require_http_methods(_METHODS)
def queue_out_view(request):
    """Give what waits for whoever asks as a table with empty columns for the decisions."""
    resource = _resource(request, "decisions")
    return take_out(request, resource, waiting_requests(request.user), CorrectionRequest._meta)


@require_http_methods(_METHODS)
def outstanding_out_view(request):
    """Give what the outside register has yet to show as a table."""
    resource = _resource(request, "outstanding")
    rows = resource.get_queryset().order_by("state_since", "pk")
    keys = list(rows.values_list("pk", flat=True))
    return take_out(request, resource, keys, CorrectionRequest._meta)


def _resource(request, subject):
    resource, _unit = resource_to_take_out(subject, request.user)
    if resource is None:
        raise PermissionDenied
    return resource
