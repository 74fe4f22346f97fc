"""Check a summary table without scans and take its requests in, as drafts of a clerk."""

import hashlib
import json
import sys
from collections import Counter
from contextlib import nullcontext
from pathlib import Path

from django.core.management.base import BaseCommand
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from backoffice.audit.log import office_transaction
from backoffice.desk.management.bringing import (
    WRITING,
    account_called,
    acting_account,
    add_bringing_arguments,
    check_report,
    unit_called,
    write_report,
    wrong,
)
from backoffice.evidence.refusals import EvidenceRefused
from backoffice.policies.shelf import policy_of
from backoffice.storage.names import plain_name
from backoffice.tables.models import Verdict
from backoffice.units.importers import NoImporter, chosen_words, importer_for
from backoffice.units.models import Unit
from backoffice.words import kit_language
from backoffice.workflow.intake import choose
from backoffice.workflow.judging import is_error
from backoffice.workflow.matching import OfficeRoll
from backoffice.workflow.refusals import Refused
from backoffice.workflow.request_tables import as_checked, read_requests
from backoffice.workflow.taking_in import Became, Outdated, judge_rows, note_import, take_in
from correctionkit.render.json_report import to_json
from correctionkit.render.text_report import to_text

_WIDTH = 100


class Command(BaseCommand):
    """Exit 0 where all is taken in or nothing was new, 1 where something is refused, 2 else."""

    @property
    def help(self):
        """Say what the command is for."""
        return _("Check a summary table (xlsx, xls, CSV) and take its requests in as drafts.")

    def add_arguments(self, parser):
        """Take the table, whose it is, and how it is to be taken in."""
        parser.add_argument("file", type=Path, help=_("summary table"))
        parser.add_argument(
            "--unit", metavar="CODE", help=_("who files it; each student's own unit if left out")
        )
        add_bringing_arguments(parser)

    def handle(self, *args, file, unit, by, lang, report, **options):
        """Take the requests in, and say what became of them."""
        with translation.override(lang) if lang else nullcontext():
            check_report(report)
            try:
                content = file.read_bytes()
            except OSError as fault:
                words = _("%(path)s cannot be read: %(why)s")
                raise wrong(words % {"path": file, "why": fault.strerror or fault}) from fault
            try:
                status = self._bring_in(content, file, unit, by, report, **options)
            except Refused as fault:
                raise wrong(fault.message) from fault
        if status:
            sys.exit(status)

    def _bring_in(self, content, file, unit, by, report, *, good_rows, dry_run, format, **_options):  # noqa: A002 - option
        filed_by = unit_called(unit) if unit else None
        whole = filed_by or Unit.objects.filter(parent=None).order_by("path").first()
        if whole is None:
            raise wrong(_("The office has no unit yet."))
        choice = choose(whole)
        policy = policy_of(choice.policy, tuple(choice.overlays))
        table = read_requests(content, plain_name(file.name), policy)
        parts = list(self._judged(table.rows, filed_by, by, policy))
        verdicts = [each for _account, part in parts for each in part]
        told = as_checked(table, verdicts, policy, timezone.localdate())
        if report:
            write_report(told, report)
        refused = any(each.verdict == Verdict.REFUSED for each in verdicts)
        faulty = refused or any(map(is_error, table.findings))
        outcomes, trouble = [], ""
        if not dry_run and (good_rows or not faulty):
            outcomes, trouble = _written(parts, whole, hashlib.sha256(content), good_rows)
        elif faulty and not dry_run:
            trouble = _("There are errors, and all or none were asked for. Nothing was written.")
        counts = _counts(verdicts, outcomes)
        facts = {"unit": unit or "", "dry_run": dry_run, "message": str(trouble), **counts}
        self._tell(told, facts, format)
        if table.workbook is None:
            return 2
        return 1 if faulty or counts["refused"] or trouble else 0

    def _judged(self, rows, unit, username, policy):
        """Yield (account, its verdicts): one account, or the nearest of each student's unit."""
        rows = list(rows)
        if username or unit:
            account = acting_account(self, username, unit) if unit else account_called(username)
            yield account, judge_rows(rows, unit, account, policy)
            return
        parts, clerks = {}, _Clerks(row.number for row in rows)
        for row in rows:
            account = clerks.for_student(row.number)
            parts.setdefault(account.pk if account else None, (account, []))[1].append(row)
        if clerks.chosen:
            self.stderr.write(chosen_words(clerks.chosen))
        for account, part in parts.values():
            # Where nobody is to take them in, they are as unknown as those that are in no roll.
            yield account, judge_rows(part, None, account or _Nobody(), policy)

    def _tell(self, told, facts, format):  # noqa: A002 - the option's name
        if format == "json":
            shape = json.loads(to_json(told, kit_language())) | {"office": facts}
            self.stdout.write(json.dumps(shape, ensure_ascii=False, indent=2))
            return
        self.stdout.write(to_text(told, kit_language(), width=_WIDTH))
        words = _(
            "New cases: %(new)d, added to drafts: %(added)d, here already: %(same)d, "
            "refused: %(refused)d."
        )
        text = words % facts
        if facts["dry_run"]:
            text = f"{_('Nothing was written (--dry-run).')} {text}"
        self.stdout.write(text)
        if facts["message"]:
            self.stdout.write(facts["message"])


class _Nobody:
    """Somebody who sees nothing."""

    person_id = None

    def standing_for(self, _permission):
        """Return no unit."""
        return ()


class _Everybody:
    """The office itself, which sees every student."""

    def standing_for(self, _permission):
        """Return the root of all."""
        return ("",)


class _Clerks:
    """Who takes in whose requests: the nearest account to the student's unit that may."""

    def __init__(self, numbers):
        self._roll = OfficeRoll(_Everybody())
        self._roll.load(numbers)
        self._known = {}

    @property
    def chosen(self):
        """Return the accounts that were found so far."""
        return [each for each in self._known.values() if each]

    def for_student(self, number):
        """Return the account, or None where nobody may."""
        record = self._roll.record(number)
        if record is None:
            return None
        if record.unit_id not in self._known:
            try:
                self._known[record.unit_id] = importer_for(WRITING, record.unit)
            except NoImporter:
                self._known[record.unit_id] = None
        return self._known[record.unit_id]


def _written(parts, unit, digest, good_rows):
    """Write the verdicts of each account; returns the outcomes, and what hindered them."""
    outcomes = []
    try:
        # All or none of the whole table; else as many as can be, each account's by itself.
        with nullcontext() if good_rows else office_transaction():
            for account, verdicts in parts:
                if account is not None:
                    done = take_in(verdicts, account, together=not good_rows)
                    outcomes += done
                    if any(each.became in (Became.MADE, Became.ADDED) for each in done):
                        with office_transaction(account) as log:
                            note_import(log, done, unit=unit, sha256=digest.hexdigest())
    except (Refused, EvidenceRefused, Outdated) as fault:
        return [], fault.message
    return outcomes, ""


def _counts(verdicts, outcomes):
    kinds = Counter(each.verdict for each in verdicts)
    became = Counter(each.became for each in outcomes)
    late = became[Became.NOT_TAKEN] - kinds[Verdict.REFUSED] if outcomes else 0
    return {
        "new": became[Became.MADE] if outcomes else kinds[Verdict.NEW],
        "added": became[Became.ADDED] if outcomes else kinds[Verdict.CHANGED],
        "same": kinds[Verdict.SAME],
        "refused": kinds[Verdict.REFUSED] + max(0, late),
    }
