"""The corrections app."""

from importlib import import_module

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CorrectionsConfig(AppConfig):
    """Correction requests."""

    name = "backoffice.corrections"
    label = "corrections"
    verbose_name = _("Correction requests")

    def ready(self):
        """Have a say before the roll changes."""
        import_module("backoffice.corrections.roll_changes")
