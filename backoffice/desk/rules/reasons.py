"""Standard reasons for returning, rejecting and sending back."""

from backoffice.audit.acts import Act
from backoffice.audit.log import OFFICE
from backoffice.desk.office_admin import OfficeAdmin


class DecisionReasonAdmin(OfficeAdmin):
    """An editable list; a reason that is wanted no more is taken out of use."""

    fields = (
        "code",
        "verdict",
        "words_zh",
        "words_en",
        "opinion_needed",
        "in_use",
        "position",
    )
    list_display = ("words_zh", "verdict", "code", "opinion_needed", "in_use", "position")
    list_filter = ("verdict", "in_use")

    def in_sight(self, rows, account):
        """Return all of them: the office has one list."""
        return rows if account.has_perm("corrections.view_decisionreason") else rows.none()

    def get_readonly_fields(self, request, obj=None):
        """Return what decisions that were given rest on."""
        return ("code", "verdict") if obj else ()

    def log_saved(self, log, obj, fields, *, added):
        """Log the change in the chain of the office."""
        log.add(
            Act.SETTING_CHANGE,
            chain=OFFICE,
            ref=f"decisionreason:{obj.pk}",
            fields=fields,
            added=added,
        )
