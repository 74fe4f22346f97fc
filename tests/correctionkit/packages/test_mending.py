"""Answers to what a package leaves open: judged with the package, which stays as it is."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from builders.passing_package import PassingPackage, change

from correctionkit.packages.check import check_package
from correctionkit.packages.checked import CheckedPackage, CheckedScan
from correctionkit.packages.mending import AS_IT_IS, Mending
from correctionkit.policy.shelf import find_policy
from correctionkit.terms import Severity

POLICY = find_policy("ouc-2016")
ON = date(2026, 11, 20)
FIRST, SECOND = "1335001209114", "1335001209222"
FOLDER, OTHER = "1335001209114张三", "1335001209222李四"


def checked(place: Path, given: dict[str, Any], mending: Mending = AS_IT_IS) -> CheckedPackage:
    package = PassingPackage()
    change(package, given)
    root = place / str(len(list(place.iterdir())))
    root.mkdir()
    return check_package(package.write(root), POLICY, ON, mending=mending)


def errors(result: CheckedPackage) -> list[tuple[str, str | None]]:
    return [
        (each.code, each.location.path)
        for each in result.report.findings
        if each.severity is Severity.ERROR
    ]


UNNAMED = {"rename": [[f"{FOLDER}/户口本.jpg", f"{FOLDER}/扫描1.jpg"]]}
BROKEN = {"add": {f"{FOLDER}/户口本2.jpg": "faulty truncated"}}
STRAY = {"rename": [[OTHER, "李四的材料"]]}


@pytest.mark.parametrize(
    ("given", "mending"),
    [
        (UNNAMED, Mending(kinds={f"{FOLDER}/扫描1.jpg": "household_register"})),
        (BROKEN, Mending(left_out=frozenset({f"{FOLDER}/户口本2.jpg"}))),
        (STRAY, Mending(students={"李四的材料": SECOND})),
        (BROKEN, Mending(without=frozenset({FIRST}))),
        (STRAY, Mending(without=frozenset({SECOND}), left_out=frozenset({"李四的材料"}))),
    ],
)
def test_an_answer_leaves_nothing_wrong(
    tmp_path: Path, given: dict[str, Any], mending: Mending
) -> None:
    assert errors(checked(tmp_path, given))
    assert errors(checked(tmp_path, given, mending)) == []


def test_an_answer_about_something_else_changes_nothing(tmp_path: Path) -> None:
    other = Mending(kinds={f"{OTHER}/扫描1.jpg": "household_register"}, students={"x": SECOND})

    assert errors(checked(tmp_path, UNNAMED)) == errors(checked(tmp_path, UNNAMED, other))


def test_a_wrong_kind_leaves_the_wanted_one_missing(tmp_path: Path) -> None:
    wrong = Mending(kinds={f"{FOLDER}/扫描1.jpg": "diploma"})

    assert errors(checked(tmp_path, UNNAMED, wrong)) == [("evidence-missing", FOLDER)]


def test_students_say_what_they_ask_for_and_which_scans_they_have(tmp_path: Path) -> None:
    result = checked(tmp_path, {}, Mending(without=frozenset({SECOND})))

    (student,) = result.students
    assert [(each.field, each.old, each.new) for each in student.requests] == [
        ("name", "张三", "张叁")
    ]
    assert student.evidence == (
        CheckedScan(f"{FOLDER}/户口本.jpg", "household_register"),
        CheckedScan(f"{FOLDER}/身份证.jpg", "id_card"),
    )
    assert set(result.digests) == {each.path for each in student.evidence}
    assert result.report.counts.students == 1
