"""What requests are under way about values that an import of the roll would change."""

from backoffice.corrections.models import CorrectionRequest
from backoffice.roll.watchers import watches_changes
from backoffice.units.models import Unit


@watches_changes
def open_requests(changes, account):
    """Yield record, column and reference of open requests; no reference out of sight."""
    rows = CorrectionRequest.objects.open().filter(record__in=list(changes)).order_by("pk")
    rows = list(rows.select_related("case"))
    if not rows:
        return
    needed = account.standing_for("corrections.view_correctionrequest")
    in_sight = set(Unit.objects.below(needed).values_list("pk", flat=True))
    for request in rows:
        if request.field in changes[request.record_id]:
            seen = request.unit_id in in_sight
            yield request.record_id, request.field, request.case.reference if seen else ""
