"""What the rules say of a case's files: judged on arrival, stored, judged anew by new rules."""

import hashlib
from dataclasses import dataclass, replace

from backoffice.evidence.kinds import name_says
from backoffice.evidence.models import EvidenceCheck, EvidenceFile
from backoffice.evidence.storing import evidence_storage
from backoffice.kept_findings import CodeUnknown, from_json, to_json
from correctionkit.catalog import scan_codes
from correctionkit.findings import Location
from correctionkit.packages.filings.evidence_names import Side
from correctionkit.scans.check import check_scan
from correctionkit.scans.probe import probe
from correctionkit.terms import Severity

_ONE_SIDE = scan_codes.SCAN_ONE_SIDE.code
_LONGEST_RULES = 80


@dataclass(frozen=True, slots=True)
class CheckedFile:
    """A current file of a case with its findings."""

    file: EvidenceFile
    findings: tuple


def judge_scan(facts, policy, kind, name):
    """Return the findings about one measured file, as evidence of *kind*.

    A PDF is measured no further: whoever reads it judges it.
    """
    if facts.format == "PDF":
        return ()
    row = policy.vocabulary.kinds.get(kind)
    return tuple(
        check_scan(
            facts,
            policy.scan_bounds,
            Location(path=name),
            name=name,
            kind=row.id if row else None,
            student=None,
            card_kind=bool(row and row.card),
            off=row.spared if row else frozenset(),
        )
    )


def keep_check(file, findings):
    """Store what was found about a file by the rules of its case."""
    severities = [finding.severity for finding in findings]
    return EvidenceCheck.objects.create(
        file=file,
        policy=_rules_of(file.case),
        policy_version=file.case.policy_version,
        findings=to_json(findings),
        errors=severities.count(Severity.ERROR),
        warnings=severities.count(Severity.WARNING),
    )


def checked_files(case):
    """Return the current files of a case with their findings.

    A file that other rules than the case's were the last to judge is judged and stored anew.
    """
    rows = []
    for file in case.evidence.current().prefetch_related("checks"):
        file.case = case
        rows.append(CheckedFile(file, _with_student(_stored(file), case)))
    return _with_sides_joined(rows, case)


def _stored(file):
    # The checks come latest first; a file of an import may have none.
    check = next(iter(file.checks.all()), None)
    if check is None:
        return ()
    if (check.policy, check.policy_version) == (_rules_of(file.case), file.case.policy_version):
        try:
            return from_json(check.findings)
        except CodeUnknown:
            pass
    findings = _judged_anew(file)
    keep_check(file, findings)
    return findings


def _judged_anew(file):
    policy = file.case.rules
    try:
        with evidence_storage().open(file.original) as stored:
            facts = probe(stored.read(), bounds=policy.scan_bounds)
    except FileNotFoundError:
        where = Location(path=file.received_as)
        return (scan_codes.SCAN_DAMAGED.at(where, fault="no-picture"),)
    return judge_scan(facts, policy, file.kind, file.received_as)


def _with_student(findings, case):
    number = case.record.shown_number
    return tuple(replace(finding, student=number) for finding in findings)


def _with_sides_joined(rows, case):
    """Say once of a card whose sides came as two files what would be said of each."""
    sides = {}
    kinds = case.rules.vocabulary.kinds
    for row in rows:
        kind = kinds.get(row.file.kind)
        side = name_says(row.file.received_as, case.rules).side if kind and kind.card else None
        if side:
            sides.setdefault(kind.id, {}).setdefault(side, row.file)
    for kind, found in sides.items():
        if len(found) < len(Side):
            continue
        told = scan_codes.SCAN_ONE_SIDE.at(
            Location(path=found[Side.FRONT].received_as),
            student=case.record.shown_number,
            kind=kind,
            files=[file.received_as for file in found.values()],
        )
        rows = [_one_side_told(row, kind, told, found[Side.FRONT]) for row in rows]
    return rows


def _one_side_told(row, kind, told, front):
    if row.file.kind != kind:
        return row
    others = tuple(each for each in row.findings if each.code != _ONE_SIDE)
    return CheckedFile(row.file, (*others, told) if row.file == front else others)


def _rules_of(case):
    """Name the policy and overlays of a case, shortened by their digest where they are many."""
    name = "+".join([case.policy, *case.overlays])
    if len(name) <= _LONGEST_RULES:
        return name
    return f"{name[: _LONGEST_RULES - 17]}+{hashlib.sha256(name.encode()).hexdigest()[:16]}"
