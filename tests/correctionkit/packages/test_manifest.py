"""The manifest of a package: written, read, and held against what arrived."""

from __future__ import annotations

import hashlib
import shutil
import zipfile
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from builders.passing_package import TABLE, PassingPackage

from correctionkit.packages.check import check_package
from correctionkit.packages.manifest import (
    MANIFEST_NAME,
    ManifestUnreadable,
    manifest_bytes,
    read_manifest,
    verify_package,
    with_manifest,
)
from correctionkit.packages.mending import Mending
from correctionkit.packages.reader.entries import PackageUnreadable
from correctionkit.packages.repairing.repair import repair_package
from correctionkit.packages.writer.writing import write_zip
from correctionkit.policy.shelf import find_policy
from correctionkit.render.wording import Wording
from correctionkit.terms import Language

POLICY = find_policy("ouc-2016")
ON = date(2026, 11, 20)
CARD = "1335001209114张三/身份证.jpg"
ONE, TWO = hashlib.sha256(b"1").hexdigest(), hashlib.sha256(b"2").hexdigest()


def passing(folder: Path) -> Path:
    """Write a package that passes, with its manifest."""
    root = PassingPackage().write(folder)
    files = {path.relative_to(root).as_posix(): path for path in root.rglob("*") if path.is_file()}
    (_, content) = with_manifest(files.items())[-1]
    assert isinstance(content, bytes)
    (root / MANIFEST_NAME).write_bytes(content)
    return root


def told(path: Path) -> list[tuple[str | None, object]]:
    """Return what a check says of the manifest: path and fault."""
    found = check_package(path, POLICY, ON).report.findings
    return [
        (each.location.path, each.params["fault"])
        for each in found
        if each.code == "manifest-mismatch"
    ]


def test_a_manifest_is_a_line_a_file_sorted_by_path() -> None:
    assert manifest_bytes({"乙/身份证.jpg": TWO, "附表2.xlsx": ONE, "a.txt": ONE}) == (
        f"{ONE}  a.txt\n{TWO}  乙/身份证.jpg\n{ONE}  附表2.xlsx\n".encode()
    )


def test_members_get_a_manifest_of_their_contents_and_folders_stay_out_of_it(
    tmp_path: Path,
) -> None:
    (tmp_path / "one").write_bytes(b"1")

    *members, (name, content) = with_manifest([("b", tmp_path / "one"), ("a", b"2"), ("空/", b"")])

    assert [each for each, _ in members] == ["b", "a", "空/"]
    assert (name, content) == (MANIFEST_NAME, f"{TWO}  a\n{ONE}  b\n".encode())


@pytest.mark.parametrize(
    "content",
    [
        pytest.param(f"{ONE}  a\r\n{TWO}  b c\r\n".encode(), id="line ends of Windows"),
        pytest.param(f"\ufeff{ONE}  a\n{TWO}  b c".encode(), id="a mark, and no end"),
    ],
)
def test_a_manifest_is_read_as_editors_leave_it(content: bytes) -> None:
    assert read_manifest(content) == {"a": ONE, "b c": TWO}


def test_paths_keep_what_ends_lines_elsewhere() -> None:
    digests = {"a\x85b": ONE, "c\u2028d\u2029e": TWO, " f ": ONE}

    assert read_manifest(manifest_bytes(digests)) == digests
    assert read_manifest(b"") == {}


@pytest.mark.parametrize(
    "content",
    [
        pytest.param(b"\xff\xfe", id="no UTF-8"),
        pytest.param(f"{ONE} a\n".encode(), id="one space"),
        pytest.param(f"{ONE[:-1]}  a\n".encode(), id="63 digits"),
        pytest.param(f"{ONE.upper()}  a\n".encode(), id="capitals"),
        pytest.param(f"{ONE}  \n".encode(), id="no path"),
        pytest.param(f"{ONE}  a\n\n".encode(), id="an empty line"),
        pytest.param(f"{ONE}  a\r{TWO}  b\r".encode(), id="line ends of no system"),
        pytest.param(f"{ONE}  a\n{TWO}  a\n".encode(), id="a path twice"),
    ],
)
def test_what_is_no_manifest_is_refused(content: bytes) -> None:
    with pytest.raises(ManifestUnreadable):
        read_manifest(content)


def test_a_package_that_is_what_its_manifest_says_has_no_findings(tmp_path: Path) -> None:
    root = passing(tmp_path)

    assert check_package(root, POLICY, ON).report.findings == ()
    verified = verify_package(root, POLICY.package_bounds)
    assert (verified.files, verified.findings) == (4, ())


