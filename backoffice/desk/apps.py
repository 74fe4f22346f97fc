"""The desk app."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class DeskConfig(AppConfig):
    """Desk."""

    name = "backoffice.desk"
    label = "desk"
    verbose_name = _("Desk")
