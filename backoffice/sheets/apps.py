"""The sheets app."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class SheetsConfig(AppConfig):
    """Request sheets."""

    name = "backoffice.sheets"
    label = "sheets"
    verbose_name = _("Request sheets")
