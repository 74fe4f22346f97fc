"""People: who works in the office, with what they are where and how they sign in."""

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from backoffice.audit.acts import Act
from backoffice.audit.log import OFFICE
from backoffice.desk.office_admin import OfficeAdmin
from backoffice.desk.people.reach import people_in_reach


class PersonAdmin(OfficeAdmin):
    """The people that an administrator reaches."""

    fields = ("name", "staff_number")
    list_display = ("name", "staff_number")
    search_hint = _("A part of the name, the staff number, or the user name.")
    finds_students = False
    change_form_template = "desk/people/person.html"

    def in_sight(self, rows, account):
        """Return the people in reach."""
        return rows.filter(pk__in=people_in_reach(account, "units.view_person"))

    def search(self, rows, search):
        """Return the people with that in their name, or of that number or user name."""
        return rows.filter(
            Q(name__icontains=search.text)
            | Q(staff_number=search.text)
            | Q(accounts__username=search.text)
        ).distinct()

    def log_saved(self, log, obj, fields, *, added):
        """Log the change in the chain of the office."""
        log.add(
            Act.ACCOUNT_CHANGE, chain=OFFICE, ref=f"person:{obj.pk}", fields=fields, added=added
        )

    def render_change_form(self, request, context, *args, obj=None, **options):
        """Show the person's memberships and accounts."""
        if obj is not None:
            context["memberships"] = obj.memberships.select_related("unit", "role").order_by(
                "-first_day", "pk"
            )
            context["accounts"] = obj.accounts.all()
        return super().render_change_form(request, context, *args, obj=obj, **options)
