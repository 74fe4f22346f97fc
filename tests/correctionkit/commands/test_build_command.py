"""``correctionkit build`` and ``correctionkit fix`` as a clerk calls them."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest
from builders.passing_package import TABLE, PassingPackage, change, passing_files

from correctionkit.cli import main

A, B = "1335001209114", "1335001209222"
SUBJECT = "四川分部学生基本信息修改材料 第3批 2人 20261120"


@pytest.fixture(autouse=True)
def english(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LC_ALL", "en_GB.UTF-8")


def called(capsys: pytest.CaptureFixture[str], *arguments: str | Path) -> tuple[int, str, str]:
    with pytest.raises(SystemExit) as left:
        main([str(argument) for argument in arguments])
    said = capsys.readouterr()
    assert isinstance(left.value.code, int)
    return left.value.code, said.out, said.err


def material(folder: Path) -> list[str | Path]:
    package = PassingPackage()
    table, scans = folder / TABLE, folder / "scans"
    table.write_bytes(package.workbook())
    for path, content in passing_files().items():
        target = scans / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(content)
    (scans / f"{A}张三").rename(scans / f"{A}+张三")
    return ["--table", table, "--scans", scans, "--unit", "四川分部", "--batch", "3",
            "--on", "2026-11-20"]  # fmt: skip


def test_build_prints_the_subject_and_exits_with_what_the_check_says(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    status, out, err = called(
        capsys, "build", *material(tmp_path), "--output", tmp_path / "out.zip"
    )

    assert (status, err) == (0, "")
    assert out.splitlines()[-4:] == [
        f"Mail subject: {SUBJECT}",
        f"Package: {tmp_path / 'out.zip'}",
        "Students: 2; requests: 2; scans: 3.",
        "Check: Ready to file.",
    ]
    assert f"  {A}+张三/身份证.jpg → {A}张三/身份证.jpg: put into the student's folder" in out
    with zipfile.ZipFile(tmp_path / "out.zip") as archive:
        assert f"{SUBJECT}/{A}张三/身份证.jpg" in archive.namelist()


@pytest.mark.parametrize("spelled", ["after one --table", "each after its own"])
def test_build_takes_several_tables(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], spelled: str
) -> None:
    option, table, *others = material(tmp_path)
    other = PassingPackage()
    change(other, {"drop_rows": [1], "rows": {"1": {"field": "性别", "old": "男", "new": "女"}}})
    more = tmp_path / "附表2 补充.xlsx"
    more.write_bytes(other.workbook())
    tables = [option, table, more] if spelled.startswith("after") else [option, table, option, more]

    status, out, err = called(capsys, "build", *tables, *others, "--output", tmp_path / "out.zip")

    assert (status, err) == (0, "")
    assert "Students: 2; requests: 3; scans: 3." in out


def test_build_counts_a_table_once_by_whichever_path_it_is_named(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    option, table, *others = material(tmp_path)
    monkeypatch.chdir(tmp_path)

    status, out, err = called(
        capsys, "build", option, table, Path(table).name, *others, "--output", "out.zip"
    )

    assert (status, err) == (0, "")
    assert "Students: 2; requests: 2; scans: 3." in out


def test_build_that_fails_the_check_exits_with_one(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    arguments = material(tmp_path)
    (tmp_path / "scans" / f"{A}+张三" / "户口本.jpg").unlink()

    status, out, _ = called(capsys, "build", *arguments, "--output", tmp_path / "out")

    assert status == 1
    assert "Check: 1 error: correct them, then file." in out
    call = f'correctionkit check "{tmp_path / "out" / SUBJECT}" --on 2026-11-20'
    assert f"Read everything with:  {call}" in out


def test_build_refuses_what_is_ambiguous_and_names_both(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    arguments = material(tmp_path)
    (tmp_path / "scans" / f"{A}和{B}身份证.jpg").write_bytes(b"picture")

    status, out, _ = called(capsys, "build", *arguments, "--output", tmp_path / "out")

    assert status == 1
    assert f"{A}和{B}身份证.jpg: fits more than one student: {A}, {B}" in out
    assert not (tmp_path / "out").exists()


def test_build_shows_findings_of_rows_that_cannot_be_used(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    package = PassingPackage()
    package.rows[0]["new"] = "=A1"
    arguments = material(tmp_path)
    (tmp_path / TABLE).write_bytes(package.workbook())

    status, out, _ = called(capsys, "build", *arguments, "--output", tmp_path / "out")

    assert status == 1
    assert "更正后 holds a formula" in out


@pytest.mark.parametrize(
    ("arguments", "line"),
    [
        pytest.param(["--policy", "ouc-2021"], "give --platform", id="platform"),
        pytest.param(["--reason", "whim"], "is no reason", id="reason"),
        pytest.param(["--report", "absent.pdf"], "There is no report", id="report"),
        pytest.param(["--table", "absent.xlsx"], "cannot be opened", id="table"),
        pytest.param(["--batch", "0"], "--batch", id="batch"),
    ],
)
def test_build_tells_a_wrong_call_in_one_line(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], arguments: list[str], line: str
) -> None:
    status, out, err = called(
        capsys, "build", *material(tmp_path), "--output", tmp_path / "out", *arguments
    )

    assert (status, out) == (2, "")
    assert err.count("\n") == 1
    assert line in err


def test_build_does_not_overwrite(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    arguments = [*material(tmp_path), "--output", tmp_path / "out"]
    called(capsys, "build", *arguments)

    status, _, err = called(capsys, "build", *arguments)

    assert status == 2
    assert "the target is there already and not empty: name another one" in err


def test_fix_lists_what_it_did_and_what_is_left(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    package = PassingPackage()
    change(package, {"rename": [[f"{A}张三", f"{A}+张三"]], "remove": [f"{A}+张三/户口本.jpg"]})
    source = package.write(tmp_path)

    status, out, err = called(
        capsys, "fix", source, "--output", tmp_path / "copy", "--on", "2026-11-20", "--lang", "en"
    )

    assert (status, err) == (1, "")
    assert out.splitlines()[:4] == [
        f"Set right (1), in the copy {tmp_path / 'copy'}:",
        f"  {A}+张三 → {A}张三: folder renamed to number and name",
        "",
        "Left for you:",
    ]
    assert out.splitlines()[-1] == "1 error: correct them, then file."


def test_fix_with_nothing_left_exits_with_zero(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    package = PassingPackage()
    package.rows.reverse()

    status, out, _ = called(
        capsys, "fix", package.write_zip(tmp_path), "--output", tmp_path / "copy",
        "--on", "2026-11-20", "--lang", "zh-hans",
    )  # fmt: skip

    assert status == 0
    assert f"  {TABLE}：各行已按号码升序排列，共 2 行" in out
    assert out.endswith("可以上报。\n")


def test_fix_refuses_an_unsafe_package(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    package = PassingPackage()
    change(package, {"add": {f"{A}张三/更多.zip": "archive"}})

    status, out, _ = called(
        capsys, "fix", package.write(tmp_path), "--output", tmp_path / "copy", "--lang", "en"
    )

    assert status == 1
    assert "Unsafe entry" in out
    assert not (tmp_path / "copy").exists()


def test_fix_of_nothing_exits_with_two(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    status, out, _ = called(
        capsys, "fix", tmp_path / "absent", "--output", tmp_path / "copy", "--lang", "en"
    )

    assert status == 2
    assert "The package cannot be read" in out


def test_fix_into_the_source_is_a_wrong_call(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    source = PassingPackage().write(tmp_path)

    status, out, err = called(capsys, "fix", source, "--output", source / "copy")

    assert (status, out) == (2, "")
    assert "the target lies inside the source" in err
