"""Passwords: given once by the office, then changed by whoever they are for."""

import secrets

from django.contrib.admin.forms import AdminPasswordChangeForm
from django.contrib.auth.views import PasswordChangeView
from django.core.exceptions import ValidationError
from django.http import HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _

from backoffice.audit.acts import Act
from backoffice.audit.log import OFFICE, office_transaction

# Without signs that are taken for one another when read aloud or from paper.
_SIGNS = "abcdefghjkmnpqrstuvwxyz23456789"
_LENGTH = 16

# Where somebody may go whose password is not their own yet.
_OPEN = ("admin:password_change", "admin:logout", "admin:jsi18n", "set_language")


def one_time_password():
    """Return a random password in groups of four, to be changed at the first sign-in."""
    signs = "".join(secrets.choice(_SIGNS) for _place in range(_LENGTH))
    return "-".join(signs[start : start + 4] for start in range(0, _LENGTH, 4))


def give_password(account, *, by):
    """Give *account* a one-time password, and return it; nobody sees it a second time."""
    password = one_time_password()
    with office_transaction(by) as log:
        account.set_password(password)
        account.must_change_password = True
        account.save(update_fields=["password", "must_change_password"])
        log.add(Act.ACCOUNT_CHANGE, chain=OFFICE, ref=f"account:{account.pk}", fields=["password"])
    return password


class OwnPasswordForm(AdminPasswordChangeForm):
    """Changing one's own password, after which a one-time password is asked for no more."""

    def clean_new_password1(self):
        """Refuse the password that is to be changed."""
        new = self.cleaned_data["new_password1"]
        if self.user.check_password(new):
            raise ValidationError(_("Choose another password than the one you have."))
        return new

    def save(self, commit=True):
        """Save the password, and log that it was changed."""
        self.user.must_change_password = False
        with office_transaction(self.user) as log:
            user = super().save(commit)
            log.add(Act.PASSWORD_CHANGE, chain=OFFICE, ref=f"account:{user.pk}")
        return user


def own_password_page(site, request, extra_context=None):
    """Answer the page of *site* where one changes one's own password."""
    view = PasswordChangeView.as_view(
        form_class=OwnPasswordForm,
        success_url=reverse("admin:password_change_done", current_app=site.name),
        extra_context={**site.each_context(request), **(extra_context or {})},
    )
    return view(request)


class OneTimePasswordMiddleware:
    """Leads who signed in with a one-time password to changing it, and nowhere else."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        """Answer, or send to the page where the password is changed."""
        account = request.user
        if not account.is_authenticated or not account.must_change_password:
            return self.get_response(request)
        if request.path in {reverse(name) for name in _OPEN}:
            return self.get_response(request)
        return HttpResponseRedirect(reverse("admin:password_change"))
