"""Evidence of one student: what the files' names say, against what the policy asks."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from correctionkit.catalog import evidence_codes, folder_codes, package_codes, scan_codes
from correctionkit.findings import Finding, Location
from correctionkit.packages.filings.evidence_names import (
    EvidenceName,
    EvidenceStems,
    Side,
    split_extension,
)
from correctionkit.packages.filings.matching import Filing
from correctionkit.packages.reader.entries import Entry
from correctionkit.policy.model import Policy, Requirement
from correctionkit.policy.rows import Clause
from correctionkit.readings import matching_key, read_file_name
from correctionkit.requests.check import is_taken
from correctionkit.requests.model import CorrectionRequest, StudentRecord
from correctionkit.requests.values import read_value
from correctionkit.terms import ValueType

PICTURE_EXTENSIONS = frozenset(
    {
        "jpg",
        "jpeg",
        "jpe",
        "jfif",
        "png",
        "bmp",
        "gif",
        "tif",
        "tiff",
        "webp",
        "heic",
        "heif",
        "pdf",
    }
)


@dataclass(frozen=True, slots=True)
class NamedScan:
    """A file of a student's folder that is a scan, with what its name says."""

    entry: Entry
    says: EvidenceName


def name_scans(
    filing: Filing, stems: EvidenceStems
) -> tuple[tuple[NamedScan, ...], tuple[Finding, ...]]:
    """Tell the scans of a student from other files, and what is wrong with their names."""
    scans: list[NamedScan] = []
    findings: list[Finding] = []
    for folder in filing.folders:
        for entry in folder.files:
            if entry.fault:
                continue
            stem, extension = split_extension(entry.parts[-1])
            says = stems.read(stem)
            if says.kind is None and matching_key(extension) not in PICTURE_EXTENSIONS:
                findings.append(_unexpected(entry, filing.number))
                continue
            scans.append(NamedScan(entry, says))
            findings.extend(
                _name_findings(entry, stem, says, filing.number, f"{stems.example}.jpg")
            )
    return tuple(scans), tuple(findings)


def check_evidence(
    filing: Filing,
    scans: Sequence[NamedScan],
    policy: Policy,
    on: date,
    record: StudentRecord | None,
) -> Iterator[Finding]:
    """Yield which documents of one student are missing, and which nothing asks for."""
    rules = policy.on(on)
    requests = [row.request for row in filing.rows if row.request]
    taken = [
        request for request in requests if is_taken(request, rules, on, record, siblings=requests)
    ]
    needs = [(request, _requirement(request, rules)) for request in taken]
    present = {scan.says.kind for scan in scans if scan.says.kind}
    where = Location(path=filing.folders[0].entry.path)
    yield from _missing_kinds(where, filing.number, needs, present)
    yield from _missing_choices(where, filing.number, needs, present)
    # Where a row could not be understood, nobody can say that a document is not needed.
    if len(taken) == len(filing.rows) and all(need for _, need in needs):
        wanted = frozenset().union(*(need.kinds for _, need in needs if need))
        for scan in scans:
            if scan.says.kind and scan.says.kind not in wanted:
                yield evidence_codes.EVIDENCE_SURPLUS.at(
                    Location(path=scan.entry.path), student=filing.number, kind=scan.says.kind
                )


def split_cards(scans: Sequence[NamedScan], policy: Policy) -> dict[str, dict[Side, Entry]]:
    """Return the kinds of cards whose two sides came as two files, with these."""
    sides: dict[str, dict[Side, Entry]] = {}
    for scan in scans:
        if scan.says.kind and scan.says.side and policy.vocabulary.kinds[scan.says.kind].card:
            sides.setdefault(scan.says.kind, {}).setdefault(scan.says.side, scan.entry)
    return {kind: found for kind, found in sides.items() if len(found) == len(Side)}


def check_card_sides(
    filing: Filing, cards: Mapping[str, Mapping[Side, Entry]]
) -> Iterator[Finding]:
    """Yield cards whose two sides came as two files, once a kind."""
    for kind, found in cards.items():
        yield scan_codes.SCAN_ONE_SIDE.at(
            Location(path=found[Side.FRONT].path),
            student=filing.number,
            kind=kind,
            files=[entry.parts[-1] for entry in found.values()],
        )


def _requirement(request: CorrectionRequest, policy: Policy) -> Requirement | None:
    """Return what a request needs, None where its new value leaves that open."""
    field = policy.vocabulary.fields[request.field]
    education = None
    if field.value is ValueType.EDUCATION:
        key = read_value(field.value, request.new).key
        if key is None:
            return None
        education = int(key)
    status = policy.statuses[request.status].judged_as
    return policy.requirement(status, request.field, request.reason, education)


_Needs = Sequence[tuple[CorrectionRequest, Requirement | None]]


def _missing_kinds(
    where: Location, student: str, needs: _Needs, present: set[str]
) -> Iterator[Finding]:
    asked: dict[str, list[tuple[CorrectionRequest, Clause]]] = {}
    for request, need in needs:
        for kind, clause in need.all_of if need else ():
            if kind not in present:
                asked.setdefault(kind, []).append((request, clause))
    for kind, askers in asked.items():
        yield _missing(where, student, [kind], askers)


def _missing_choices(
    where: Location, student: str, needs: _Needs, present: set[str]
) -> Iterator[Finding]:
    asked: dict[tuple[str, ...], list[tuple[CorrectionRequest, Clause]]] = {}
    for request, need in needs:
        if need and need.one_of and need.one_of_clause and not present & set(need.one_of):
            asked.setdefault(need.one_of, []).append((request, need.one_of_clause))
    for kinds, askers in asked.items():
        yield _missing(where, student, list(kinds), askers)


def _missing(
    where: Location,
    student: str,
    kinds: list[str],
    askers: Sequence[tuple[CorrectionRequest, Clause]],
) -> Finding:
    first, clause = askers[0]
    fields = list(dict.fromkeys(request.field for request, _ in askers))
    return evidence_codes.EVIDENCE_MISSING.at(
        where, student=student, field=first.field, clause=clause.words, kinds=kinds, fields=fields
    )


def _name_findings(
    entry: Entry, stem: str, says: EvidenceName, student: str, example: str
) -> Iterator[Finding]:
    where = Location(path=entry.path)
    reading = read_file_name(stem)
    if reading.looks_changed:
        yield folder_codes.FOLDER_NORMALISED.at(
            where,
            student=student,
            typed=reading.typed,
            read=reading.read,
            changes=list(reading.changes),
        )
    if says.kind is None:
        yield evidence_codes.EVIDENCE_UNNAMED.at(
            where, student=student, name=entry.parts[-1], example=example
        )


def _unexpected(entry: Entry, student: str | None) -> Finding:
    return package_codes.FILE_UNEXPECTED.at(
        Location(path=entry.path), student=student, name=entry.parts[-1]
    )
