"""Check a package and take it in: cases, requests and scans, as drafts of a clerk."""

import hashlib
import json
import sys
from contextlib import nullcontext
from pathlib import Path

from django.core.management.base import BaseCommand
from django.utils import translation
from django.utils.translation import gettext as _

from backoffice.desk.management.bringing import (
    WRITING,
    acting_account,
    add_bringing_arguments,
    check_report,
    unit_called,
    write_report,
    wrong,
)
from backoffice.packages.incoming_judging import judge_package
from backoffice.packages.incoming_queries import IMPORTING
from backoffice.packages.incoming_receiving import note_folder
from backoffice.packages.incoming_refusals import IncomingRefusal, IncomingRefused
from backoffice.packages.incoming_report import judged_report
from backoffice.packages.incoming_taking import confirm, hinders_all, take_package
from backoffice.packages.models import IncomingChoice, IncomingState
from backoffice.tables.models import Verdict
from backoffice.words import kit_language
from backoffice.workflow.refusals import Refused
from backoffice.workflow.taking_in import Became
from correctionkit.render.json_report import to_json
from correctionkit.render.text_report import to_text

_WIDTH = 100


class Command(BaseCommand):
    """Exit 0 where all is taken in or nothing was new, 1 where something is refused, 2 else."""

    @property
    def help(self):
        """Say what the command is for."""
        return _("Check a package, a folder or a ZIP, and take it in as drafts of a clerk.")

    def add_arguments(self, parser):
        """Take the package, whose it is, and how it is to be taken in."""
        parser.add_argument("path", type=Path, help=_("folder or ZIP"))
        parser.add_argument("--unit", required=True, metavar="CODE", help=_("who files it"))
        add_bringing_arguments(parser)

    def handle(self, *args, path, unit, by, lang, report, **options):
        """Take the package in, and say what became of it."""
        with translation.override(lang) if lang else nullcontext():
            check_report(report)
            if not path.exists():
                raise wrong(_("%(path)s is not there.") % {"path": path})
            filed_by = unit_called(unit)
            account = acting_account(self, by, filed_by, (IMPORTING, *WRITING))
            try:
                package, checked = _judged(path, filed_by, account)
                trouble = _take(package, path, account, **options)
            except (IncomingRefused, Refused) as fault:
                raise wrong(str(fault.message)) from fault
            told = judged_report(package, checked)
            if report:
                write_report(told, report)
            status = self._tell(package, told, trouble, **options)
            if package.state != IncomingState.TAKEN:
                # The report is all that is left of it: pages have no file to go on with.
                package.delete()
        if status:
            sys.exit(status)

    def _tell(self, package, told, trouble, *, format, dry_run, **_options):  # noqa: A002 - option
        """Print the report, and return the exit status."""
        counts = _counts(package)
        if format == "json":
            shape = json.loads(to_json(told, kit_language()))
            shape["office"] = {
                "unit": package.unit.code,
                "account": package.account.username,
                "dry_run": dry_run,
                "choice": package.choice,
                "taken": package.state == IncomingState.TAKEN,
                "message": str(trouble or ""),
                **counts,
            }
            self.stdout.write(json.dumps(shape, ensure_ascii=False, indent=2))
        else:
            self.stdout.write(to_text(told, kit_language(), width=_WIDTH))
            self.stdout.write(_summary(counts, dry_run=dry_run))
            if trouble:
                self.stdout.write(str(trouble))
        if package.state == IncomingState.REFUSED:
            return 2
        return 1 if counts["refused"] or not told.report.ok else 0


def _judged(path, unit, account):
    package = note_folder(path, by=account, unit=unit)
    try:
        if path.is_file():
            with path.open("rb") as file:
                package.sha256 = hashlib.file_digest(file, "sha256").hexdigest()
            package.size = path.stat().st_size
        checked = judge_package(package, path)
    except OSError as fault:
        package.delete()
        words = _("%(path)s cannot be read: %(why)s")
        raise wrong(words % {"path": path, "why": fault.strerror or fault}) from fault
    except Refused:
        package.delete()
        raise
    return package, checked


def _take(package, path, account, *, good_rows, dry_run, **_options):
    """Take a judged package in; returns the words of what hindered it, or None."""
    if package.state != IncomingState.JUDGED or dry_run:
        return None
    choice = IncomingChoice.GOOD if good_rows else IncomingChoice.ALL
    try:
        confirm(package.pk, package.digest, choice, by=account)
    except IncomingRefused as fault:
        if fault.refusal is IncomingRefusal.NOTHING and not hinders_all(package):
            return _("Everything in this package is in the office already. Nothing was written.")
        if fault.refusal in (IncomingRefusal.FAULTY, IncomingRefusal.NOTHING):
            return fault.message
        raise
    package.refresh_from_db()
    take_package(package, path)
    return None


def _counts(package):
    """Return how many students are to become, or became, what."""
    rows = list(package.students.values_list("verdict", "became"))
    taken = package.state == IncomingState.TAKEN
    made = Became.MADE if taken else Verdict.NEW
    added = Became.ADDED if taken else Verdict.CHANGED
    now = [became if taken and became else verdict for verdict, became in rows]
    return {
        "new": now.count(made),
        "added": now.count(added),
        "same": now.count(Verdict.SAME),
        "refused": now.count(Verdict.REFUSED) + now.count(Became.NOT_TAKEN),
    }


def _summary(counts, *, dry_run):
    words = _(
        "New cases: %(new)d, added to drafts: %(added)d, here already: %(same)d, "
        "refused: %(refused)d."
    )
    text = words % counts
    return _("Nothing was written (--dry-run).") + " " + text if dry_run else text
