"""The form to sign in with."""

from django.contrib.admin.forms import AdminAuthenticationForm
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from backoffice.desk.people.brake import is_braked


class SignInForm(AdminAuthenticationForm):
    """Asks for user name and password; one answer to whatever is wrong with them."""

    error_messages = {
        **AdminAuthenticationForm.error_messages,
        "invalid_login": _("User name or password is wrong, or this account may not sign in."),
        "inactive": _("User name or password is wrong, or this account may not sign in."),
    }

    def clean(self):
        """Refuse, whatever the password, where too many were wrong; the same to any name."""
        username = self.cleaned_data.get("username")
        if username and is_braked(username, self.request):
            raise ValidationError(
                _(
                    "Signing in failed too often. It is refused for 15 minutes, with the right "
                    "password too."
                ),
                code="braked",
            )
        return super().clean()
