"""Memberships: given and ended by administrators."""

from django.contrib import admin
from django.contrib.auth.models import Group
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from backoffice.audit.acts import Act
from backoffice.audit.log import chain_of
from backoffice.desk.filters import UnitFilter
from backoffice.desk.office_admin import OfficeAdmin
from backoffice.desk.people.forms import MembershipForm
from backoffice.desk.people.reach import people_in_reach, units_of
from backoffice.units.models import Person
from backoffice.units.roles import Role

_FIXED = ("person", "unit", "role_name", "first_day")


class RoleFilter(admin.SimpleListFilter):
    """Roles."""

    title = _("role")
    parameter_name = "role"

    def lookups(self, request, model_admin):
        """Return the roles."""
        return Role.choices

    def queryset(self, request, queryset):
        """Return the memberships of the chosen role."""
        return queryset.filter(role__name=self.value()) if self.value() else queryset


class InForceFilter(admin.SimpleListFilter):
    """Whether a membership holds today."""

    title = _("in force")
    parameter_name = "in_force"

    def lookups(self, request, model_admin):
        """Return the answers."""
        return [("yes", _("Today")), ("ended", _("Ended")), ("later", _("Later"))]

    def queryset(self, request, queryset):
        """Return those of the chosen answer."""
        today = timezone.localdate()
        chosen = {
            "yes": queryset.in_force(today),
            "ended": queryset.filter(last_day__lt=today),
            "later": queryset.filter(first_day__gt=today),
        }
        return chosen.get(self.value(), queryset)


class MembershipAdmin(OfficeAdmin):
    """Who is what where; a membership is ended by its last day."""

    form = MembershipForm
    list_display = ("person", "role_name", "unit", "first_day", "last_day")
    list_display_links = ("person", "role_name")
    list_filter = (InForceFilter, RoleFilter, UnitFilter)
    list_select_related = ("person", "unit", "role")
    search_hint = _("A part of the person's name.")
    finds_students = False

    @admin.display(description=_("role"), ordering="role__name")
    def role_name(self, membership):
        """Return the role in words."""
        return membership.role_label

    def search(self, rows, search):
        """Return the memberships of people with that in their name."""
        return rows.filter(person__name__icontains=search.text)

    def has_change_permission(self, request, obj=None):
        """Tell whether it may be ended: what is over stays as it was."""
        if obj is not None and obj.last_day and obj.last_day < timezone.localdate():
            return False
        return super().has_change_permission(request, obj)

    def get_fields(self, request, obj=None):
        """Return the fields in the order of the form; a role that is given is in words."""
        fields = MembershipForm.Meta.fields
        return [*("role_name" if obj and name == "role" else name for name in fields)]

    def get_readonly_fields(self, request, obj=None):
        """Return what is fixed once it is given: another role is another membership."""
        return _FIXED if obj else ()

    def get_form(self, request, obj=None, change=False, **kwargs):
        """Return the form, told who fills it in."""
        form = super().get_form(request, obj, change=change, **kwargs)
        form.editor = request.user
        return form

    def get_field_queryset(self, db, db_field, request):
        """Offer the roles, and the people and units that the account administers."""
        wanted = db_field.remote_field.model
        if wanted is Group:
            return Group.objects.filter(name__in=Role.values)
        if wanted is Person:
            return people_in_reach(request.user, "units.add_membership")
        units = units_of(request.user, "units.add_membership")
        # Nobody begins in a unit that is closed; one that is named there stays named.
        return units.open_on(timezone.localdate()) if db_field.name == "unit" else units

    def log_saved(self, log, obj, fields, *, added):
        """Log the change in the chain of the unit."""
        log.add(
            Act.MEMBERSHIP_CHANGE,
            chain=chain_of(obj.unit_id),
            ref=f"membership:{obj.pk}",
            fields=fields,
            added=added,
            role=obj.role.name,
            holder=obj.person_id,
        )
