"""The form to sign in with."""

from django.contrib.admin.forms import AdminAuthenticationForm
from django.utils.translation import gettext_lazy as _


class SignInForm(AdminAuthenticationForm):
    """Asks for user name and password; one answer to whatever is wrong with them."""

    error_messages = {
        **AdminAuthenticationForm.error_messages,
        "invalid_login": _("User name or password is wrong, or this account may not sign in."),
        "inactive": _("User name or password is wrong, or this account may not sign in."),
    }
