"""Check the stored files of evidence and signed sheets."""

import json
import sys

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from backoffice.evidence.keeping import Kept, check_kept, find_orphans, kept_evidence, sweep
from backoffice.evidence.storing import names_of, thumbnail_name
from backoffice.sheets.models import SignedScan


class Command(BaseCommand):
    """Exit 0 where all is well, 1 where something is not, 2 where it could not be checked."""

    @property
    def help(self):
        """Say what the command is for."""
        return _("Check that every stored file is there and unchanged, and that none is left over.")

    def add_arguments(self, parser):
        """Take what to do with what is left over, and a format."""
        parser.add_argument(
            "--sweep", action="store_true", help=_("remove what is left over, older than a day")
        )
        parser.add_argument("--format", choices=["text", "json"], default="text")

    def handle(self, *args, format, sweep, **options):  # noqa: A002 - the option's name
        """Print the faults and what was looked at."""
        try:
            counts, faults = _looked_at(sweeps=sweep)
        except OSError as fault:
            raise CommandError(
                _("The storage cannot be read: %(why)s") % {"why": fault.strerror or fault},
                returncode=2,
            ) from fault
        if format == "json":
            self._print_json(counts, faults)
        else:
            self._print_text(counts, faults)
        if faults:
            sys.exit(1)

    def _print_json(self, counts, faults):
        rows = [
            {
                "ref": fault.ref,
                "file": fault.name,
                "kind": fault.kind.value,
                "message": fault.message,
            }
            for fault in faults
        ]
        report = {"schema": "backoffice/evidence/1", "counts": counts, "faults": rows}
        self.stdout.write(json.dumps(report, ensure_ascii=False, indent=2))

    def _print_text(self, counts, faults):
        for fault in faults:
            self.stdout.write(fault.message)
        checked = ngettext("Checked %(n)d file.", "Checked %(n)d files.", counts["files"])
        self.stdout.write(checked % {"n": counts["files"]})
        if counts["swept"]:
            swept = ngettext(
                "Removed %(n)d left over.", "Removed %(n)d left over.", counts["swept"]
            )
            self.stdout.write(swept % {"n": counts["swept"]})
        if faults:
            found = ngettext("%(n)d fault.", "%(n)d faults.", len(faults)) % {"n": len(faults)}
        else:
            found = _("Every file is there and unchanged.")
        self.stdout.write(found)


def _looked_at(*, sweeps):
    faults, names, files = [], set(), 0
    for kept in (*kept_evidence(), *_kept_scans()):
        files += 1
        # Signed scans have thumbnails that no row names.
        names.update((*kept.names, thumbnail_name(kept.original)))
        faults += check_kept(kept)
    swept = sweep(names) if sweeps else 0
    faults += find_orphans(names)
    return {"files": files, "swept": swept, "faults": len(faults)}, faults


def _kept_scans():
    fields = ("pk", "stored", "clean", "pages", "sha256")
    for pk, stored, clean, pages, sha256 in SignedScan.objects.order_by("pk").values_list(*fields):
        yield Kept(f"signedscan:{pk}", stored, sha256, tuple(names_of(stored, clean, "", pages)))
