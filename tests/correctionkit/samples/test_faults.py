from __future__ import annotations

from collections import Counter
from datetime import date

import pytest

from correctionkit import catalog
from correctionkit.catalog import import_codes
from correctionkit.findings import Location
from correctionkit.packages.check import check_package
from correctionkit.packages.filings.roll import read_roll
from correctionkit.policy.shelf import find_policy
from correctionkit.samples.package import _plan, write_sample

ON = date(2026, 11, 20)
POLICY = find_policy("ouc-2016")

# What stops the whole package from being read, what this policy never says, what takes a
# manifest, and what only an office knows.
NEVER = {
    "package-unreadable",
    "package-too-large",
    "package-mixed",
    "policy-not-in-force",
    "table-missing",
    "table-unreadable",
    "request-double",
    "manifest-mismatch",
    "request-open",
    "request-bound",
    *(each.code for each in import_codes.CODES),
}


def place(location: Location) -> str:
    if location.table is None:
        return location.path or ""
    return f"{location.table}:{location.row or ''}"


@pytest.fixture(scope="module")
def written(tmp_path_factory):
    """A package of fifty students with faults, its roll, and what was planted."""
    folder = tmp_path_factory.mktemp("sample")
    planted = write_sample(
        folder / "包",
        students=50,
        seed=1,
        on=ON,
        policy=POLICY,
        faults=True,
        jobs=2,
        roll=folder / "学籍库.xlsx",
    )
    return folder, planted


@pytest.mark.parametrize("with_roll", [False, True])
def test_what_was_planted_is_found_and_nothing_else(written, with_roll):
    folder, planted = written
    roll = read_roll(folder / "学籍库.xlsx", POLICY) if with_roll else None

    report = check_package(folder / "包", POLICY, ON, roll=roll, jobs=2).report

    found = [(finding.code, place(finding.location)) for finding in report.findings]
    expected = [
        (fault.code, place(fault.location))
        for fault in planted.faults
        if fault.with_roll in (None, with_roll)
    ]
    assert sorted(found) == sorted(expected)


def test_fifty_students_provoke_every_code_that_one_readable_package_can(written):
    _, planted = written

    assert {fault.code for fault in planted.faults} == set(catalog.BY_CODE) - NEVER


def planned(students, *, policy=POLICY, seed=1):
    return _plan(students, seed, ON, policy, faults=True, scans_each=None)


@pytest.mark.parametrize("students", [1, 4, 12, 50])
def test_four_of_ten_students_are_sound_and_nobody_has_three_faults(students):
    package = planned(students)
    marked = [
        {mark.code for mark in student.marks if mark.with_roll is not True}
        for student in package.students
    ]

    assert len(package.students) == students
    assert sum(not codes for codes in marked) == students - students * 6 // 10
    # A fault of one part may be found by several codes, as a photo that carries a place.
    assert max(Counter(map(len, marked))) <= 4


def test_more_students_have_more_kinds_of_faults():
    kinds = [
        len({mark.code for student in planned(count).students for mark in student.marks})
        for count in (1, 6, 12, 25, 50)
    ]

    assert kinds == sorted(set(kinds))


def test_faults_come_again_once_all_were_dealt():
    codes = Counter(mark.code for student in planned(120).students for mark in student.marks)

    assert codes["id-invalid"] > 2
    assert codes["scan-too-large"] == 1


def test_overlay_that_forbids_double_correction_gets_one():
    policy = find_policy("ouc-2016", ["no-double-correction"])
    package = planned(50, policy=policy)

    assert "request-double" in {mark.code for each in package.students for mark in each.marks}


@pytest.mark.parametrize("seed", [2, 3])
def test_policy_of_one_reason_gets_no_other(seed):
    package = planned(20, policy=find_policy("ouc-2021"), seed=seed)

    reasons = {request.reason for each in package.students for request in each.filing.requests}
    assert reasons == {"change"}
