"""Bringing students in: judged row by row, then written as drafts, once however often it is done.

Tables and packages share this.  What is alike in unit, student, field, new value and reason is
there already, whether it is still open or was decided.
"""

from collections.abc import Callable
from dataclasses import dataclass

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from backoffice.audit.acts import Act
from backoffice.audit.log import chain_of, office_transaction
from backoffice.evidence.refusals import EvidenceRefused
from backoffice.roll.models import StudentRecord
from backoffice.sealing.digests import RunningDigest
from backoffice.tables.models import Verdict
from backoffice.workflow.intake import Wish, write_requests
from backoffice.workflow.many_drafts import FieldsTaken, draft_many
from backoffice.workflow.matching import OfficeRoll
from backoffice.workflow.refusals import Refused
from backoffice.workflow.standing import standings
from backoffice.workflow.verdicts import Offered, StudentVerdict, judge_offered
from correctionkit.packages.filings.matching import Filing, gather_filings
from correctionkit.packages.filings.roll_match import check_against_roll
from correctionkit.requests.check import check_student

# Students a transaction where they need not stand together: nobody waits long for its end.
_AT_ONCE = 50


class Became(models.TextChoices):
    """What became of a student."""

    MADE = "made", _("Case made")
    ADDED = "added", _("Added to the draft")
    SAME = "same", _("Here already")
    NOT_TAKEN = "not-taken", _("Not taken")


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one student, with the case, or the words why nothing did."""

    verdict: StudentVerdict
    became: Became
    case: int | None = None
    message: str = ""


class Outdated(Exception):
    """Something has changed since a student was judged; nothing of it was written."""

    def __init__(self, verdict):
        super().__init__(f"studentrecord:{verdict.record.pk}")
        self.verdict = verdict
        self.message = _("This student's record or requests have changed since the check.")


def judge_rows(rows, unit, by, policy, *, day=None, roll=None):
    """Return a verdict for each student of a summary table, given by its rows as read.

    *unit* files them, or each student's own unit where None.  A row without a number is a
    student of its own, refused.
    """
    day = day or timezone.localdate()
    roll = roll or OfficeRoll(by, unit)
    rows = list(rows)
    filings, _folders = gather_filings(rows, [])
    roll.load(filings)
    offered = [_offered(filing, policy, day, roll) for filing in filings.values()]
    nameless = [_offered(Filing("", [row]), policy, day, None) for row in rows if not row.number]
    verdicts = judge_offered(offered, by=by, unit=unit, policy=policy, roll=roll)
    return verdicts + [StudentVerdict(each, Verdict.REFUSED, each.findings) for each in nameless]


def take_in(
    verdicts,
    by,
    *,
    together=True,
    add_evidence: Callable | None = None,
    progress: Callable | None = None,
):
    """Write what *verdicts* say, as drafts in the hands of *by*, and return an outcome for each.

    All *together*: one transaction, undone as a whole by Refused, EvidenceRefused or Outdated,
    which are raised.  Else a few students a transaction, where one that is refused by now stops
    no other.  *add_evidence* is told a verdict and its case inside the transaction, *progress*
    how many are done, of how many, between them.
    """
    writing = _Writing(by, add_evidence)
    verdicts = list(verdicts)
    if together:
        with office_transaction(by):
            return writing.write(verdicts)
    outcomes = []
    for start in range(0, len(verdicts), _AT_ONCE):
        outcomes += writing.write_what_can_be(verdicts[start : start + _AT_ONCE])
        if progress:
            progress(len(outcomes), len(verdicts))
    return outcomes


def note_import(log, outcomes, *, unit, ref="", digest="", **facts):
    """Note one import as a whole: how many of what, over a digest of what was taken."""
    became = [each.became for each in outcomes]
    log.add(
        Act.IMPORT,
        chain=chain_of(unit),
        ref=ref,
        digest=digest or digest_of(outcomes),
        made=became.count(Became.MADE),
        added=became.count(Became.ADDED),
        same=became.count(Became.SAME),
        refused=became.count(Became.NOT_TAKEN),
        **facts,
    )


def digest_of(outcomes):
    """Return the digest over what was taken: cases, fields, values, scans."""
    digest = RunningDigest("import")
    for each in outcomes:
        if each.became in (Became.MADE, Became.ADDED):
            digest.add(f"{each.case}")
            for wish in each.verdict.wishes:
                digest.add(f"{wish.field}\0{wish.new}\0{wish.reason}\0{wish.change_date}")
            for scan in each.verdict.scans:
                digest.add(f"{scan.kind} {scan.sha256}")
    return digest.hexdigest()


_FAULTS = (Refused, EvidenceRefused, Outdated)


class _Writing:
    """Writes students one after the other."""

    def __init__(self, by, add_evidence):
        self.by = by
        self.add_evidence = add_evidence

    def _ask_current(self, verdicts):
        """Hold the records, and raise Outdated where a verdict holds no longer."""
        verdicts = [each for each in verdicts if each.is_to_take]
        keys = [each.record.pk for each in verdicts]
        held = []
        for start in range(0, len(keys), 400):
            held += StudentRecord.objects.filter(pk__in=keys[start : start + 400]).held()
        now = standings(held, self.by)
        for each in verdicts:
            if each.record.pk not in now or now[each.record.pk].digest() != each.before:
                raise Outdated(each)

    def write_what_can_be(self, verdicts):
        """Write some students in one transaction, each by itself where that is not possible."""
        try:
            with office_transaction(self.by):
                return self.write(verdicts)
        except _FAULTS:
            with office_transaction(self.by):
                return [self._alone(each) for each in verdicts]

    def write(self, verdicts):
        """Write students inside the open transaction, all of them or none."""
        self._ask_current(verdicts)
        new = [each for each in verdicts if each.verdict == Verdict.NEW]
        try:
            made = draft_many(((each.record, each.unit, each.wishes) for each in new), by=self.by)
        except FieldsTaken as fault:
            raise Outdated(new[0]) from fault
        cases = {id(each): case for each, case in zip(new, made, strict=True)}
        return [self._written(each, cases.get(id(each))) for each in verdicts]

    def _alone(self, verdict):
        """Write one student or nothing of them, and say why."""
        try:
            with office_transaction(self.by):
                return self.write([verdict])[0]
        except _FAULTS as fault:
            return Outcome(verdict, Became.NOT_TAKEN, message=str(fault.message))

    def _written(self, verdict, made):
        if not verdict.is_to_take:
            same = verdict.verdict == Verdict.SAME
            case = verdict.case.pk if verdict.case else None
            return Outcome(verdict, Became.SAME if same else Became.NOT_TAKEN, case)
        case = made or verdict.case
        if made is None and verdict.wishes:
            wishes = {wish.field: wish for wish in (*_wishes_of(case), *verdict.wishes)}
            write_requests(case.pk, wishes.values(), by=self.by)
        if self.add_evidence:
            self.add_evidence(verdict, case)
        return Outcome(verdict, Became.MADE if made else Became.ADDED, case.pk)


def _offered(filing, policy, day, roll):
    record = roll.find(filing.number) if roll else None
    requests = [row.request for row in filing.rows if row.request and row.usable]
    findings = [finding for row in filing.rows for finding in row.findings]
    findings += check_student(requests, policy, day, record)
    if roll:
        findings += check_against_roll(filing, record, policy)
    findings.sort(key=lambda finding: finding.sort_key)
    return Offered(filing.number, filing.name, tuple(requests), tuple(findings))


def _wishes_of(case):
    """Return what a case asks for already, as far as it lies with its clerk."""
    return [
        Wish(each.field, each.new, each.reason, each.change_date, each.old)
        for each in case.requests.editable()
    ]
