"""What the commands share that bring in a table: the same functions as the pages, for one file."""

import sys
from contextlib import contextmanager
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from backoffice.tables.command_reports import ImportOutcome, as_json, as_lines, findings_of
from backoffice.tables.confirming import confirm, drop
from backoffice.tables.judging import judge
from backoffice.tables.models import Choice, ImportState
from backoffice.tables.receiving import TableRefusal, TableRefused, receive_table
from backoffice.tables.returning import returned_workbook
from backoffice.tables.subjects import resource_class, resource_for
from backoffice.tables.sweeping import sweep
from backoffice.units.importers import NoImporter, chosen_words, importer_for
from backoffice.units.models import Account, Unit

_LANGUAGES = ("en", "zh-hans")
_ATTEMPTS = 3


class TableCommand(BaseCommand):
    """Exit 0 where all is written or as it was, 1 where rows are refused, 2 after a wrong call.

    2 as well for a file that cannot be read.  Subclasses name the *subject*.
    """

    subject = ""

    def add_arguments(self, parser):
        """Take the file, for which unit and by whom, and what becomes of faulty rows."""
        parser.add_argument("file", type=Path, metavar="FILE", help=_("an .xlsx, .xls or CSV"))
        parser.add_argument("--unit", metavar="CODE", help=_("code of the unit; the first one's"))
        parser.add_argument("--by", metavar="USERNAME", help=_("who brings it in"))
        parser.add_argument(
            "--good-rows", action="store_true", help=_("write the good rows, return the others")
        )
        parser.add_argument(
            "--returned", type=Path, metavar="FILE", help=_("workbook for the refused rows")
        )
        if resource_class(self.subject).knows_doubts:
            parser.add_argument(
                "--as-it-stands",
                action="store_true",
                help=_("take doubtful ID numbers and names too, with a remark"),
            )
        parser.add_argument("--dry-run", action="store_true", help=_("write nothing"))
        parser.add_argument("--format", choices=["text", "json"], default="text")
        parser.add_argument("--lang", choices=_LANGUAGES)

    def handle(self, *args, lang, **options):
        """Bring in the file in the language asked for, and exit by what came of it."""
        with translation.override(lang or translation.get_language()):
            unit = _unit(options["unit"])
            by = self._account(options["by"], unit)
            try:
                outcome = self._brought_in(options, unit, by)
            except TableRefused as fault:
                raise CommandError(fault.message, returncode=2) from fault
            self._say(outcome, options["format"])
        sweep()
        if outcome.table.state == ImportState.REFUSED:
            sys.exit(2)
        if outcome.table.refused:
            sys.exit(1)

    def _brought_in(self, options, unit, by):
        doubtful = options.get("as_it_stands", False)
        table = _received(options["file"], self.subject, unit, by, doubtful)
        choice = Choice.GOOD if options["good_rows"] else Choice.ALL
        for attempt in range(_ATTEMPTS):
            with self._progress() as progress:
                table = judge(table.pk, progress=progress)
            outcome = self._judged(table, by)
            if options["dry_run"] or not _may_be_written(table, choice):
                break
            try:
                table = confirm(table.pk, digest=table.digest, choice=choice, by=by)
            except TableRefused as fault:
                # Somebody changed a record in between: what was asked for holds for what is now.
                if fault.refusal is not TableRefusal.OUTDATED or attempt == _ATTEMPTS - 1:
                    raise
            else:
                outcome = ImportOutcome(table, outcome.rules, outcome.findings, written=True)
                break
        returned = _write_returned(outcome, options, by)
        if not outcome.written:
            drop(table.pk, by=by)
        return ImportOutcome(table, outcome.rules, outcome.findings, outcome.written, returned)

    def _judged(self, table, by):
        resource = resource_for(self.subject, by, table.unit, timezone.localdate())
        return ImportOutcome(table, resource.rules, findings_of(table))

    def _account(self, username, unit):
        if username:
            account = Account.objects.filter(username=username, is_active=True).first()
            if account is None:
                raise _wrong(_("There is no account “%(name)s”.") % {"name": username})
            return account
        try:
            account = importer_for([resource_class(self.subject).import_right], unit)
        except NoImporter as fault:
            raise _wrong(fault.message) from fault
        self.stderr.write(chosen_words([account]))
        return account

    @contextmanager
    def _progress(self):
        if not sys.stderr.isatty():
            yield None
            return

        def tell(done):
            line = _("%(n)d rows checked") % {"n": done}
            sys.stderr.write(f"\r{line}")
            sys.stderr.flush()

        yield tell
        sys.stderr.write("\n")

    def _say(self, outcome, shape):
        if shape == "json":
            self.stdout.write(as_json(outcome, timezone.localdate()))
            return
        for line in as_lines(outcome):
            self.stdout.write(line)


def _received(path, subject, unit, by, as_it_stands):
    try:
        with path.open("rb") as file:
            return receive_table(
                file, path.name, subject, by=by, unit=unit, as_it_stands=as_it_stands
            )
    except OSError as fault:
        why = fault.strerror or fault
        words = _("The file cannot be read: %(path)s: %(why)s")
        raise _wrong(words % {"path": path, "why": why}) from fault


def _may_be_written(table, choice):
    if table.state != ImportState.JUDGED or not table.to_write:
        return False
    return choice == Choice.GOOD or not table.refused


def _write_returned(outcome, options, by):
    """Write the workbook of the refused rows where it is asked for, and return its path."""
    table, path = outcome.table, options["returned"]
    if not table.refused or table.state == ImportState.REFUSED:
        return ""
    if path is None:
        if not outcome.written:
            return ""
        path = _free_path(options["file"])
    resource = resource_for(table.subject, by, table.unit, timezone.localdate())
    try:
        path.write_bytes(returned_workbook(table, resource))
    except OSError as fault:
        words = _("The workbook of refused rows cannot be written: %(path)s: %(why)s")
        raise _wrong(words % {"path": path, "why": fault.strerror or fault}) from fault
    return str(path)


def _free_path(source):
    number = 1
    path = source.with_name(f"{source.stem}-refused.xlsx")
    while path.exists():
        number += 1
        path = source.with_name(f"{source.stem}-refused-{number}.xlsx")
    return path


def _unit(code):
    if code:
        unit = Unit.objects.filter(code=code.upper()).first()
        if unit is None:
            raise _wrong(_("There is no unit “%(code)s”.") % {"code": code})
        return unit
    roots = list(Unit.objects.filter(parent=None)[:2])
    if len(roots) != 1:
        raise _wrong(_("Say which unit the table is for: --unit CODE."))
    return roots[0]


def _wrong(message):
    return CommandError(message, returncode=2)
