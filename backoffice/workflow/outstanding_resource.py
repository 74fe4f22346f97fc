"""What an outside register has yet to show, as a table that goes out.

The register's own list comes in where it is reconciled.
"""

from django.utils.translation import gettext_lazy as _
from import_export.fields import Field

from backoffice.corrections.models import CorrectionRequest, RegisterLine
from backoffice.tables.resources import OfficeResource
from backoffice.tables.subjects import brings_in
from backoffice.workflow.reconciling import RECONCILING, outstanding
from backoffice.workflow.request_cells import RequestCells, call_columns

_COLUMNS = (
    "case", "unit", "number", "name", "field", "old", "new", "request_reason", "state", "since",
    "seen",
)  # fmt: skip


@brings_in
class OutstandingResource(RequestCells, OfficeResource):
    """Approved and applied requests that the register does not show; never brought in."""

    subject = "outstanding"
    label = _("Not changed in the outside register yet")
    export_right = RECONCILING
    has_numbers = True

    case = Field()
    unit = Field()
    number = Field()
    name = Field()
    field = Field()
    old = Field()
    new = Field()
    request_reason = Field()
    state = Field()
    since = Field()
    seen = Field()

    class Meta:
        model = CorrectionRequest
        fields = _COLUMNS
        import_id_fields = ()

    def __init__(self, account, unit=None, rules=None):
        super().__init__(account, unit, rules)
        self.fields = {column: self.fields[column] for column in _COLUMNS}
        call_columns(self.fields)

    def get_queryset(self):
        """Return what the account may reconcile and the register does not show."""
        rows = outstanding(self.account)
        rows = rows.below([self.unit.path]) if self.unit else rows
        return rows.select_related("case", "record", "unit")

    def dehydrate_seen(self, request):
        """Return what the latest list said, in words."""
        if not request.seen:
            return str(_("In no list so far"))
        return str(RegisterLine.Outcome(request.seen).label)
