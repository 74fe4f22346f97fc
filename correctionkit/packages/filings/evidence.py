"""Evidence of one student: what the files' names say, against what the policy asks."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
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
from correctionkit.policy.model import Policy
from correctionkit.readings import matching_key, read_file_name
from correctionkit.requests.model import StudentRecord
from correctionkit.requests.wanted import are_needs_known, check_wanted, wanted

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
    filing: Filing, stems: EvidenceStems, told: Mapping[str, str] | None = None
) -> tuple[tuple[NamedScan, ...], tuple[Finding, ...]]:
    """Tell the scans of a student from other files, and what is wrong with their names.

    *told* are the kinds that somebody has said of files, by path: these need no telling name.
    """
    scans: list[NamedScan] = []
    findings: list[Finding] = []
    for folder in filing.folders:
        for entry in folder.files:
            if entry.fault:
                continue
            stem, extension = split_extension(entry.parts[-1])
            says = stems.read(stem)
            if told and entry.path in told:
                scans.append(NamedScan(entry, replace(says, kind=told[entry.path], side=None)))
                continue
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
    requests = [row.request for row in filing.rows if row.request]
    present = {scan.says.kind for scan in scans if scan.says.kind}
    where = Location(path=filing.folders[0].entry.path)
    yield from check_wanted(requests, present, policy, on, record, where)
    # Where a row could not be understood, nobody can say that a document is not needed.
    if len(requests) == len(filing.rows) and are_needs_known(requests, policy, on, record):
        serving = {kind for each in wanted(requests, policy, on, record) for kind in each.kinds}
        for scan in scans:
            if scan.says.kind and scan.says.kind not in serving:
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
