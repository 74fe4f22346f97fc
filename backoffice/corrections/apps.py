"""The corrections app."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CorrectionsConfig(AppConfig):
    """Correction requests."""

    name = "backoffice.corrections"
    label = "corrections"
    verbose_name = _("Correction requests")