def test_every_difference_is_told_with_its_file(tmp_path: Path) -> None:
    root = passing(tmp_path)
    scan = (root / CARD).read_bytes()
    (root / CARD).write_bytes(scan[:-2] + b"\xff\xd9\x00")
    (root / "1335001209114张三/户口本.jpg").unlink()
    shutil.copy(root / "1335001209222李四/身份证.jpg", root / "1335001209222李四/身份证2.jpg")

    expected = [
        ("1335001209114张三/户口本.jpg", "missing"),
        (CARD, "changed"),
        ("1335001209222李四/身份证2.jpg", "surplus"),
    ]
    assert told(root) == expected
    verified = verify_package(root, POLICY.package_bounds)
    assert [(each.location.path, each.params["fault"]) for each in verified.findings] == expected
    assert verified.files == 4


def test_the_words_name_the_file_and_say_what_is_wrong_with_it(tmp_path: Path) -> None:
    root = passing(tmp_path)
    (root / CARD).unlink()

    found = check_package(root, POLICY, ON).report.findings

    (finding,) = [each for each in found if each.code == "manifest-mismatch"]
    wording = Wording(POLICY, Language.ZH, keep=frozenset({"1335001209114"}))
    assert wording.message(finding) == f"材料包与其清单不符：{CARD}：清单中有，材料包中没有。"


def test_of_a_file_that_is_not_taken_the_manifest_is_not_asked(tmp_path: Path) -> None:
    root = passing(tmp_path)
    more = "1335001209222李四/身份证2.jpg"
    shutil.copy(root / "1335001209222李四/身份证.jpg", root / more)

    left = check_package(root, POLICY, ON, mending=Mending(left_out=frozenset({more})))

    assert told(root) == [(more, "surplus")]
    assert left.report.findings == ()


def test_paths_that_lead_out_of_the_package_are_only_looked_up(tmp_path: Path) -> None:
    (tmp_path / "outside.txt").write_bytes(b"1")
    root = passing(tmp_path)
    with (root / MANIFEST_NAME).open("a") as manifest:
        manifest.write(f"{ONE}  ../outside.txt\n")

    assert told(root) == [("../outside.txt", "missing")]


def test_a_manifest_that_cannot_be_read_is_told_once(tmp_path: Path) -> None:
    root = passing(tmp_path)
    (root / MANIFEST_NAME).write_text("no hashes\n")

    assert told(root) == [(MANIFEST_NAME, "unreadable")]
    assert verify_package(root, POLICY.package_bounds).files is None


def test_a_zip_within_its_wrapping_folder_is_verified_and_its_folder_named(
    tmp_path: Path,
) -> None:
    root = passing(tmp_path)
    files = [(path.relative_to(tmp_path).as_posix(), path) for path in root.rglob("*.*")]
    write_zip(tmp_path / "a.zip", files)

    verified = verify_package(tmp_path / "a.zip", POLICY.package_bounds)

    assert (verified.files, verified.findings, verified.top) == (4, (), root.name)


@pytest.mark.parametrize(
    ("write", "code"),
    [(passing, "manifest-mismatch"), (PassingPackage().write, "scan-damaged")],
    ids=["with a manifest", "without"],
)
def test_a_damaged_member_is_told(tmp_path: Path, write: Callable[[Path], Path], code: str) -> None:
    root = write(tmp_path)
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as archive:
        for path in sorted(root.rglob("*.*")):
            archive.write(path, path.relative_to(root).as_posix())
    data = bytearray((tmp_path / "a.zip").read_bytes())
    at = data.index((root / CARD).read_bytes()) + 500
    data[at] ^= 0xFF
    (tmp_path / "a.zip").write_bytes(data)

    verified = verify_package(tmp_path / "a.zip", POLICY.package_bounds)

    assert [(each.code, each.location.path) for each in verified.findings] == [(code, CARD)]


def test_a_package_without_manifest_has_none(tmp_path: Path) -> None:
    verified = verify_package(PassingPackage().write(tmp_path), POLICY.package_bounds)

    assert (verified.files, verified.findings) == (None, ())


def test_what_is_no_package_is_not_verified(tmp_path: Path) -> None:
    with pytest.raises(PackageUnreadable):
        verify_package(tmp_path / "nothing.zip", POLICY.package_bounds)


def test_a_repaired_copy_has_no_manifest_and_says_so(tmp_path: Path) -> None:
    root = passing(tmp_path)

    repaired = repair_package(root, POLICY, tmp_path / "copy")

    assert not (repaired.path / MANIFEST_NAME).exists()
    assert (MANIFEST_NAME, "", "manifest-left-out") in [
        (each.path_before, each.path_after, each.what) for each in repaired.repairs
    ]
    assert (repaired.path / TABLE).exists()
