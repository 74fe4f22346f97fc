"""Accounts: made, given passwords and closed by administrators."""

from django.core.exceptions import PermissionDenied
from django.http import HttpResponseRedirect
from django.shortcuts import render
from django.urls import path, reverse
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from backoffice.audit.acts import Act
from backoffice.audit.log import OFFICE
from backoffice.desk.office_admin import OfficeAdmin
from backoffice.desk.people.forms import AccountForm
from backoffice.desk.people.passwords import give_password
from backoffice.desk.people.reach import people_in_reach, reaches_everything


class AccountAdmin(OfficeAdmin):
    """The accounts of the people that an administrator reaches."""

    form = AccountForm
    list_display = (
        "username",
        "person",
        "is_active",
        "is_administrator",
        "must_change_password",
        "last_login",
    )
    list_filter = ("is_active", "is_administrator")
    list_select_related = ("person",)
    search_hint = gettext_lazy("User name, or a part of the person's name.")
    finds_students = False
    change_form_template = "desk/people/account.html"

    def in_sight(self, rows, account):
        """Return the accounts of people in reach."""
        return rows.filter(person__in=people_in_reach(account, "units.view_account"))

    def search(self, rows, search):
        """Return the accounts of that user name, or of people with that in their name."""
        text = search.text
        return rows.filter(username=text) | rows.filter(person__name__icontains=text)

    def get_fields(self, request, obj=None):
        """Return the fields; only who keeps all accounts makes others do so."""
        fields = [*AccountForm.Meta.fields]
        if not reaches_everything(request.user, "units.change_account"):
            fields.remove("is_administrator")
        return fields

    def get_readonly_fields(self, request, obj=None):
        """Return what is fixed once it is made: acts are logged under both."""
        return ("person",) if obj else ()

    def get_form(self, request, obj=None, change=False, **kwargs):
        """Return the form, told who fills it in."""
        form = super().get_form(request, obj, change=change, **kwargs)
        form.editor = request.user
        return form

    def get_field_queryset(self, db, db_field, request):
        """Offer the people in reach."""
        return people_in_reach(request.user, "units.add_account")

    def save_model(self, request, obj, form, change):
        """Save the account; a new one has no password until one is given."""
        if not change:
            obj.set_unusable_password()
        super().save_model(request, obj, form, change)

    def log_saved(self, log, obj, fields, *, added):
        """Log the change in the chain of the office."""
        log.add(
            Act.ACCOUNT_CHANGE, chain=OFFICE, ref=f"account:{obj.pk}", fields=fields, added=added
        )

    def response_add(self, request, obj, post_url_continue=None):
        """Show the password of the new account, this once."""
        return self._password_page(request, obj)

    def get_urls(self):
        """Return the addresses, that of a new password among them."""
        view = self.admin_site.admin_view(self.password_view)
        return [
            path("<int:pk>/new-password/", view, name="units_account_password"),
            *super().get_urls(),
        ]

    @method_decorator(require_POST)
    def password_view(self, request, pk):
        """Give the account a new one-time password, and show it this once."""
        account = self.get_object(request, str(pk))
        if not self.has_change_permission(request, account):
            raise PermissionDenied
        if account.pk == request.user.pk:
            return HttpResponseRedirect(reverse("admin:password_change"))
        return self._password_page(request, account)

    def _password_page(self, request, account):
        context = {
            **self.admin_site.each_context(request),
            "title": _("One-time password"),
            "opts": self.opts,
            "original": account,
            "password": give_password(account, by=request.user),
        }
        return render(request, "desk/people/password.html", context)
