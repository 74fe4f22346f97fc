"""Print the request sheets of a day, each as a PDF of its own."""

import hashlib
import json
import os
import sys
from argparse import ArgumentTypeError
from datetime import date
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from backoffice.desk.printing.answers import NotPrinted
from backoffice.desk.printing.many import rendered
from backoffice.desk.printing.sheets import log_prints, printable_revision
from backoffice.sheets.models import RequestSheet
from backoffice.workflow.sheeting import close_overdue


class Command(BaseCommand):
    """Exit 0 where all were printed, 1 where some could not be, 2 after a wrong call."""

    @property
    def help(self):
        """Say what the command is for."""
        return _("Print the request sheets of a day into a folder, and log each print.")

    def add_arguments(self, parser):
        """Take the day, the folder, and a format of the report."""
        parser.add_argument("--on", type=_day, required=True, help=_("day, such as 2026-11-20"))
        parser.add_argument("--output", type=Path, required=True, help=_("folder for the files"))
        parser.add_argument("--format", choices=["text", "json"], default="text")

    def handle(self, *args, on, output, format, **options):  # noqa: A002 - the option's name
        """Write the files and say which sheets they are of."""
        close_overdue()
        try:
            output.mkdir(parents=True, exist_ok=True)
            printed, faults = _print_into(output, on)
        except OSError as fault:
            raise CommandError(
                _("The folder cannot be written: %(why)s") % {"why": fault.strerror or fault},
                returncode=2,
            ) from fault
        if format == "json":
            report = {
                "schema": "backoffice/prints/1",
                "day": on.isoformat(),
                "counts": {"printed": len(printed), "faults": len(faults)},
                "printed": printed,
                "faults": faults,
            }
            self.stdout.write(json.dumps(report, ensure_ascii=False, indent=2))
        else:
            self._print_text(printed, faults)
        if faults:
            sys.exit(1)

    def _print_text(self, printed, faults):
        for each in printed:
            self.stdout.write(f"{each['file']}  {each['code']}")
        for each in faults:
            self.stdout.write(each["message"])
        words = ngettext("%(n)d sheet printed.", "%(n)d sheets printed.", len(printed))
        self.stdout.write(words % {"n": len(printed)})
        if faults:
            words = ngettext("%(n)d not printed.", "%(n)d not printed.", len(faults))
            self.stdout.write(words % {"n": len(faults)})


def _day(text):
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise ArgumentTypeError(_("“%(text)s” is no day.") % {"text": text}) from None


def _print_into(folder, day):
    """Print a day's sheets; returns what was written, and what could not be and why."""
    revisions, faults, printed = [], [], []
    sheets = RequestSheet.objects.filter(day=day).select_related("unit")
    for sheet in sheets.order_by("unit__path", "kind"):
        try:
            revisions.append(printable_revision(sheet))
        except NotPrinted as fault:
            faults.append({"sheet": sheet.number, "message": fault.message})
    for revision, pdf, message in rendered(revisions):
        number = revision.sheet.number
        if pdf is None:
            words = _("%(sheet)s: %(message)s") % {"sheet": number, "message": message}
            faults.append({"sheet": number, "message": words})
            continue
        name = f"{number}-R{revision.number}.pdf"
        _write(folder / name, pdf)
        log_prints([revision], None)
        printed.append(
            {
                "sheet": number,
                "revision": revision.number,
                "code": revision.code,
                "file": name,
                "bytes": len(pdf),
                "sha256": hashlib.sha256(pdf).hexdigest(),
            }
        )
    return printed, faults


def _write(path, content):
    """Write a file whole or not at all."""
    beside = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        beside.write_bytes(content)
        beside.replace(path)
    except BaseException:
        beside.unlink(missing_ok=True)
        raise
