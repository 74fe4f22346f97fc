"""The jobs app: long work in the background."""

from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules
from django.utils.translation import gettext_lazy as _


class JobsConfig(AppConfig):
    """Jobs, and the kinds of them that the apps' ``tasks`` modules declare."""

    name = "backoffice.jobs"
    label = "jobs"
    verbose_name = _("Jobs")

    def ready(self):
        """Learn the kinds of jobs."""
        autodiscover_modules("tasks")
