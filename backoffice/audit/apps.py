"""The audit app."""

from django.apps import AppConfig
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _

from backoffice.audit import guards


class AuditConfig(AppConfig):
    """Who did what when, in chains that show what was done to them."""

    name = "backoffice.audit"
    label = "audit"
    verbose_name = _("Audit trail")

    def ready(self):
        """Listen to sign-ins, and put the guards back after each migration."""
        from backoffice.audit import sign_ins  # noqa: PLC0415 - it needs the models

        sign_ins.listen()
        post_migrate.connect(guards.install_after_migration, sender=self)
