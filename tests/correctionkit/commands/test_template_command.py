"""``correctionkit template``, called as a clerk calls it."""

from __future__ import annotations

import pytest

from correctionkit.cli import main

NAMES = [
    "学籍库.xlsx",
    "附表1新生基本信息修改情况统计表.xlsx",
    "附表2在籍生基本信息修改情况统计表.xlsx",
    "附表3毕业生基本信息修改情况统计表.xlsx",
]


def call(*arguments):
    with pytest.raises(SystemExit) as ended:
        main(["template", *map(str, arguments)])
    return ended.value.code


def test_every_blank_table_of_the_policy_is_written_and_named(tmp_path, capsys):
    folder = tmp_path / "a" / "b"

    assert call("--output", folder, "--policy", "ouc-2016", "--lang", "en") == 0
    assert sorted(path.name for path in folder.iterdir()) == NAMES
    assert [line.split("  ")[0] for line in capsys.readouterr().out.splitlines()] == ["Written"] * 4


def test_nothing_is_written_over(tmp_path, capsys):
    (tmp_path / NAMES[0]).write_text("mine")

    assert call("--output", tmp_path) == 2
    assert [path.name for path in tmp_path.iterdir()] == [NAMES[0]]
    assert NAMES[0] in capsys.readouterr().err


def test_several_in_the_way_are_listed_in_the_language_asked_for(tmp_path, capsys):
    for name in NAMES[:2]:
        (tmp_path / name).write_text("mine")

    for lang, joined in (("en", ", "), ("zh-hans", "、")):
        assert call("--output", tmp_path, "--lang", lang) == 2
        told = capsys.readouterr().err
        assert joined in told
        assert told.count("、") == (joined == "、")


def test_a_folder_that_cannot_be_made_is_told_in_one_line(tmp_path, capsys):
    (tmp_path / "file").write_text("")

    assert call("--output", tmp_path / "file" / "in", "--lang", "zh-hans") == 2
    assert len(capsys.readouterr().err.splitlines()) == 1
