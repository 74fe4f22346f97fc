"""The policies app."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PoliciesConfig(AppConfig):
    """Policies in force."""

    name = "backoffice.policies"
    label = "policies"
    verbose_name = _("Policies in force")
