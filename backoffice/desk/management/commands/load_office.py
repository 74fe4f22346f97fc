"""Load what every office has: roles, and standard reasons of decisions."""

import json

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from backoffice.corrections.models import DecisionReason


class Command(BaseCommand):
    """Can be run again after each release: roles follow the fixtures, reasons are only added."""

    @property
    def help(self):
        """Say what the command is for."""
        return _("Load roles with their permissions, and standard reasons of decisions.")

    @transaction.atomic
    def handle(self, *args, verbosity, **options):
        """Load both, and say how many reasons were new."""
        call_command("loaddata", "roles", verbosity=0)
        added = _add_reasons()
        if verbosity:
            said = ngettext("%(n)d reason added.", "%(n)d reasons added.", added) % {"n": added}
            self.stdout.write(_("Roles are up to date.") + " " + said)


def _add_reasons():
    """Add the reasons whose codes are new: the registrar may have changed the others."""
    (folder,) = settings.FIXTURE_DIRS
    rows = json.loads((folder / "decision_reasons.json").read_text("utf-8"))
    known = set(DecisionReason.objects.values_list("code", flat=True))
    new = [row["fields"] for row in rows if row["fields"]["code"] not in known]
    DecisionReason.objects.bulk_create(DecisionReason(**fields) for fields in new)
    return len(new)
