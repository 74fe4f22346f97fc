from __future__ import annotations

import io
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from builders.passing_package import PassingPackage

from correctionkit import cli
from correctionkit.cli import main


@pytest.fixture(autouse=True)
def english(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LC_ALL", "C.UTF-8")


def run(*arguments: str) -> int:
    with pytest.raises(SystemExit) as ended:
        main(list(arguments))
    assert isinstance(ended.value.code, int)
    return ended.value.code


def test_a_passing_package_exits_with_0(tmp_path: Path, capsys) -> None:
    root = PassingPackage().write(tmp_path)

    assert run("check", str(root), "--on", "2026-11-20") == 0
    assert capsys.readouterr().err == ""


def test_errors_exit_with_1_and_the_json_tells_them(tmp_path: Path, capsys) -> None:
    package = PassingPackage()
    del package.files["1335001209114张三/户口本.jpg"]
    root = package.write(tmp_path)

    status = run("check", str(root), "--on", "2026-11-20", "--format", "json", "--lang", "zh-hans")

    report = json.loads(capsys.readouterr().out)
    assert status == 1
    assert report == {
        "schema": "correctionkit/report/1",
        "policy": "ouc-2016",
        "overlays": [],
        "on": "2026-11-20",
        "package": "材料包",
        "counts": {
            "students": 2,
            "requests": 2,
            "scans": 2,
            "errors": 1,
            "warnings": 0,
            "notes": 0,
        },
        "findings": [
            {
                "code": "evidence-missing",
                "severity": "error",
                "path": "1335001209114张三",
                "table": None,
                "row": None,
                "student": "1335001209114",
                "field": "name",
                "message": "姓名缺少证明材料：户口本或公安主项信息变更更正证明。",
                "hint": "请扫描该材料原件，并以材料名称命名图片。",
                "clause": "《上报材料要求》二、材料要求 3（3）",
                "params": {
                    "kinds": ["household_register", "police_change_certificate"],
                    "fields": ["name"],
                },
            }
        ],
    }


@pytest.mark.parametrize("form", ["text", "json", "html", "xlsx"])
def test_an_unreadable_package_still_gives_a_report_and_exits_with_2(
    tmp_path: Path, capsysbinary, form: str
) -> None:
    assert run("check", str(tmp_path / "absent"), "--format", form, "--lang", "en") == 2

    out = capsysbinary.readouterr()
    assert out.err == b""
    if form == "xlsx":
        assert out.out.startswith(b"PK\x03\x04")
    else:
        assert b"package" in out.out


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        pytest.param(["check"], "missing", id="no path"),
        pytest.param(
            ["check", "x", "--policy", "nobody-2099"], "nobody-2099", id="an unknown policy"
        ),
        pytest.param(["check", "x", "--on", "20.11.2026"], "20.11.2026", id="a wrong date"),
        pytest.param(["check", "x", "--on", "20261120"], "20261120", id="a date without hyphens"),
        pytest.param(["check", "x", "--frmat", "json"], "--frmat", id="a wrong option"),
        pytest.param(["check", "x", "--format", "pdf"], "--format", id="a wrong format"),
        pytest.param(["check", "x", "--jobs", "0"], "--jobs", id="no jobs"),
        pytest.param(
            ["check", "x", "--roll", "/no/roll.xlsx"], "roll", id="a roll that is not there"
        ),
        pytest.param(["chekc", "x"], "chekc", id="a wrong command"),
        pytest.param(["policy", "show", "ouc-1900"], "ouc-1900", id="a policy to show"),
    ],
)
@pytest.mark.parametrize("locale", ["C.UTF-8", "zh_CN.UTF-8"])
def test_a_wrong_call_is_one_line_and_exits_with_2(
    capsys, monkeypatch, locale: str, arguments: list[str], expected: str
) -> None:
    monkeypatch.setenv("LC_ALL", locale)

    assert run(*arguments) == 2

    out = capsys.readouterr()
    assert out.out == ""
    assert out.err.count("\n") == 1
    chinese = any("\u4e00" <= sign <= "\u9fff" for sign in out.err)
    assert chinese == locale.startswith("zh")
    assert expected in out.err or chinese


def test_a_wrong_call_is_told_in_the_language_that_it_names(capsys) -> None:
    assert run("check", "--lang", "zh-hans") == 2
    chinese = capsys.readouterr().err
    assert run("check", "--lang=en") == 2
    english = capsys.readouterr().err

    assert "缺少" in chinese
    assert "missing" in english


def test_a_report_is_written_whole_to_the_file_that_was_named(tmp_path: Path, capsys) -> None:
    root = PassingPackage().write(tmp_path)
    target = tmp_path / "报告.html"

    assert run("check", str(root), "--format", "html", "--output", str(target)) == 0
    assert target.read_text(encoding="utf-8").startswith("<!")
    assert capsys.readouterr().out == ""
    assert run("check", str(root), "--output", str(tmp_path / "no" / "x.txt")) == 2


def test_the_language_follows_the_locale_unless_it_is_named(
    tmp_path: Path, capsys, monkeypatch
) -> None:
    root = PassingPackage().write(tmp_path)
    monkeypatch.setenv("LC_ALL", "zh_CN.UTF-8")

    run("check", str(root), "--on", "2026-11-20")
    chinese = capsys.readouterr().out
    run("check", str(root), "--on", "2026-11-20", "--lang", "en")
    english = capsys.readouterr().out

    assert "学生 2 名" in chinese
    assert "Students: 2" in english


