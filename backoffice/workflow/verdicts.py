"""Students as tables and packages bring them in, and what would become of each."""

from dataclasses import dataclass, field, replace

from django.utils import timezone

from backoffice.corrections.models import Case
from backoffice.corrections.states import CLOSED
from backoffice.roll.fields import same_value
from backoffice.roll.models import StudentRecord
from backoffice.tables.models import Verdict
from backoffice.units.models import Unit
from backoffice.workflow.intake import Wish
from backoffice.workflow.judging import as_on_record, is_error
from backoffice.workflow.standing import StudentStanding, standings
from correctionkit.catalog import evidence_codes, request_codes
from correctionkit.requests.check import check_student
from correctionkit.requests.values import read_value
from correctionkit.terms import ValueType, Words

_MISSING = evidence_codes.EVIDENCE_MISSING.code
_DONE = frozenset({request_codes.RECORD_DISAGREES.code, request_codes.REQUEST_UNCHANGED.code})


@dataclass(frozen=True, slots=True)
class OfferedScan:
    """A scan of a student: where it is, the kind that it is said to be, and its hash."""

    path: str
    kind: str | None
    sha256: str


@dataclass(frozen=True, slots=True)
class Offered:
    """One student as brought in: what is asked for, what was found, and the scans.

    *requests* are those of the rules, of one student, as far as they could be understood.
    """

    number: str
    name: str
    requests: tuple
    findings: tuple
    scans: tuple[OfferedScan, ...] = ()
    folder: str = ""


@dataclass(frozen=True, slots=True)
class StudentVerdict:
    """What would become of one student that is brought in.

    *case* is the one that gets more, or that has all this already.  *before* is what the
    verdict rests on: where that is another by now, it holds no longer.
    """

    offered: Offered
    verdict: Verdict
    findings: tuple
    record: StudentRecord | None = None
    unit: Unit | None = None
    case: Case | None = None
    wishes: tuple[Wish, ...] = ()
    scans: tuple[OfferedScan, ...] = ()
    before: str = ""

    @property
    def is_to_take(self):
        """Tell whether there is something to write."""
        return self.verdict in (Verdict.NEW, Verdict.CHANGED)


def judge_offered(offered, *, by, unit, policy, roll):
    """Return a verdict for each student; *unit* files it, or each student's own where None."""
    offered = list(offered)
    roll.load(each.number for each in offered)
    records = {each.number: roll.record(each.number) for each in offered}
    known = standings([record for record in records.values() if record], by)
    verdicts, first = [], {}
    for each in offered:
        record = records[each.number]
        if record is not None and each.requests and first.setdefault(record.pk, each) is not each:
            each = _twice(each, first[record.pk])
        verdicts.append(_judge(each, record, known, by=by, unit=unit, policy=policy))
    return verdicts


def _judge(offered, record, known, *, by, unit, policy):
    if record is None or not offered.requests:
        return StudentVerdict(offered, Verdict.REFUSED, offered.findings, record)
    standing = known[record.pk]
    judging = _Judging(offered, standing, unit or record.unit, by, policy)
    return replace(judging.verdict(), before=standing.digest())


def _twice(offered, first):
    """Tell of a student who stands in a table by one number, and in another by the other."""
    row = first.requests[0].location.row
    more = [_at(request_codes.REQUEST_REPEATED, each, first_row=row) for each in offered.requests]
    return replace(offered, findings=(*offered.findings, *more))


