from __future__ import annotations

from collections.abc import Callable

from correctionkit.catalog import (
    evidence_codes,
    folder_codes,
    package_codes,
    scan_codes,
    table_codes,
)
from correctionkit.findings import NOWHERE, Location
from correctionkit.packages.checked import CheckedPackage, CheckedStudent
from correctionkit.render.groups import grouped

A = CheckedStudent("1335001209001", "甲", "new", ("name",), 1, "1335001209001甲")
B = CheckedStudent("1335001209002", "乙", "new", ("name",), 1, "1335001209002乙")
C = CheckedStudent("1335001209003", "丙", "new", ("name",), 1, "1335001209003丙")


def test_findings_go_to_package_table_student_or_loose_files(
    checked: Callable[..., CheckedPackage],
) -> None:
    report = evidence_codes.REPORT_MISSING.at(NOWHERE, count=1)
    hidden = table_codes.TABLE_HIDDEN.at(Location(table="附表1.xlsx"), rows=1, columns=0)
    junk = package_codes.JUNK_FILE.at(Location(path="Thumbs.db"), name="Thumbs.db")
    empty = folder_codes.FOLDER_EMPTY.at(Location(path=A.folder), student=A.number)
    groups = grouped(checked(report, hidden, junk, empty, students=(A, B)))
    assert groups.package.findings == (report,)
    assert [(table.table, table.findings) for table in groups.tables] == [("附表1.xlsx", (hidden,))]
    assert groups.loose.findings == (junk,)
    assert [(each.student, each.findings) for each in groups.students] == [(A, (empty,))]
    assert groups.sound == (B,)


def test_students_come_worst_first(checked: Callable[..., CheckedPackage]) -> None:
    def at(student: CheckedStudent) -> Location:
        return Location(path=f"{student.folder}/身份证.jpg")

    groups = grouped(
        checked(
            scan_codes.SCAN_PRIVATE.at(at(A), student=A.number, signs=["private-xmp"]),
            scan_codes.SCAN_BLURRED.at(at(B), student=B.number),
            scan_codes.SCAN_BLANK.at(at(C), student=C.number),
            students=(A, B, C),
        )
    )
    assert [(each.student, each.badness) for each in groups.students] == [
        (C, (1, 0, 0)),
        (B, (0, 1, 0)),
        (A, (0, 0, 1)),
    ]


def test_a_folder_without_number_owns_what_lies_in_it(
    checked: Callable[..., CheckedPackage],
) -> None:
    nameless = CheckedStudent("", "丁", None, (), 1, "丁")
    blank = scan_codes.SCAN_BLANK.at(Location(path="丁/身份证.jpg"), student="")
    groups = grouped(checked(blank, students=(nameless,)))
    assert [(each.student, each.findings) for each in groups.students] == [(nameless, (blank,))]
    assert groups.loose.findings == ()


def test_a_student_that_nobody_listed_has_a_group_too(
    checked: Callable[..., CheckedPackage],
) -> None:
    finding = folder_codes.FOLDER_EMPTY.at(NOWHERE, student="9")
    groups = grouped(checked(finding, students=()))
    assert [each.student for each in groups.students] == [CheckedStudent("9", "", None, (), 0)]
