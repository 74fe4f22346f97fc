"""Units: everybody sees their own, the registrar keeps the tree."""

from django.contrib import admin
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from backoffice.audit.acts import Act
from backoffice.audit.log import chain_of
from backoffice.desk.filters import UnitFilter
from backoffice.desk.office_admin import OfficeAdmin
from backoffice.desk.people.forms import UnitForm, level_choices
from backoffice.desk.people.reach import staff_of, units_of
from backoffice.desk.tables.taking_out import TableAdmin


class LevelFilter(admin.SimpleListFilter):
    """Levels of units, the highest first."""

    title = pgettext_lazy("of units", "level")
    parameter_name = "level"

    def lookups(self, request, model_admin):
        """Return the levels there are."""
        return level_choices()

    def queryset(self, request, queryset):
        """Return the units of the chosen level."""
        return queryset.filter(level=self.value()) if self.value() else queryset


class UnitAdmin(TableAdmin, OfficeAdmin):
    """The tree of units."""

    table_subject = "units"

    form = UnitForm
    list_display = ("name", "code", "level_label", "parent", "closed_on")
    list_display_links = ("name", "code")
    list_filter = (LevelFilter, UnitFilter)
    list_select_related = ("parent",)
    search_hint = _("Code, or a part of the name.")
    finds_students = False
    change_form_template = "desk/people/unit.html"

    @admin.display(description=pgettext_lazy("of units", "level"), ordering="level")
    def level_label(self, unit):
        """Return the level in words."""
        return dict(level_choices()).get(unit.level, unit.level)

    def search(self, rows, search):
        """Return the units of that code, or with that in their name."""
        return rows.filter(Q(code__iexact=search.text) | Q(name__icontains=search.text))

    def get_field_queryset(self, db, db_field, request):
        """Offer as units above those whose tree the account keeps."""
        return units_of(request.user, "units.change_unit")

    def get_fields(self, request, obj=None):
        """Return the fields."""
        return UnitForm.Meta.fields

    def log_saved(self, log, obj, fields, *, added):
        """Log the change in the chain of the unit."""
        log.add(
            Act.UNIT_CHANGE,
            chain=chain_of(obj),
            ref=f"unit:{obj.pk}",
            fields=fields,
            added=added,
        )

    def render_change_form(self, request, context, *args, obj=None, **options):
        """Show who works in the unit to those who may know."""
        if obj is not None and request.user.has_perm("units.see_unit_staff", obj):
            context["staff"] = staff_of(obj)
        return super().render_change_form(request, context, *args, obj=obj, **options)
