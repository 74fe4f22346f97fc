"""What came of composing: parts with their findings, or the fault that stood in the way."""

import hashlib
import json
from dataclasses import dataclass

from django.utils import timezone

from backoffice.audit.acts import Act
from backoffice.audit.log import chain_of, office_transaction
from backoffice.kept_findings import to_json
from backoffice.packages.models import OutgoingPackage, OutgoingPart, PackageState
from backoffice.packages.outgoing_keeping import remove
from correctionkit.terms import Severity


class NotComposed(Exception):
    """A package cannot be composed; *what* and *params* say why, as a code with plain values."""

    def __init__(self, what, **params):
        super().__init__(what)
        self.what = what
        self.params = params


@dataclass(frozen=True, slots=True)
class Written:
    """One part on the disk; *checked* is what the check gave back of it."""

    students: list
    subject: str
    stored: str
    size: int
    sha256: str
    checked: object = None


def keep_written(package, written, hold=None):
    """Keep the parts of a package that was composed, and return it."""
    with office_transaction(package.account) as log:
        package = _held(package, hold)
        if package.state != PackageState.COMPOSING:
            # Another attempt was quicker.
            remove(each.stored for each in written)
            return package
        errors = sum(_keep_part(package, number, each) for number, each in enumerate(written, 1))
        package.state = PackageState.BLOCKED if errors else PackageState.READY
        package.subject = written[0].subject
        package.students = sum(len(each.students) for each in written)
        package.composed_at = timezone.now()
        package.save()
        digests = "\n".join(each.sha256 for each in written)
        log.add(
            Act.EXPORT,
            chain=chain_of(package.unit_id),
            ref=f"outgoingpackage:{package.pk}",
            digest=hashlib.sha256(digests.encode()).hexdigest(),
            kind="package-composed",
            batch=package.batch,
            revision=package.revision,
            lines=package.lines.count(),
            parts=len(written),
            errors=errors,
        )
    return package


def _keep_part(package, number, each):
    findings = each.checked.report.findings
    errors = sum(finding.severity is Severity.ERROR for finding in findings)
    part = OutgoingPart.objects.create(
        package=package,
        number=number,
        subject=each.subject,
        stored=each.stored,
        size=each.size,
        sha256=each.sha256,
        students=len(each.students),
        scans=each.checked.report.counts.scans,
        findings=to_json(findings),
        errors=errors,
    )
    keys = [request.pk for student in each.students for request in student.requests]
    package.lines.filter(request__in=keys).update(part=part)
    return errors


def keep_fault(package, fault, hold=None):
    """Keep why a package could not be composed, and return it."""
    with office_transaction(package.account):
        package = _held(package, hold)
        if package.state == PackageState.COMPOSING:
            told = [{"what": fault.what, "params": fault.params}]
            package.state = PackageState.FAULTY
            package.faults = json.dumps(told, ensure_ascii=False)
            package.save(update_fields=["state", "faults"])
    return package


def _held(package, hold):
    if hold:
        hold()
    rows = OutgoingPackage.objects.filter(pk=package.pk).held()
    return rows.select_related("unit", "account__person").get()
