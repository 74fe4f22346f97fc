"""The packages app: what branches send and headquarters takes in."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PackagesConfig(AppConfig):
    """Packages."""

    name = "backoffice.packages"
    label = "packages"
    verbose_name = _("Packages")
