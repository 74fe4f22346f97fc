"""Student records: found, read, never written here."""

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.shortcuts import render
from django.urls import path
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from backoffice.audit.acts import Act
from backoffice.audit.log import chain_of, note
from backoffice.desk.filters import UnitFilter
from backoffice.desk.office_admin import OfficeAdmin
from backoffice.desk.purpose import may_reveal, needs_purpose, state_purpose, stated_purpose
from backoffice.desk.roll.page import RecordPage
from backoffice.desk.searching import records_found
from backoffice.desk.tables.taking_out import TableAdmin
from backoffice.roll.models import StudentRecord
from correctionkit.codes import education


class LevelFilter(admin.SimpleListFilter):
    """Levels of study that occur, the highest first."""

    title = gettext_lazy("level")
    parameter_name = "level"

    def lookups(self, request, model_admin):
        """Return the levels of the records in sight."""
        rows = model_admin.get_queryset(request).order_by().exclude(level="")
        levels = rows.values_list("level", flat=True).distinct()
        return [(level, level) for level in sorted(levels, key=_rank)]

    def queryset(self, request, queryset):
        """Return the records of the chosen level."""
        return queryset.filter(level=self.value()) if self.value() else queryset


def _rank(level):
    row = education.find(level)
    return (row is None, row.code if row else "", level)


@admin.register(StudentRecord)
class StudentRecordAdmin(TableAdmin, OfficeAdmin):
    """The roll: a record changes by requests and imports alone."""

    table_subject = "roll"

    list_display = (
        "number",
        "certificate_number",
        "name",
        "status",
        "unit",
        "level",
        "major",
    )
    list_display_links = ("number", "certificate_number", "name")
    list_filter = ("status", LevelFilter, UnitFilter)
    list_select_related = ("unit",)
    search_hint = gettext_lazy(
        "Student number, certificate number or ID number, whole; or a name or its beginning, "
        "former names too."
    )

    def search(self, rows, search):
        """Return the records that *search* is for."""
        return rows.filter(pk__in=records_found(search).values("pk"))

    def has_add_permission(self, request):
        """Tell that none is added by hand."""
        return False

    def has_change_permission(self, request, obj=None):
        """Tell that none is changed by hand."""
        return False

    def get_urls(self):
        """Return the addresses, that of revealing among them."""
        view = self.admin_site.admin_view(self.reveal_view)
        reveal = path("<int:pk>/reveal/", view, name="roll_studentrecord_reveal")
        return [reveal, *super().get_urls()]

    def changeform_view(self, request, object_id=None, form_url="", extra_context=None):
        """Show a record; there is nothing to save."""
        if object_id is None or request.method not in ("GET", "HEAD"):
            raise PermissionDenied
        record = self.get_object(request, object_id)
        if not self.has_view_permission(request, record):
            raise PermissionDenied
        return self._page(request, record)

    @method_decorator(require_POST)
    def reveal_view(self, request, pk):
        """Show a record with its ID numbers whole, and log that it was."""
        record = self.get_object(request, str(pk))
        if not may_reveal(request.user, record):
            raise PermissionDenied
        digest = ""
        if needs_purpose(request.user, record):
            digest = stated_purpose(request)
            if text := request.POST.get("purpose", ""):
                try:
                    digest = state_purpose(request, text)
                except ValueError:
                    digest = ""
            if not digest:
                fault = _("State in a few words what you need the numbers for.")
                return self._page(request, record, purpose_fault=fault, status=400)
        note(
            Act.RECORD_REVEAL,
            by=request.user,
            chain=chain_of(record.unit_id),
            ref=f"studentrecord:{record.pk}",
            digest=digest,
            fields=["id_number"],
        )
        return self._page(request, record, revealed=True)

    def _page(self, request, record, *, revealed=False, purpose_fault="", status=200):
        may = may_reveal(request.user, record)
        context = {
            **self.admin_site.each_context(request),
            "title": record.name,
            "opts": self.opts,
            "original": record,
            "page": RecordPage(record, request.user, revealed=revealed),
            "revealed": revealed,
            "may_reveal": may and not revealed,
            "asks_purpose": may
            and needs_purpose(request.user, record)
            and not stated_purpose(request),
            "purpose_fault": purpose_fault,
            "may_begin": request.user.has_perm("corrections.add_case", record),
        }
        return render(request, "desk/roll/record.html", context, status=status)
