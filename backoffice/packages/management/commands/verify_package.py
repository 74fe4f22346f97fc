"""Verify a package that arrived: against its manifest, and against what was sent from here."""

import json

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from backoffice.packages.models import OutgoingPart
from backoffice.packages.outgoing_verifying import verify
from backoffice.policies.shelf import policy_of
from backoffice.words import kit_language
from correctionkit.policy.shelf import default_policy_id
from correctionkit.render.wording import Wording


class Command(BaseCommand):
    """Exits with 0 where it is whole, 1 where not or unknown, 2 where it cannot be read."""

    help = "Verify a package, a folder or a ZIP, against its manifest. Nothing of it is kept."

    def add_arguments(self, parser):
        """Take the place and the format."""
        parser.add_argument("path")
        parser.add_argument("--format", choices=["text", "json"], default="text")

    def handle(self, *args, path, format, **options):  # noqa: A002 - the option's name
        """Say what is known of the package."""
        rules = policy_of(default_policy_id())
        try:
            arrival = verify(path, rules.package_bounds, OutgoingPart.objects.all())
        except OSError as fault:
            why = fault.strerror or type(fault).__name__
            raise CommandError(
                _("The package cannot be read: %(why)s") % {"why": why}, returncode=2
            ) from fault
        told = _told(arrival, Wording(rules, kit_language()))
        if format == "json":
            self.stdout.write(json.dumps(told, ensure_ascii=False, indent=2))
        else:
            self._print_text(arrival, told)
        if not arrival.readable:
            raise SystemExit(2)
        if not arrival.sound:
            raise SystemExit(1)

    def _print_text(self, arrival, told):
        for each in told["findings"]:
            self.stdout.write(each["message"])
        if arrival.files is None:
            self.stdout.write(_("There is no manifest that could be read."))
        elif arrival.sound:
            words = ngettext(
                "%(n)d file is as the manifest says.",
                "All %(n)d files are as the manifest says.",
                arrival.files,
            )
            self.stdout.write(words % {"n": arrival.files})
        if told["sha256"]:
            self.stdout.write(f"SHA-256: {told['sha256']}")
        if arrival.part:
            words = _("Byte for byte what was composed here: %(subject)s (%(state)s)")
            state = arrival.part.get_state_display()
            self.stdout.write(words % {"subject": arrival.part.subject, "state": state})
        elif arrival.namesake:
            words = _("Composed here under this name, but with other bytes: %(subject)s")
            self.stdout.write(words % {"subject": arrival.namesake.subject})


def _told(arrival, wording):
    part = arrival.part
    return {
        "schema": "backoffice/arrival/1",
        "sha256": arrival.sha256,
        "whole": arrival.sound,
        "manifest": {"found": arrival.files is not None, "files": arrival.files},
        "composed_here": part
        and {
            "package": str(part.package),
            "part": part.number,
            "state": str(part.state),
            "sent_at": part.sent_at.isoformat() if part.sent_at else None,
        },
        "other_bytes_than": arrival.namesake and arrival.namesake.subject,
        "findings": [
            {
                "code": each.code,
                "severity": each.severity.value,
                "path": each.location.path,
                "message": wording.message(each),
                "fault": each.params.get("fault"),
            }
            for each in arrival.findings
        ],
    }
