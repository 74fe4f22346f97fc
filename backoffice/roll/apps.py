"""The roll app."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class RollConfig(AppConfig):
    """Student roll."""

    name = "backoffice.roll"
    label = "roll"
    verbose_name = _("Student roll")
