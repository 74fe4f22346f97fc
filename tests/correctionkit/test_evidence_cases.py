"""Cases of single requests: every row of every policy, both ways."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import pytest

from correctionkit.findings import Finding, Location
from correctionkit.packages.filings.contents import StudentFolder
from correctionkit.packages.filings.evidence import NamedScan, check_evidence
from correctionkit.packages.filings.evidence_names import EvidenceName
from correctionkit.packages.filings.folder_names import parse_folder_name
from correctionkit.packages.filings.matching import Filing
from correctionkit.packages.reader.entries import Entry
from correctionkit.packages.summaries.summary_rows import ReadRow
from correctionkit.policy.shelf import find_policy, overlay_ids, policy_ids
from correctionkit.requests.check import check_student
from correctionkit.requests.model import CorrectionRequest, StudentRecord

FILE = Path(__file__).parents[2] / "fixtures" / "cases" / "evidence.toml"
CASES = tomllib.loads(FILE.read_text(encoding="utf-8"))["case"]
FOLDER = "1335001209114张三"
LAST_ROW = 99
OF_RECORD = {"status", "enrolled_on", "graduated_on", "level", "corrected"}


@pytest.mark.parametrize("case", CASES, ids=[case["name"] for case in CASES])
def test_request_gives_exactly_the_findings_of_its_case(case: dict[str, Any]) -> None:
    given = dict(case["given"])
    evidence, record = given.pop("evidence", []), record_of(given.pop("record", None))
    others = given.pop("others", [])
    requests = [request_of({**given, **other}, row) for row, other in enumerate(others, 3)]
    requests.append(request_of(given, LAST_ROW))
    policy = find_policy(case["policy"], case.get("overlays", ()))

    findings = [
        finding
        for finding in check_student(requests, policy, case["on"], record)
        if finding.location.row == LAST_ROW
    ]
    findings += check_evidence(filing_of(requests), scans_of(evidence), policy, case["on"], record)

    assert list(told(findings)) == case["expect"]


def test_every_policy_and_overlay_has_cases_that_pass_and_cases_that_fail() -> None:
    verdicts: dict[str, set[bool]] = {}
    for case in CASES:
        for name in (case["policy"], *case.get("overlays", ())):
            verdicts.setdefault(name, set()).add(not case["expect"])

    assert verdicts == {name: {True, False} for name in (*policy_ids(), *overlay_ids())}


def request_of(given: dict[str, Any], row: int) -> CorrectionRequest:
    """Make the request of a case."""
    passing = {"number": "1335001209114", "name": "张三", "old": "", "new": ""}
    return CorrectionRequest(**{**passing, **given}, location=Location(table="附表2.xlsx", row=row))


def record_of(given: dict[str, Any] | None) -> StudentRecord | None:
    """Make the record of a case, None where it gives none."""
    if given is None:
        return None
    parts = {key: value for key, value in given.items() if key in OF_RECORD}
    if "corrected" in parts:
        parts["corrected"] = frozenset(parts["corrected"])
    values = {key: value for key, value in given.items() if key not in OF_RECORD}
    return StudentRecord(values=values, **parts)


def filing_of(requests: Iterable[CorrectionRequest]) -> Filing:
    """Put the requests into one student's filing, with a folder."""
    rows = [
        ReadRow(
            each.number,
            each.name,
            each.status,
            each.location,
            each,
            usable=True,
            findings=(),
            as_read={},
        )
        for each in requests
    ]
    folder = StudentFolder(
        Entry(FOLDER, (FOLDER,), 0, is_folder=True), parse_folder_name(FOLDER, {13})
    )
    return Filing(rows[0].number, rows, [folder])


def scans_of(kinds: Iterable[str]) -> list[NamedScan]:
    """Name scans of these kinds."""
    return [
        NamedScan(Entry(f"{FOLDER}/{kind}", (FOLDER, kind), 1, is_folder=False), EvidenceName(kind))
        for kind in kinds
    ]


def told(findings: Iterable[Finding]) -> Iterator[str]:
    """Name findings by code, those of evidence with the kinds they name."""
    for finding in findings:
        kinds = finding.params.get("kinds") or finding.params.get("kind")
        if kinds is None:
            yield finding.code
        else:
            yield f"{finding.code}:{kinds if isinstance(kinds, str) else '|'.join(kinds)}"
