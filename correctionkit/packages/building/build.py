"""Composing a package from loose material: tables written anew, scans put in their folders.

Everything is read and matched before anything is written; where something does not fit,
all of it is told at once and nothing is written.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from operator import attrgetter
from pathlib import Path

from correctionkit.catalog import package_codes
from correctionkit.findings import NOWHERE, Counts, Finding
from correctionkit.packages.building.build_tables import Gathered, gather_tables
from correctionkit.packages.building.composing import folder_name
from correctionkit.packages.building.fitting_names import fitting_name
from correctionkit.packages.building.loose_scans import LooseMatch, match_scans
from correctionkit.packages.building.number_search import KnownNumbers
from correctionkit.packages.building.package_name import (
    OrderMistaken,
    check_platform,
    find_reason,
    package_subject,
)
from correctionkit.packages.filings.evidence_names import split_extension
from correctionkit.packages.filings.matching import Filing, accepted_names, gather_filings
from correctionkit.packages.manifest import with_manifest
from correctionkit.packages.reader.entries import Entry, PackageUnreadable
from correctionkit.packages.reader.tree import Package, open_package
from correctionkit.packages.repairing.kept_entries import KeptEntry
from correctionkit.packages.repairing.page_names import name_pages
from correctionkit.packages.repairing.repairs import Remark, Repair
from correctionkit.packages.writer.targets import is_zip, refuse_inside, write_package
from correctionkit.packages.writer.writing import Member, name_fault
from correctionkit.policy.model import Policy
from correctionkit.readings import matching_key
from correctionkit.terms import Severity, Words


@dataclass(frozen=True, slots=True)
class BuildOrder:
    """What a package is to be made of.

    *reason* takes only the rows of that reason; *manifest* asks for one of hashes.
    """

    tables: tuple[Path, ...]
    scans: Path
    unit: str
    batch: int
    on: date
    platform: str | None = None
    reason: str | None = None
    report: Path | None = None
    manifest: bool = False


@dataclass(frozen=True, slots=True)
class Built:
    """A package that was written: where, under which subject, and what was done for it.

    *remarks* are scans that fit no student, and whatever else was not taken.
    """

    path: Path
    subject: str
    counts: Counts
    repairs: tuple[Repair, ...]
    remarks: tuple[Remark, ...]


class BuildRefused(Exception):
    """The material does not fit together; nothing was written.

    *numbers* are those of the students in the tables.
    """

    def __init__(
        self, findings: Sequence[Finding], faults: Sequence[Remark], numbers: Iterable[str]
    ) -> None:
        super().__init__(f"{len(findings)} findings, {len(faults)} faults")
        self.numbers = frozenset(numbers)
        self.findings = tuple(findings)
        self.faults = tuple(sorted(faults, key=attrgetter("sort_key")))


def build_package(order: BuildOrder, policy: Policy, output: Path) -> Built:
    """Compose a package, in the folder *output* or as that ZIP, named by the policy's subject.

    The same material gives the same bytes.  Raises :exc:`OrderMistaken`,
    :exc:`BuildRefused`, ``WritingRefused`` where the target cannot be, and OSError.
    """
    check_platform(policy, order.platform)
    reason = find_reason(policy, order.reason) if order.reason else None
    report = _report_member(order.report, policy)
    refuse_inside(output, order.scans)
    gathered = gather_tables(order.tables, policy, reason)
    filings, _ = gather_filings([row.given.read for row in gathered.rows], ())
    with _open_scans(order.scans, policy, filings) as package:
        names = {
            number: tuple(accepted_names(filing, policy)) for number, filing in filings.items()
        }
        match = match_scans(package.entries, names, policy, known_files=_known_files(order))
        _refuse_faults(gathered, package, match, filings, policy)
        reasons = [each for each in policy.vocabulary.reasons if each in gathered.reasons]
        subject = package_subject(
            policy,
            unit=order.unit,
            batch=order.batch,
            students=len(filings),
            on=order.on,
            reasons=reasons,
            platform=order.platform,
        )
        placed = list(_placed(match, filings))
        members: list[Member] = [*gathered.workbooks, *report]
        members += [(repair.path_after, KeptEntry(package, entry)) for repair, entry in placed]
        members = with_manifest(members) if order.manifest else members
        path = _write(output, subject, members)
        repairs = [*gathered.repairs, *_junk(package), *_report_named(order.report, report)]
        repairs += [repair for repair, _ in placed if repair.path_before != repair.path_after]
        remarks = [*gathered.remarks, *match.unmatched]
    return Built(
        path,
        subject,
        Counts(len(filings), len(gathered.rows), len(placed)),
        tuple(sorted(repairs, key=attrgetter("sort_key"))),
        tuple(sorted(remarks, key=attrgetter("sort_key"))),
    )


def _open_scans(scans: Path, policy: Policy, filings: Mapping[str, Filing]) -> Package:
    numbers = KnownNumbers(filings)

    def is_students(name: str) -> bool:
        found = numbers.find(name)
        return bool(found.whole or found.inside)

    try:
        return open_package(scans, policy.package_bounds, is_number_start=is_students)
    except PackageUnreadable as unreadable:
        raise BuildRefused([unreadable.finding], [], filings) from unreadable


def _known_files(order: BuildOrder) -> frozenset[str]:
    """Return the tables and the report, where they lie among the scans."""
    given = (*order.tables, *((order.report,) if order.report else ()))
    folder = order.scans.resolve()
    return frozenset(path.resolve().name for path in given if path.resolve().parent == folder)


def _refuse_faults(
    gathered: Gathered,
    package: Package,
    match: LooseMatch,
    filings: Mapping[str, Filing],
    policy: Policy,
) -> None:
    findings = [each for each in package.findings if each.severity is Severity.ERROR]
    findings += gathered.faults
    if len(gathered.reasons) > 1 and not policy.package.mixed_reasons:
        reasons = sorted(gathered.reasons)
        findings.append(package_codes.PACKAGE_MIXED.at(NOWHERE, reasons=reasons))
    faults = [*match.faults, *_folder_faults(filings)]
    if not gathered.rows and not findings:
        faults.append(Remark("", "no-rows"))
    if findings or faults:
        raise BuildRefused(findings, faults, filings)


def _folder_faults(filings: Mapping[str, Filing]) -> Iterator[Remark]:
    for filing in filings.values():
        name = folder_name(filing.number, filing.name)
        if fault := name_fault(name):
            yield Remark(name, "folder-impossible", {"cause": fault})


def _placed(match: LooseMatch, filings: Mapping[str, Filing]) -> Iterator[tuple[Repair, Entry]]:
    """Yield each scan with where it came from and where it goes."""
    for number, filing in filings.items():
        scans = sorted(
            match.scans.get(number, ()),
            key=lambda scan: (scan.page.word, scan.page.page or 0, scan.entry.parts),
        )
        folder = folder_name(filing.number, filing.name)
        for scan, name in zip(scans, name_pages([scan.page for scan in scans]), strict=True):
            path = f"{folder}/{name}"
            yield Repair(scan.entry.path, path, "scan-placed"), scan.entry


def _junk(package: Package) -> Iterator[Repair]:
    for finding in package.findings:
        if finding.type is package_codes.JUNK_FILE:
            yield Repair(finding.location.path or "", "", "junk-left-out")


def _report_member(report: Path | None, policy: Policy) -> list[Member]:
    if report is None:
        return []
    stem, extension = split_extension(report.name)
    rules = policy.package
    if not report.is_file():
        raise OrderMistaken(
            Words(f"There is no report {report}.", f"书面报告文件不存在：{report}。")
        )
    if matching_key(extension) not in rules.report_formats:
        listed = ", ".join(rules.report_formats)
        raise OrderMistaken(
            Words(
                f"The report must be one of {listed}: {report.name}.",
                f"书面报告的格式应为 {listed}：{report.name}。",
            )
        )
    named = any(word in stem for word in rules.report_words)
    kept = stem if named else f"{stem}{rules.report_words[0]}"
    return [(fitting_name(f"{kept}.{matching_key(extension)}"), report)]


def _report_named(report: Path | None, member: Sequence[Member]) -> Iterator[Repair]:
    for name, _ in member:
        if report and name != report.name:
            yield Repair(report.name, name, "report-named")


def _write(output: Path, subject: str, members: Sequence[Member]) -> Path:
    if is_zip(output):
        inside = [(f"{subject}/{name}", content) for name, content in members]
        write_package(output, inside, zipped=True)
        return output
    target = output / subject
    write_package(target, members, zipped=False)
    return target