@dataclass(slots=True)
class _Judging:
    """One student, beside what the office holds of them."""

    offered: Offered
    standing: StudentStanding
    unit: Unit
    by: object
    policy: object
    same: dict = field(default_factory=dict)

    def verdict(self):
        """Say what would become of the student."""
        for asked in self.offered.requests:
            if found := self._same_as(asked):
                self.same[asked.field] = found
        if len(self.same) == len(self.offered.requests):
            cases = {each.case_id: each.case for each in self.same.values()}
            latest = cases[max(cases)]
            if not self._new_scans(cases):
                return self._give(Verdict.SAME, (), case=latest)
            if len(cases) == 1 and self._is_mine(next(iter(self.same.values()))):
                return self._take(latest)
            if not all(each.state in CLOSED for each in self.same.values()):
                return self._refuse(self._open_elsewhere(self.same.values()))
            # Decided and closed: the same is asked for once more, with other scans.
            self.same.clear()
        asked = [each for each in self.offered.requests if each.field not in self.same]
        is_open = self.standing.open
        taken = [is_open[each.field] for each in asked if each.field in is_open]
        cases = {each.case_id: each.case for each in taken}
        if len(cases) > 1 or not all(self._is_mine(each) for each in taken):
            return self._refuse(self._open_elsewhere(taken))
        target = next(iter(cases.values()), None) or self.standing.draft_of(self.unit)
        if target is not None and target.policy_day is not None:
            ours = {each.field for each in taken}
            bound = [each for each in asked if each.field not in ours]
            if bound:
                return self._refuse(_at(request_codes.REQUEST_BOUND, each) for each in bound)
        return self._take(target)

    def _take(self, target):
        """Return the verdict that the findings leave; *target* is the case that gets it."""
        findings = [each for each in self.offered.findings if not self._is_done(each)]
        findings += _status_findings(self)
        if target is not None:
            has = self.standing.kinds_of(target)
            findings = [each for each in findings if not _is_there(each, has)]
        if any(map(is_error, findings)):
            return self._give(Verdict.REFUSED, findings)
        verdict = Verdict.NEW if target is None else Verdict.CHANGED
        wishes = [
            _wish(each, self.policy)
            for each in self.offered.requests
            if each.field not in self.same or self.same[each.field].case == target
        ]
        scans = self._new_scans([target.pk] if target else [])
        return self._give(verdict, findings, target, tuple(wishes), scans)

    def _give(self, verdict, findings, case=None, wishes=(), scans=()):
        return StudentVerdict(
            offered=self.offered,
            verdict=verdict,
            findings=tuple(findings),
            record=self.standing.record,
            unit=self.unit,
            case=case,
            wishes=wishes,
            scans=scans,
        )

    def _refuse(self, more):
        return self._give(Verdict.REFUSED, [*self.offered.findings, *more])

    def _same_as(self, asked):
        """Return the request, open or decided, that asks for the same already, or None."""
        kind = self.policy.vocabulary.fields[asked.field].value
        for each in reversed(self.standing.requests):
            if (
                each.unit_id == self.unit.pk
                and (each.field, each.reason) == (asked.field, asked.reason)
                and each.reverses_id is None
                and same_value(kind, each.new, asked.new)
            ):
                return each
        return None

    def _is_done(self, finding):
        """Tell whether a finding is only that the record has what was asked for before."""
        return finding.code in _DONE and finding.field in self.same

    def _is_mine(self, request):
        """Tell whether a request lies in the hands of whoever brings in, for this unit."""
        return (
            request.is_editable
            and request.case.handler_id == self.by.person_id
            and request.case.unit_id == self.unit.pk
            and request.reverses_id is None
        )

    def _new_scans(self, cases):
        """Return the scans that none of the cases has."""
        there = {scan for pk in cases for scan in self.standing.scans.get(pk, ())}
        told = [scan for scan in self.offered.scans if scan.kind]
        return tuple(scan for scan in told if (scan.kind, scan.sha256) not in there)

    def _open_elsewhere(self, requests):
        fields = {each.field for each in requests if not self._is_mine(each)}
        fields = fields or {each.field for each in requests}
        return [
            _at(request_codes.REQUEST_OPEN, each)
            for each in self.offered.requests
            if each.field in fields
        ]


def _at(type_, asked, **params):
    return type_.at(asked.location, student=asked.number, field=asked.field, **params)


def _is_there(finding, kinds):
    """Tell whether a finding misses a document that the case has already."""
    return finding.code == _MISSING and not kinds.isdisjoint(finding.params["kinds"])


def _status_findings(judging):
    """Return what is wrong where the table is one of other students than the record says.

    A case is judged by the record's status.  Where that one takes the same by the same kind of
    number, as when a new student is one no longer, nothing need be said.
    """
    policy, record = judging.policy, judging.standing.record
    stands = policy.statuses.get(record.status)
    others = [
        each
        for each in judging.offered.requests
        if stands is None or stands.judged_as != policy.statuses[each.status].judged_as
    ]
    if not others:
        return []
    first, errors = others[0], []
    if stands is not None and stands.number == policy.statuses[first.status].number:
        asked = [replace(each, status=record.status) for each in judging.offered.requests]
        day = timezone.localdate()
        found = check_student(asked, policy, day, as_on_record(record))
        known = {(each.code, each.field) for each in judging.offered.findings}
        errors = [each for each in found if is_error(each) and (each.code, each.field) not in known]
        if not errors:
            return []
    return [
        request_codes.RECORD_DISAGREES.at(
            first.location,
            student=first.number,
            field=first.field,
            column=_status_heading(policy),
            typed=policy.statuses[first.status].label,
            record=stands.label if stands else Words("withdrawn", "退学"),
        ),
        *errors,
    ]


def _status_heading(policy):
    return next((each.headings[0] for each in policy.roll_columns if each.id == "status"), "")


def _wish(asked, policy):
    """Return what a case is to ask for; the old value is what the record says."""
    new = asked.new
    if policy.vocabulary.fields[asked.field].value is ValueType.DATE:
        new = read_value(ValueType.DATE, new).key or new
    return Wish(field=asked.field, new=new, reason=asked.reason, change_date=asked.change_date)
