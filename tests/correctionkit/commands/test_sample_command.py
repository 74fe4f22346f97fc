from __future__ import annotations

import json
from functools import partial

import pytest

from correctionkit.cli import main
from correctionkit.samples import drafts, package

SMALL = 50
CLOSED = ("--overlay", "windows-hebei", "--on", "2026-06-01")


@pytest.fixture(autouse=True)
def english(monkeypatch):
    monkeypatch.setenv("LC_ALL", "C.UTF-8")


@pytest.fixture
def small_scans(monkeypatch):
    """Draw coarse scans, which is quick, where nobody looks at them."""
    for module, name in ((drafts, "draw_scan"), (package, "draw_report")):
        monkeypatch.setattr(module, name, partial(getattr(module, name), dpi=SMALL))


def run(*arguments) -> int:
    with pytest.raises(SystemExit) as ended:
        main([str(argument) for argument in arguments])
    return ended.value.code


def test_sample_and_check_go_together(tmp_path, capsys):
    target = tmp_path / "包"

    assert run("sample", "--output", target, "--students", 3) == 0
    said = capsys.readouterr().out
    assert f"Written to {target}: 3 students" in said
    assert said.endswith(f"Now check it:  correctionkit check {target}\n")
    assert run("check", target) == 0
    assert "Ready to file." in capsys.readouterr().out


def test_faults_are_listed_with_code_and_place(tmp_path, capsys):
    target, roll = tmp_path / "包", tmp_path / "学籍库.xlsx"
    on = ("--on", "2026-11-20")
    ended = run("sample", "--output", target, "--students", 5, "--faults", "--roll", roll, *on)
    said = capsys.readouterr().out

    run("check", target, "--roll", roll, "--format", "json", *on)
    findings = json.loads(capsys.readouterr().out)["findings"]

    assert ended == 0
    listed = [line.split()[0] for line in said.splitlines() if line.startswith("  ")]
    assert sorted(listed) == sorted(finding["code"] for finding in findings)
    assert f"check {target} --on 2026-11-20 --roll {roll}" in said


def test_words_are_chinese_where_asked_for(tmp_path, capsys, small_scans):
    run("sample", "--output", tmp_path / "包", "--students", 12, "--faults", "--lang", "zh-hans")

    said = capsys.readouterr().out
    assert "学生 12 名" in said
    assert "有意放入" in said
    assert "接着检查：" in said
    assert "Now" not in said


def test_output_that_ends_in_zip_is_one(tmp_path, small_scans):
    assert run("sample", "--output", tmp_path / "包.zip", "--students", 1) == 0
    assert (tmp_path / "包.zip").read_bytes().startswith(b"PK\x03\x04")


def test_path_with_a_space_is_quoted(tmp_path, capsys, small_scans):
    target = tmp_path / "我的 包"

    run("sample", "--output", target, "--students", 1)

    assert f'correctionkit check "{target}"' in capsys.readouterr().out


@pytest.mark.parametrize(
    ("arguments", "word"),
    [
        pytest.param(["--output", "taken", "--students", "1"], "not empty", id="folder taken"),
        pytest.param(["--output", "taken.zip", "--students", "1"], "not empty", id="zip taken"),
        pytest.param(["--output", "new", "--students", "0"], "--students", id="nobody"),
        pytest.param(["--output", "new"], "--students", id="count missing"),
        pytest.param(["--output", "new", "--students", "5001"], "--students", id="too many"),
        pytest.param(
            ["--output", "new", "--students", "1", "--roll", "new/roll.xlsx"],
            "--roll",
            id="roll in the package",
        ),
        pytest.param(
            ["--output", "taken/new", "--students", "1", "--roll", "taken/roll.csv"],
            ".xlsx",
            id="roll no workbook",
        ),
        pytest.param(
            ["--output", "new", "--students", "1", *CLOSED],
            "nothing to file",
            id="window closed",
        ),
        pytest.param(
            ["--output", "new", "--students", "1", "--policy", "nobody-2099"],
            "nobody-2099",
            id="unknown policy",
        ),
    ],
)
def test_wrong_call_is_one_line_and_writes_nothing(tmp_path, monkeypatch, capsys, arguments, word):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "taken").mkdir()
    (tmp_path / "taken" / "x.txt").write_text("x", encoding="utf-8")
    (tmp_path / "taken.zip").write_bytes(b"x")

    assert run("sample", *arguments) == 2

    out = capsys.readouterr()
    assert (out.out, out.err.count("\n")) == ("", 1)
    assert word in out.err
    assert sorted(path.name for path in tmp_path.rglob("*")) == ["taken", "taken.zip", "x.txt"]


def test_empty_folder_is_taken(tmp_path, small_scans):
    (tmp_path / "包").mkdir()

    assert run("sample", "--output", tmp_path / "包", "--students", 1) == 0
