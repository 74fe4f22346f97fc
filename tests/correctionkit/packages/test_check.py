from __future__ import annotations

import zipfile
from datetime import date
from pathlib import Path

import pytest
from builders.passing_package import PassingPackage, change, copy_of

from correctionkit.findings import Counts
from correctionkit.packages.check import check_package
from correctionkit.policy.shelf import find_policy
from correctionkit.render.json_report import to_json
from correctionkit.terms import Language

POLICY = find_policy("ouc-2016")
ON = date(2026, 11, 20)


@pytest.fixture
def faulty(tmp_path: Path) -> Path:
    package = PassingPackage()
    change(
        package,
        {
            "rows": {"1": {"reason": "录入错误"}},
            "add": {
                "1335001209999王五/身份证.jpg": "scan id_card 0",
                "1335001209114张三/材料.jpg": "faulty truncated",
                ".DS_Store": "text x",
            },
        },
    )
    return package.write(tmp_path)


def test_counts_are_of_students_requests_and_scans(tmp_path: Path) -> None:
    checked = check_package(PassingPackage().write(tmp_path), POLICY, ON)

    assert checked.report.counts == Counts(students=2, requests=2, scans=3)
    assert checked.name == "材料包"
    assert [(each.number, each.name, each.fields, each.scans) for each in checked.students] == [
        ("1335001209114", "张三", ("name",), 2),
        ("1335001209222", "李四", ("ethnicity",), 1),
    ]


def test_a_zip_gives_the_findings_of_its_folder(tmp_path: Path, faulty: Path) -> None:
    target = tmp_path / "材料包.zip"
    with zipfile.ZipFile(target, "w") as archive:
        for path in sorted(faulty.rglob("*")):
            archive.write(path, f"包/{path.relative_to(faulty).as_posix()}")

    of_folder = check_package(faulty, POLICY, ON).report
    of_zip = check_package(target, POLICY, ON).report

    assert of_zip == of_folder


def test_the_same_package_gives_the_same_bytes_however_many_jobs(faulty: Path) -> None:
    one = to_json(check_package(faulty, POLICY, ON, jobs=1), Language.ZH)
    many = to_json(check_package(faulty, POLICY, ON, jobs=4), Language.ZH)

    assert one == many


def test_findings_are_in_order_of_place_row_and_code(faulty: Path) -> None:
    findings = check_package(faulty, POLICY, ON).report.findings

    places = [
        (each.location.path or each.location.table or "", each.location.row or 0, each.code)
        for each in findings
    ]
    assert places == sorted(places)
    assert len(places) >= 6


def test_progress_is_told_for_every_scan(faulty: Path) -> None:
    seen: list[tuple[int, int]] = []

    check_package(faulty, POLICY, ON, progress=lambda done, total: seen.append((done, total)))

    assert seen == [(number, 5) for number in range(1, 6)]


def test_thumbnails_are_made_only_when_asked_for(faulty: Path) -> None:
    assert dict(check_package(faulty, POLICY, ON).thumbnails) == {}

    pictures = check_package(faulty, POLICY, ON, thumbnails=True).thumbnails

    # The truncated one has none.
    assert sorted(pictures) == [
        "1335001209114张三/户口本.jpg",
        "1335001209114张三/身份证.jpg",
        "1335001209222李四/身份证.jpg",
        "1335001209999王五/身份证.jpg",
    ]
    assert all(
        picture.startswith(b"\xff\xd8") and len(picture) < 30_000 for picture in pictures.values()
    )


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        pytest.param({}, "old", id="the old name"),
        pytest.param(
            {"rename": [["1335001209114张三", "1335001209114张叁"]]}, "new", id="the new name"
        ),
    ],
)
def test_which_name_a_folder_bears_is_told(tmp_path: Path, changes, expected) -> None:
    package = PassingPackage()
    change(package, changes)

    first, second = check_package(package.write(tmp_path), POLICY, ON).students

    assert (first.folder_name_is, second.folder_name_is) == (expected, "table")


def test_a_damaged_file_that_no_rule_looks_into_is_still_found(tmp_path: Path) -> None:
    package = PassingPackage()
    package.files["书面报告.pdf"] = b"report " * 100
    target = package.write_zip(tmp_path)
    content = bytearray(target.read_bytes())
    content[content.index(b"report ") + 3] ^= 1
    target.write_bytes(content)

    findings = check_package(target, POLICY, ON).report.findings

    assert [(each.code, each.location.path) for each in findings] == [
        ("scan-damaged", "书面报告.pdf")
    ]


def test_a_table_that_cannot_be_read_does_not_make_folders_unknown(tmp_path: Path) -> None:
    package = PassingPackage(table=None)
    package.files["附表2.xlsx"] = b"PK\x03\x04 nothing"

    findings = check_package(package.write(tmp_path), POLICY, ON).report.findings

    assert [each.code for each in findings] == ["table-unreadable"]


def test_the_source_is_never_touched(tmp_path: Path, faulty: Path) -> None:
    before = copy_of(faulty, tmp_path / "copy")

    check_package(faulty, POLICY, ON)

    assert contents(faulty) == contents(before)


def contents(root: Path) -> dict[str, bytes | None]:
    """Return every path below *root* with what it holds, None for a folder."""
    return {
        path.relative_to(root).as_posix(): None if path.is_dir() else path.read_bytes()
        for path in root.rglob("*")
    }


def test_a_link_that_leads_in_a_circle_is_a_package_that_cannot_be_read(tmp_path: Path) -> None:
    link = tmp_path / "材料包"
    try:
        link.symlink_to(link)
    except OSError:
        pytest.skip("this system makes no links")

    checked = check_package(link, POLICY, ON)

    assert (checked.name, [each.code for each in checked.report.findings]) == (
        "材料包",
        ["package-unreadable"],
    )
