"""The tables app: workbooks judged row by row, previewed, and written."""

from importlib import import_module

from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules
from django.utils.translation import gettext_lazy as _


class TablesConfig(AppConfig):
    """Tables in and out."""

    name = "backoffice.tables"
    label = "tables"
    verbose_name = _("Tables in and out")

    def ready(self):
        """Let the apps say what tables can be of; units stand below, and cannot."""
        import_module("backoffice.tables.units")
        autodiscover_modules("resources")
