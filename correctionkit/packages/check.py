"""The check of a package: tables, folders, scans and policy against each other."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from datetime import date
from pathlib import Path
from types import MappingProxyType
from typing import Protocol

from correctionkit.catalog import (
    evidence_codes,
    package_codes,
    request_codes,
    table_codes,
)
from correctionkit.findings import NOWHERE, Counts, Finding, Location, Report
from correctionkit.packages.checked import CheckedPackage, CheckedScan, CheckedStudent
from correctionkit.packages.filings.contents import Contents, sort_entries
from correctionkit.packages.filings.evidence import (
    NamedScan,
    check_card_sides,
    check_evidence,
    name_scans,
    split_cards,
)
from correctionkit.packages.filings.evidence_names import EvidenceStems
from correctionkit.packages.filings.folder_names import number_lengths
from correctionkit.packages.filings.matching import (
    Filing,
    accepted_names,
    check_folders,
    gather_filings,
)
from correctionkit.packages.filings.roll_match import check_against_roll
from correctionkit.packages.manifest import check_manifest
from correctionkit.packages.mending import AS_IT_IS, Mending
from correctionkit.packages.reader.entries import (
    PackageUnreadable,
)
from correctionkit.packages.reader.tree import Package, open_package
from correctionkit.packages.scan_run import ScanTask, run_scans
from correctionkit.packages.summaries.tables_in import TablesRead, read_tables
from correctionkit.packages.unread import check_unread
from correctionkit.policy.model import Policy
from correctionkit.readings import read_file_name
from correctionkit.requests.check import check_student
from correctionkit.requests.model import StudentRecord
from correctionkit.scans.likeness import Candidate, find_reused

Progress = Callable[[int, int], None]


class Records(Protocol):
    """Where student records are looked up."""

    def find(self, number: str) -> StudentRecord | None:
        """Return the record of a number, or None where there is none."""


def check_package(
    path: Path,
    policy: Policy,
    on: date,
    *,
    roll: Records | None = None,
    jobs: int = 1,
    thumbnails: bool = False,
    progress: Progress | None = None,
    mending: Mending = AS_IT_IS,
) -> CheckedPackage:
    """Check the package at *path*, a folder or a ZIP, by *policy* on the day *on*.

    *progress* is told how many scans are done, of how many.  *mending* is what a person says
    of it beforehand.  Never raises for what the package holds: what cannot be read is a finding.
    """
    check = _PackageCheck(policy, on, roll, mending)
    check.findings.extend(_not_in_force(policy, on))
    try:
        with open_package(path, policy.package_bounds) as package:
            check.run(package, jobs=jobs, thumbnails=thumbnails, progress=progress)
    except PackageUnreadable as unreadable:
        check.findings.append(unreadable.finding)
    # Path.resolve would follow links, and fail on those that lead in a circle.
    name = Path(os.path.abspath(path)).name  # noqa: PTH100
    return check.result(name or str(path))


class _PackageCheck:
    """One check under way."""

    def __init__(self, policy: Policy, on: date, roll: Records | None, mending: Mending) -> None:
        self.policy = policy
        self.on = on
        self.roll = roll
        self.mending = mending
        self.stems = EvidenceStems(policy.vocabulary.kinds.values())
        self.findings: list[Finding] = []
        self.students: list[CheckedStudent] = []
        self.tables: TablesRead | None = None
        self.scans = 0
        self.digests: dict[str, str] = {}
        self.pictures: dict[str, bytes] = {}

    def run(
        self, package: Package, *, jobs: int, thumbnails: bool, progress: Progress | None
    ) -> None:
        mending = self.mending
        self.findings.extend(mending.findings(package.findings))
        if package.refused:
            return
        entries = mending.entries(package.entries)
        found = sort_entries(entries, self.policy.package, number_lengths(self.policy))
        contents = mending.contents(found)
        if contents.manifest:
            self.findings.extend(mending.findings(check_manifest(package, contents.manifest)))
        self.tables = mending.tables(read_tables(package, contents.tables, self.policy))
        self.findings.extend(self.tables.findings)
        self.findings.extend(self._check_layout(contents, self.tables))
        filings, unnumbered = gather_filings(self.tables.rows, contents.folders)
        self.findings.extend(
            check_folders(
                filings.values(),
                unnumbered,
                self.policy,
                tables_complete=self.tables.complete and bool(contents.tables),
            )
        )
        tasks = list(self._check_filings(list(filings.values())))
        for folder in unnumbered:
            tasks.extend(self._tasks(Filing("", folders=[folder])))
        self.scans = len(tasks)
        self._check_scans(package, tasks, jobs, thumbnails, progress)
        self._check_reports(contents)
        taken = {folder.entry.path for folder in contents.folders}
        passed_over = {folder.entry.path for folder in found.folders} - taken
        unread = [entry for entry in package.unread if entry.parts[0] not in passed_over]
        self.findings.extend(check_unread(package, mending.entries(unread)))

    def result(self, name: str) -> CheckedPackage:
        rows = self.tables.rows if self.tables else ()
        in_tables = {row.number for row in rows if row.number}
        return CheckedPackage(
            name=name,
            policy=self.policy,
            on=self.on,
            report=Report.of(
                self.findings,
                Counts(
                    students=len(in_tables) or len(self.students),
                    requests=len(rows),
                    scans=self.scans,
                ),
            ),
            students=tuple(self.students),
            workbooks=self.tables.workbooks if self.tables else (),
            thumbnails=MappingProxyType(self.pictures),
            digests=MappingProxyType(self.digests),
        )

    def _check_layout(self, contents: Contents, tables: TablesRead) -> Iterator[Finding]:
        if not contents.tables:
            yield table_codes.TABLE_MISSING.at(NOWHERE)
        for stray in contents.strays:
            if not stray.fault:
                yield package_codes.FILE_UNEXPECTED.at(
                    Location(path=stray.path), name=stray.parts[-1]
                )
        reasons = sorted({row.request.reason for row in tables.rows if row.request})
        if len(reasons) > 1 and not self.policy.package.mixed_reasons:
            yield package_codes.PACKAGE_MIXED.at(NOWHERE, reasons=reasons)

    def _check_filings(self, filings: Sequence[Filing]) -> Iterator[ScanTask]:
        for filing in filings:
            record = self.roll.find(filing.number) if self.roll and filing.rows else None
            requests = [row.request for row in filing.rows if row.request and row.usable]
            self.findings.extend(check_student(requests, self.policy, self.on, record))
            if self.roll and filing.rows:
                self.findings.extend(check_against_roll(filing, record, self.policy))
            yield from self._tasks(filing, record)

    def _tasks(self, filing: Filing, record: StudentRecord | None = None) -> Iterator[ScanTask]:
        scans, findings = name_scans(filing, self.stems, self.mending.kinds)
        self.findings.extend(findings)
        if filing.rows and filing.folders:
            self.findings.extend(check_evidence(filing, scans, self.policy, self.on, record))
        split = split_cards(scans, self.policy)
        self.findings.extend(check_card_sides(filing, split))
        if filing.number or filing.folders:
            self.students.append(self._student(filing, scans))
        for scan in scans:
            kind = self.policy.vocabulary.kinds[scan.says.kind] if scan.says.kind else None
            told = scan.says.side is not None and scan.says.kind in split
            spared = frozenset({"scan-one-side"}) if told else frozenset[str]()
            yield ScanTask(scan.entry, filing.number, kind, spared)

    def _student(self, filing: Filing, scans: Sequence[NamedScan]) -> CheckedStudent:
        folder = filing.folders[0].name.name if filing.folders else None
        names = accepted_names(filing, self.policy)
        return CheckedStudent(
            number=filing.number,
            name=filing.name,
            status=filing.status,
            fields=tuple(dict.fromkeys(row.request.field for row in filing.rows if row.request)),
            scans=len(scans),
            requests=tuple(row.request for row in filing.rows if row.request and row.usable),
            evidence=tuple(CheckedScan(scan.entry.path, scan.says.kind) for scan in scans),
            folder=filing.folders[0].entry.path if filing.folders else None,
            folder_name_is=names.get(read_file_name(folder).read) if folder else None,
        )

    def _check_scans(
        self,
        package: Package,
        tasks: Sequence[ScanTask],
        jobs: int,
        thumbnails: bool,
        progress: Progress | None,
    ) -> None:
        candidates: list[Candidate] = []
        results = run_scans(package, tasks, self.policy, jobs=jobs, thumbnails=thumbnails)
        for done, result in enumerate(results, 1):
            self.findings.extend(result.findings)
            entry = result.task.entry
            if result.facts and result.facts.sha256:
                self.digests[entry.path] = result.facts.sha256
            if result.facts and result.facts.size:
                owner = result.task.student or entry.parts[0]
                candidates.append(Candidate(entry.path, owner, result.facts))
            if result.thumbnail:
                self.pictures[entry.path] = result.thumbnail
            if progress:
                progress(done, len(tasks))
        owners = {each.key: each.owner for each in candidates}
        for reuse in find_reused(candidates):
            self.findings.append(
                evidence_codes.EVIDENCE_REUSED.at(
                    Location(path=reuse.key),
                    student=owners[reuse.key],
                    other=reuse.other,
                    how=reuse.how,
                )
            )

    def _check_reports(self, contents: Contents) -> None:
        exceptional = request_codes.REQUEST_EXCEPTIONAL
        count = sum(finding.type is exceptional for finding in self.findings)
        if count and not contents.reports:
            self.findings.append(evidence_codes.REPORT_MISSING.at(NOWHERE, count=count))


def _not_in_force(policy: Policy, on: date) -> Iterator[Finding]:
    for heading in (policy.heading, *policy.overlays):
        dates = heading.in_force
        if not dates.holds(on):
            yield package_codes.POLICY_NOT_IN_FORCE.at(
                NOWHERE,
                policy=heading.id,
                on=on.isoformat(),
                since=dates.since.isoformat() if dates.since else None,
                until=dates.until.isoformat() if dates.until else None,
            )
