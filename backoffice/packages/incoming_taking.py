"""Taking a package in: exactly what was shown, once however often it is done.

What was begun and cut short is taken up again: a student stands in the office with all of
their scans, or not at all.
"""

import hashlib

from django.db import transaction
from django.utils import timezone

from backoffice.audit.log import office_transaction
from backoffice.evidence.refusals import EvidenceRefused
from backoffice.kept_findings import from_json
from backoffice.packages.incoming_files import ScanChanged, ScansIn
from backoffice.packages.incoming_refusals import IncomingRefusal, IncomingRefused
from backoffice.packages.incoming_rows import verdict_of
from backoffice.packages.models.incoming import IncomingChoice, IncomingPackage, IncomingState
from backoffice.tables.models import Verdict
from backoffice.workflow.intake import choose
from backoffice.workflow.judging import is_error
from backoffice.workflow.refusals import Refused
from backoffice.workflow.taking_in import Became, Outcome, Outdated, note_import, take_in

_WRITING = "corrections.change_case"
_WRITTEN = (Became.MADE, Became.ADDED)
_TROUBLE = (Refused, EvidenceRefused, Outdated, ScanChanged)


def may_take(package, account):
    """Tell whether *account* may write what a package brings."""
    return account.has_perm("corrections.add_case", package.unit) and account.has_perm(
        _WRITING, package.unit
    )


def hinders_all(package):
    """Tell whether something keeps the package from being taken in as a whole."""
    refused = package.students.filter(verdict=Verdict.REFUSED).exists()
    return refused or any(map(is_error, from_json(package.findings)))


def confirm(package_pk, digest, choice, *, by):
    """Let a package be taken in as it was shown under *digest*.

    Raises IncomingRefused: CHANGED where something else would be written than was shown.
    """
    with transaction.atomic():
        package = IncomingPackage.objects.select_for_update().get(pk=package_pk)
        if package.state != IncomingState.JUDGED:
            raise IncomingRefused(IncomingRefusal.STATE, state=package.get_state_display())
        if not may_take(package, by):
            raise IncomingRefused(IncomingRefusal.NOT_PERMITTED)
        if digest != package.digest:
            raise IncomingRefused(IncomingRefusal.CHANGED)
        if choice == IncomingChoice.ALL and hinders_all(package):
            raise IncomingRefused(IncomingRefusal.FAULTY)
        if not package.students.to_take().exists():
            raise IncomingRefused(IncomingRefusal.NOTHING)
        package.choice, package.state, package.trouble = choice, IncomingState.TAKING, ""
        package.save(update_fields=["choice", "state", "trouble", "changed_at"])
    return package


def take_package(package, path, *, hold=None, progress=None):
    """Write what a confirmed package brings, from the file or folder at *path*; returns it.

    *hold* is called first in every transaction, *progress* between them.  Raises
    IncomingRefused OUTDATED where what is there now is not what was confirmed: of all students
    or none then nothing was written, and the package waits to be judged anew.
    """
    package.refresh_from_db()
    if package.state == IncomingState.TAKEN:
        return package
    if package.state != IncomingState.TAKING:
        raise IncomingRefused(IncomingRefusal.STATE, state=package.get_state_display())
    taking = _Taking(package, hold or _nothing, progress or _nothing)
    try:
        taking.ask_current(path)
        with ScansIn(path, package.rules) as scans:
            if package.choice == IncomingChoice.ALL:
                taking.all_together(scans)
            else:
                taking.one_by_one(scans)
    except _TROUBLE as fault:
        put_back(package, trouble="outdated")
        raise IncomingRefused(IncomingRefusal.OUTDATED) from fault
    return package


def put_back(package, *, trouble=""):
    """Have a package that is not taken in after all be confirmed again, where need be judged anew.

    What was taken in of it stands, is noted, and is here already when it is judged again.
    """
    with office_transaction(package.account) as log:
        held = IncomingPackage.objects.select_for_update().get(pk=package.pk)
        if held.state != IncomingState.TAKING:
            return
        partly = package.students.filter(became__in=_WRITTEN).exists()
        if partly:
            _note(log, package)
        if partly or trouble:
            package.state, package.digest = IncomingState.RECEIVED, ""
        else:
            package.state = IncomingState.JUDGED
        package.trouble = trouble
        package.save(update_fields=["state", "digest", "trouble", "changed_at"])


class _Taking:
    """One taking in under way."""

    def __init__(self, package, hold, progress):
        self.package = package
        self.by = package.account
        self.hold = hold
        self.progress = progress
        rows = package.students.to_take().select_related("record__unit", "unit", "case__unit")
        self.rows = list(rows)

    def ask_current(self, path):
        """Raise Outdated where file, rules or day are not those of the check."""
        package = self.package
        choice = choose(package.unit)
        same_rules = (choice.policy, choice.overlays) == (package.policy, package.overlays)
        same_file = not package.sha256 or _digest_of(path) == package.sha256
        if not (same_rules and same_file and package.day == timezone.localdate()):
            raise Outdated(verdict_of(self.rows[0])) if self.rows else ScanChanged

    def all_together(self, scans):
        """Write every student in one transaction."""
        verdicts = [verdict_of(row) for row in self.rows]
        for done, verdict in enumerate(verdicts):
            self.progress(done, len(verdicts))
            scans.store(verdict)
        with office_transaction(self.by) as log:
            self.hold()
            outcomes = take_in(
                verdicts,
                self.by,
                add_evidence=lambda verdict, case: scans.put(verdict, case, self.by),
            )
            for row, outcome in zip(self.rows, outcomes, strict=True):
                _keep(row, outcome)
            self._finish(log)

    def one_by_one(self, scans):
        """Write each student in a transaction of its own, whatever becomes of the others."""
        for done, row in enumerate(self.rows):
            self.progress(done, len(self.rows))
            self._take(row, verdict_of(row), scans)
        with office_transaction(self.by) as log:
            self.hold()
            self._finish(log)

    def _take(self, row, verdict, scans):
        try:
            scans.store(verdict)
            with office_transaction(self.by):
                self.hold()
                outcomes = take_in(
                    [verdict],
                    self.by,
                    add_evidence=lambda verdict, case: scans.put(verdict, case, self.by),
                )
                _keep(row, outcomes[0])
        except _TROUBLE:
            with transaction.atomic():
                self.hold()
                _keep(row, Outcome(verdict, Became.NOT_TAKEN))
        finally:
            scans.settle()

    def _finish(self, log):
        """Close the package, and note the import as one."""
        package = self.package
        _note(log, package)
        package.state, package.taken_at = IncomingState.TAKEN, timezone.now()
        package.save(update_fields=["state", "taken_at", "changed_at"])


def _keep(row, outcome):
    row.became, row.case_id = outcome.became, outcome.case
    row.save(update_fields=["became", "case"])


def _outcome(row):
    became = row.became
    if not became:
        became = Became.SAME if row.verdict == Verdict.SAME else Became.NOT_TAKEN
    return Outcome(verdict_of(row), Became(became), row.case_id)


def _note(log, package):
    rows = package.students.select_related("record__unit", "unit", "case__unit")
    outcomes = [_outcome(row) for row in rows]
    note_import(log, outcomes, unit=package.unit, ref=package.ref, choice=package.choice)


def _digest_of(path):
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _nothing(*_figures):
    """Do nothing."""
