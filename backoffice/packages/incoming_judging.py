"""The check of a package on its way in: by the rules, beside the roll, student by student."""

import os

from django.db import transaction
from django.utils import timezone

from backoffice.kept_findings import to_json
from backoffice.packages.incoming_mending import mending_of
from backoffice.packages.incoming_refusals import IncomingRefusal, IncomingRefused
from backoffice.packages.incoming_rows import content_of, kept_student
from backoffice.packages.models.incoming import IncomingPackage, IncomingState, IncomingStudent
from backoffice.policies.shelf import policy_of
from backoffice.sealing.digests import RunningDigest
from backoffice.workflow.intake import choose
from backoffice.workflow.matching import OfficeRoll
from backoffice.workflow.verdicts import Offered, OfferedScan, judge_offered
from correctionkit.catalog import package_codes, table_codes
from correctionkit.packages.check import check_package
from correctionkit.render.groups import Students
from correctionkit.terms import Severity

_UNREADABLE = frozenset({package_codes.PACKAGE_UNREADABLE.code})
# Cases stand in no order: what the table alone has wrong is nobody's in particular.
_OF_THE_TABLE = frozenset({table_codes.TABLE_ORDER.code})
_THREADS = min(4, os.cpu_count() or 1)
_AT_ONCE = 500


def judge_package(package, path, *, progress=None):
    """Check the package at *path* by the policy in force today, and keep what was found.

    Returns what the rules made of it.  *progress* is told how many scans are done, of how many.
    Raises Refused where no policy is in force, IncomingRefused where it was confirmed already.
    """
    unit, by, day = package.unit, package.account, timezone.localdate()
    choice = choose(unit)
    policy = policy_of(choice.policy, tuple(choice.overlays))
    roll = OfficeRoll(by, unit)
    checked = check_package(
        path,
        policy,
        day,
        roll=roll,
        jobs=_THREADS,
        progress=progress,
        mending=mending_of(package),
    )
    offered, others = _offered(checked)
    verdicts = judge_offered(offered, by=by, unit=unit, policy=policy, roll=roll)
    _keep(package, checked, verdicts, others, choice)
    return checked


def _offered(checked):
    """Return the students with what was found of each, and what is about nobody."""
    owners, findings, others = Students(checked.students), {}, []
    for finding in checked.report.findings:
        owner = None if finding.code in _OF_THE_TABLE else owners.owner(finding)
        if owner is None:
            others.append(finding)
        else:
            findings.setdefault((owner.number, owner.folder), []).append(finding)
    offered = [
        Offered(
            number=each.number,
            name=each.name,
            requests=each.requests,
            findings=tuple(findings.pop((each.number, each.folder), ())),
            scans=tuple(
                OfferedScan(scan.path, scan.kind, checked.digests.get(scan.path, ""))
                for scan in each.evidence
            ),
            folder=each.folder or "",
        )
        for each in checked.students
    ]
    # Of students that are in no table and have no folder that could be read.
    others += [finding for left in findings.values() for finding in left]
    return offered, others


def _keep(package, checked, verdicts, others, choice):
    rows = [kept_student(package, place, each) for place, each in enumerate(verdicts)]
    with transaction.atomic():
        current = IncomingPackage.objects.select_for_update().get(pk=package.pk)
        waiting = (IncomingState.RECEIVED, IncomingState.JUDGED, IncomingState.REFUSED)
        if current.state not in waiting or current.mending != package.mending:
            raise IncomingRefused(IncomingRefusal.STATE, state=current.get_state_display())
        package.students.all().delete()
        IncomingStudent.objects.bulk_create(rows, batch_size=_AT_ONCE)
        unreadable = any(each.code in _UNREADABLE for each in others)
        package.state = IncomingState.REFUSED if unreadable else IncomingState.JUDGED
        package.policy, package.overlays, package.day = choice.policy, choice.overlays, checked.on
        package.findings = to_json(others)
        package.requests = checked.report.counts.requests
        package.scans = checked.report.counts.scans
        severities = [each.severity for each in (*others, *_told(verdicts))]
        package.errors = severities.count(Severity.ERROR)
        package.warnings = severities.count(Severity.WARNING)
        package.digest = _digest(package, verdicts)
        package.trouble = ""
        package.save()


def _told(verdicts):
    return [finding for verdict in verdicts for finding in verdict.findings]


def _digest(package, verdicts):
    """Return the digest over all that is shown: file, rules, answers, and every student."""
    digest = RunningDigest("incoming package")
    for text in (package.sha256, package.policy, *package.overlays, str(package.day)):
        digest.add(text)
    digest.add(package.mending)
    digest.add(package.findings)
    for each in verdicts:
        digest.add(f"{each.verdict} {each.before} {each.case.pk if each.case else 0}")
        digest.add(content_of(each))
    return digest.hexdigest()
