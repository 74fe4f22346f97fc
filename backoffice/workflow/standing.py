"""What the office holds of many students already, before something new is brought in for them."""

from dataclasses import dataclass, field

from backoffice.corrections.models import Case, CorrectionRequest
from backoffice.corrections.states import CLOSED, State
from backoffice.evidence.models import EvidenceFile
from backoffice.sealing.digests import RunningDigest

_AT_ONCE = 400


@dataclass(slots=True)
class StudentStanding:
    """One student: requests that were not withdrawn, drafts of a clerk, scans of these cases.

    *scans* are (kind, SHA-256) by case.
    """

    record: object
    requests: list = field(default_factory=list)
    drafts: list = field(default_factory=list)
    scans: dict = field(default_factory=dict)

    @property
    def open(self):
        """Return the requests that are not finished, by field."""
        return {each.field: each for each in self.requests if each.state not in CLOSED}

    def draft_of(self, unit):
        """Return the clerk's draft that *unit* files for the student, the latest, or None."""
        mine = [case for case in self.drafts if case.unit_id == unit.pk]
        return max(mine, key=lambda case: case.pk, default=None)

    def kinds_of(self, case):
        """Return the kinds of evidence that a case has."""
        return {kind for kind, _digest in self.scans.get(case.pk, ())}

    def digest(self):
        """Return what changes whenever a verdict about the student may come out otherwise."""
        digest = RunningDigest("standing")
        record = self.record
        digest.add(f"{record.pk} {record.version} {record.status} {record.unit_id}")
        for each in self.requests:
            digest.add(f"{each.pk} {each.version} {each.state} {each.case.handler_id}")
        for case in sorted(self.drafts, key=lambda case: case.pk):
            digest.add(f"{case.pk} {case.version}")
        for pk, scans in sorted(self.scans.items()):
            digest.add(f"{pk} {sorted(scans)}")
        return digest.hexdigest()


def standings(records, by):
    """Return how each of *records* stands, by key; drafts are those in the hands of *by*."""
    found = {record.pk: StudentStanding(record) for record in records}
    keys = list(found)
    for part in (keys[i : i + _AT_ONCE] for i in range(0, len(keys), _AT_ONCE)):
        _gather(part, found, by)
    return found


def _gather(keys, found, by):
    requests = CorrectionRequest.objects.filter(record__in=keys).exclude(state=State.WITHDRAWN)
    cases = {}
    for request in requests.select_related("case__unit").order_by("pk"):
        found[request.record_id].requests.append(request)
        cases[request.case_id] = request.record_id
    drafts = Case.objects.filter(record__in=keys, handler=by.person_id, policy_day=None)
    others = CorrectionRequest.objects.filter(record__in=keys).exclude(state=State.DRAFT)
    for case in drafts.exclude(pk__in=others.values("case")).select_related("unit"):
        if not case.kind_rules.reverses:
            found[case.record_id].drafts.append(case)
            cases[case.pk] = case.record_id
    files = EvidenceFile.objects.current().filter(case__record__in=keys)
    for case, kind, sha256 in files.values_list("case_id", "kind", "sha256"):
        if case in cases:
            found[cases[case]].scans.setdefault(case, set()).add((kind, sha256))
