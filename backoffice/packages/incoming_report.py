"""What was found in a package, as a report of the rules: to be shown, saved, or sent back."""

from dataclasses import replace

from backoffice.kept_findings import from_json
from backoffice.packages.incoming_mending import mending_of
from backoffice.packages.incoming_rows import verdict_of
from correctionkit.findings import Counts, Report
from correctionkit.packages.checked import CheckedPackage, CheckedScan, CheckedStudent
from correctionkit.packages.filings.contents import sort_entries
from correctionkit.packages.filings.folder_names import number_lengths
from correctionkit.packages.reader.entries import PackageUnreadable
from correctionkit.packages.reader.tree import open_package
from correctionkit.packages.summaries.tables_in import read_tables


def judged_report(package, checked):
    """Return *checked* with what the office found besides, and without what it knows already."""
    findings = list(from_json(package.findings))
    for text in package.students.values_list("findings", flat=True):
        findings += from_json(text)
    return replace(
        checked,
        name=package.received_as,
        report=Report.of(findings, checked.report.counts),
    )


def report_of(package, path):
    """Return the report of a package that was judged, its tables read anew from *path*."""
    rules = package.rules
    rows = list(package.students.select_related("record", "unit", "case"))
    students = tuple(_student(verdict_of(row)) for row in rows)
    counts = Counts(students=len(students), requests=package.requests, scans=package.scans)
    checked = CheckedPackage(
        name=package.received_as,
        policy=rules,
        on=package.day,
        report=Report((), counts),
        students=students,
        workbooks=_workbooks(path, rules, mending_of(package)),
        thumbnails={},
    )
    return judged_report(package, checked)


def _student(verdict):
    offered = verdict.offered
    return CheckedStudent(
        number=offered.number,
        name=offered.name,
        status=next((each.status for each in offered.requests), None),
        fields=tuple(dict.fromkeys(each.field for each in offered.requests)),
        scans=len(offered.scans),
        folder=offered.folder or None,
        requests=offered.requests,
        evidence=tuple(CheckedScan(each.path, each.kind) for each in offered.scans),
    )


def _workbooks(path, rules, mending):
    try:
        with open_package(path, rules.package_bounds) as package:
            entries = mending.entries(package.entries)
            contents = sort_entries(entries, rules.package, number_lengths(rules))
            return read_tables(package, contents.tables, rules).workbooks
    except PackageUnreadable:
        return ()
