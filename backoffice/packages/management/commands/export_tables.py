"""Write the summary workbooks of what a unit submitted on a day."""

import json
from argparse import ArgumentTypeError
from datetime import date
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from backoffice.audit.acts import Act
from backoffice.audit.log import chain_of, note
from backoffice.packages.outgoing_tables import export_tables, submitted_on
from backoffice.units.models import Unit


class Command(BaseCommand):
    """Exits with 0 where all is written, 1 where a line or a value is not, 2 for a wrong call."""

    help = (
        "Write the summary workbooks by status of what a unit and those below submitted on a "
        "local day and did not take or get back since. The same day again changes no file."
    )

    def add_arguments(self, parser):
        """Take unit, day, place and format."""
        parser.add_argument("--unit", required=True, help="the code of the unit")
        parser.add_argument("--on", type=_day, default=None, help="YYYY-MM-DD, by default today")
        parser.add_argument("--output", type=Path, required=True, help="a folder")
        parser.add_argument("--format", choices=["text", "json"], default="text")

    def handle(self, *args, unit, on, output, format, **options):  # noqa: A002 - the option's name
        """Write the workbooks and say which."""
        found = Unit.objects.filter(code=unit.upper()).first()
        if found is None:
            raise CommandError(_("There is no unit “%(code)s”.") % {"code": unit}, returncode=2)
        day = on or timezone.localdate()
        requests = submitted_on(found, day)
        try:
            output.mkdir(parents=True, exist_ok=True)
            done, left = export_tables(requests, output)
        except OSError as fault:
            why = fault.strerror or type(fault).__name__
            raise CommandError(
                _("The folder cannot be written: %(why)s") % {"why": why}, returncode=2
            ) from fault
        if done:
            _log(found, day, done)
        report = _report(found, day, done, left)
        if format == "json":
            self.stdout.write(json.dumps(report, ensure_ascii=False, indent=2))
        else:
            self._print_text(report)
        if report["faults"]:
            raise SystemExit(1)

    def _print_text(self, report):
        for each in report["tables"]:
            said = _("written") if each["written"] else _("unchanged")
            self.stdout.write(f"{each['file']}  {each['lines']}  {said}")
        for each in report["faults"]:
            self.stdout.write(each["message"])
        lines = report["counts"]["lines"]
        words = ngettext("%(n)d line in all.", "%(n)d lines in all.", lines)
        self.stdout.write(words % {"n": lines} if lines else _("Nothing was submitted that day."))


def _day(text):
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise ArgumentTypeError(_("“%(text)s” is no day.") % {"text": text}) from None


def _report(unit, day, done, left):
    faults = [
        {
            "file": each.path,
            "message": _("%(file)s: too long for a cell: %(cells)s")
            % {"file": each.path, "cells": ", ".join(each.cut)},
        }
        for each in done
        if each.cut
    ]
    faults += [
        {
            "file": None,
            "message": _("%(case)s: the policy has no table for this status.")
            % {"case": request.case.reference},
        }
        for request in left
    ]
    return {
        "schema": "backoffice/tables/1",
        "unit": unit.code,
        "day": day.isoformat(),
        "counts": {
            "tables": len(done),
            "lines": sum(each.lines for each in done),
            "faults": len(faults),
        },
        "tables": [
            {"file": each.path, "policy": each.policy, "lines": each.lines, "written": each.written}
            for each in done
        ],
        "faults": faults,
    }


def _log(unit, day, done):
    note(
        Act.EXPORT,
        by=None,
        chain=chain_of(unit),
        ref=f"unit:{unit.pk}",
        kind="summary-tables",
        first=day.isoformat(),
        last=day.isoformat(),
        lines=sum(each.lines for each in done),
        tables=len(done),
    )