@pytest.mark.parametrize(
    ("value", "status", "shown", "hidden"),
    [
        ("11010519491231002X", 0, "110***********002X", "19491231"),
        ("110105194912310021", 1, "should be X", "19491231"),
        ("1335001209114", 0, "spring 2013", "~"),
        ("511618201705981300", 0, "certificate number", "~"),
        ("133500120911", 1, "12 characters, it should have 13", "~"),
        ("11010519491231002", 1, "110***", "19491231"),
        ("张䶮", 0, "U+4DAE", "~"),
        ("张3", 1, "digits", "~"),
    ],
)
def test_a_value_is_explained_and_masked(capsys, value, status, shown, hidden) -> None:
    assert run("explain", value) == status

    out = capsys.readouterr().out
    assert shown in out
    assert hidden not in out


def test_numbers_are_shown_when_asked_for(capsys) -> None:
    assert run("explain", "610104620927690", "--show") == 0

    out = capsys.readouterr().out
    assert "1962-09-27" in out
    assert "610104196209276908" in out


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_values_are_read_from_standard_input(capsys, monkeypatch, encoding: str) -> None:
    typed = "1335001209114\r\n\r\n张䶮\r\n110105\r\n".encode(encoding)
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(typed)))

    assert run("explain", "-") == 1
    out = capsys.readouterr().out
    assert out.count("wrong: ") == 1
    assert "张䶮" in out


def test_a_policy_is_shown_compared_and_validated(tmp_path: Path, capsys) -> None:
    assert run("policy", "list") == 0
    assert "hubei-2019" in capsys.readouterr().out
    assert run("policy", "show", "ouc-2021", "--lang", "zh-hans") == 0
    assert "出生日期" in capsys.readouterr().out
    assert run("policy", "show", "hubei-2019") == 0
    assert "autumn 2016" in capsys.readouterr().out
    assert run("policy", "diff", "ouc-2016", "ouc-2021") == 0
    assert "birth date" in capsys.readouterr().out

    own = tmp_path / "ours.toml"
    own.write_text("schema = 'correctionkit/overlay/1'\nid = 'ours'\n", encoding="utf-8")
    assert run("policy", "validate", str(own)) == 1
    assert "ours.toml" in capsys.readouterr().out
    assert run("policy", "validate", str(tmp_path / "absent.toml")) == 2
    assert capsys.readouterr().err.count("\n") == 1


def test_a_policy_of_ones_own_judges(tmp_path: Path, capsys) -> None:
    own = tmp_path / "ours.toml"
    own.write_text(
        """schema = "correctionkit/overlay/1"
id = "ours"
version = "1"
title = { en = "Ours", zh = "我们的" }
institution = { id = "x", en = "X", zh = "某校" }
source = { en = "a letter", zh = "来函" }
in_force = {}
[[clause]]
id = "window"
en = "Window"
zh = "窗口"
[[limit]]
kind = "outside-window"
window = [{ from = "05-01", until = "05-end" }]
outcome = "not-accepted"
clause = "window"
rule = { en = "in May only", zh = "仅 5 月受理" }
""",
        encoding="utf-8",
    )
    root = PassingPackage().write(tmp_path)

    assert (
        run("check", str(root), "--overlay", str(own), "--on", "2026-06-01", "--format", "json")
        == 1
    )
    report = json.loads(capsys.readouterr().out)
    assert report["overlays"] == ["ours"]
    assert {each["code"] for each in report["findings"]} == {"request-not-accepted"}
    assert run("check", str(root), "--overlay", str(own), "--on", "2026-05-31") == 0


def test_an_interrupted_command_says_so_without_a_traceback(monkeypatch, capsys) -> None:
    def interrupt(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(cli.group, "main", interrupt)

    assert run("check", "x") == 130
    assert capsys.readouterr().err.count("\n") == 1


@pytest.mark.parametrize("arguments", [[], ["--help"], ["check", "--help"], ["chekc"]])
def test_help_never_fails_where_the_stream_knows_no_chinese(arguments: list[str]) -> None:
    ended = subprocess.run(
        [sys.executable, "-c", "from correctionkit.cli import main; main()", *arguments],
        env={
            **os.environ,
            "LC_ALL": "zh_CN.UTF-8",
            "PYTHONIOENCODING": "cp1252",
            "PYTHONUTF8": "0",
            "PYTHONPATH": str(Path(cli.__file__).parents[1]),
        },
        capture_output=True,
        check=False,
        timeout=60,
    )

    assert b"Traceback" not in ended.stderr
    assert ended.returncode == (0 if "--help" in arguments else 2)


def test_a_fault_of_the_program_is_one_line_and_holds_no_data(monkeypatch, capsys) -> None:
    def fail(*_: object, **__: object) -> None:
        raise RuntimeError("11010519491231002X")

    monkeypatch.setattr(cli.group, "main", fail)

    assert run("check", "x") == 2
    out = capsys.readouterr().err
    assert out.count("\n") == 1
    assert "RuntimeError" in out
    assert "11010519491231002X" not in out

    monkeypatch.setenv("CORRECTIONKIT_TRACEBACK", "1")
    with pytest.raises(RuntimeError):
        main(["check", "x"])


def test_output_never_fails_on_a_rare_character_in_code_page_936(tmp_path: Path) -> None:
    package = PassingPackage()
    package.files["1335001209222李四/𬱖䶮.jpg"] = b"x"
    root = package.write(tmp_path)
    environment = {**os.environ, "PYTHONIOENCODING": "gbk", "PYTHONUTF8": "0"}

    ended = subprocess.run(
        [sys.executable, "-c", "from correctionkit.cli import main; main()", "check", str(root)],
        env={**environment, "PYTHONPATH": str(Path(cli.__file__).parents[1])},
        capture_output=True,
        check=False,
        timeout=60,
    )

    assert ended.returncode == 1
    assert ended.stderr == b""
    assert "[U+2CC56]" in ended.stdout.decode("gbk")
