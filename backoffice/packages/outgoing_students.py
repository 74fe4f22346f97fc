"""One student's share of a package: rows, and the evidence as it was received."""

from dataclasses import dataclass
from typing import Literal

from backoffice.corrections.models import CorrectionRequest
from backoffice.evidence.kinds import REPORT
from backoffice.evidence.models import EvidenceFile
from backoffice.evidence.storing import evidence_storage
from correctionkit.packages.building.composing import RecordedScan, student_members
from correctionkit.scans.facts import JPEG, PNG

_ENDINGS = {JPEG: "jpg", PNG: "png", "PDF": "pdf"}
# What a file costs in a ZIP beside its bytes: two headers, its name thrice with the manifest's.
_HEADERS = 30 + 46 + 64 + 3
_PER_ROW = 600


@dataclass(frozen=True, slots=True)
class Original:
    """The bytes of a file as received, fetched when they are needed."""

    name: str

    def open(self, _mode: Literal["rb"] = "rb", /):
        """Return the stored file; raises FileNotFoundError."""
        return evidence_storage().open(self.name)


@dataclass(frozen=True, slots=True)
class Filed:
    """One student of a package.  *evidence* is each file once, *reports* those of the causes."""

    number: str
    name: str
    requests: tuple[CorrectionRequest, ...]
    evidence: tuple[EvidenceFile, ...]
    reports: tuple[EvidenceFile, ...]

    @property
    def size(self):
        """Return what the student takes in a package, in bytes, rather too much than too little."""
        files = (*self.evidence, *self.reports)
        names = 3 * 4 * (len(self.number) + len(self.name) + 60)
        return sum(each.size + _HEADERS + names for each in files) + _PER_ROW * len(self.requests)

    def members(self, rules):
        """Return the student's folder; raises FolderImpossible."""
        scans = [
            RecordedScan(
                each.kind, each.received_as, _ENDINGS[each.format], Original(each.original)
            )
            for each in self.evidence
        ]
        return student_members(self.number, self.name, scans, rules)


def filed_students(requests):
    """Return the students of *requests*, in their order, with all evidence of their cases."""
    files = _files_by_case({each.case_id for each in requests})
    found = {}
    for request in requests:
        found.setdefault(request.record_id, []).append(request)
    return [_filed(rows, files) for rows in found.values()]


def report_members(students, word):
    """Yield the reports that came with exceptional cases, named by *word* and case."""
    for student in students:
        seen = {}
        for each in student.reports:
            seen[each.case_id] = seen.get(each.case_id, 0) + 1
            number = f"-{seen[each.case_id]}" if seen[each.case_id] > 1 else ""
            name = f"特殊情况{word}-{each.case.reference}{number}.{_ENDINGS[each.format]}"
            yield name, Original(each.original)


def _filed(requests, files):
    record = requests[0].record
    cases = dict.fromkeys(each.case_id for each in requests)
    evidence, reports = {}, []
    for file in (file for case in cases for file in files.get(case, ())):
        if file.kind == REPORT:
            reports.append(file)
        else:
            # One scan may serve several cases of a student.
            evidence.setdefault((file.kind, file.sha256), file)
    return Filed(
        record.shown_number,
        record.name,
        tuple(requests),
        tuple(evidence.values()),
        tuple(reports),
    )


def _files_by_case(cases):
    found = {}
    rows = EvidenceFile.objects.current().filter(case__in=cases).select_related("case")
    for file in rows.order_by("case", "kind", "pk"):
        found.setdefault(file.case_id, []).append(file)
    return found
