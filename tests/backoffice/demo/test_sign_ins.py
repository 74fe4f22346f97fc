"""The file of the demo's sign-ins."""

import stat
import sys

import pytest

from backoffice.demo.showing import sign_in_lines
from backoffice.demo.sign_ins import SignIn, keep, kept, place

CLERK = SignIn("clerk", "abcd-efgh", "clerk", "901", "示例省分部", "陈示例")
AUDITOR = SignIn("auditor", "abcd-efgh", "auditor", "900", "样本大学总部", "孙示例")


@pytest.fixture(autouse=True)
def _own_data(settings, tmp_path):
    settings.DATA = tmp_path


def test_what_is_kept_is_found_again():
    keep([CLERK, AUDITOR])

    assert kept() == [CLERK, AUDITOR]
    assert [path.name for path in place().parent.iterdir()] == ["demo-sign-ins.json"]


@pytest.mark.skipif(sys.platform == "win32", reason="rights of files are of another kind there")
def test_only_its_owner_reads_it():
    keep([CLERK])

    assert stat.S_IMODE(place().stat().st_mode) == 0o600


def test_nothing_is_found_where_nothing_was_kept():
    assert kept() is None


@pytest.mark.parametrize("text", ["", "[", '[{"username": "clerk"}]', "[1]", '"x"', "\x00"])
def test_a_file_that_says_something_else_is_as_none(text):
    place().write_text(text, "utf-8")

    assert kept() is None


def test_what_was_left_of_an_interrupted_writing_is_in_nobodys_way():
    place().with_suffix(".part").write_text("half")
    keep([CLERK])

    assert kept() == [CLERK]


def test_columns_stand_below_each_other_though_chinese_is_twice_as_wide():
    lines = sign_in_lines([CLERK, AUDITOR])

    widths = [
        sum(2 if ord(each) > 0x2E80 else 1 for each in line.split("abcd")[0]) for line in lines[1:]
    ]
    assert len(lines) == 3
    assert len(set(widths)) == 1
    assert lines[1].split()[:2] == ["clerk", "abcd-efgh"]
    assert "Clerk" in lines[1]
    assert lines[1].endswith("陈示例")
