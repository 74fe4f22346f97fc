from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from builders.passing_package import write_roll

from correctionkit.packages.filings.roll import RollUnreadable, read_roll
from correctionkit.policy.shelf import find_policy

POLICY = find_policy("ouc-2016")
RECORD = {
    "student_number": "1335001209114",
    "certificate_number": "511618201705981300",
    "name": "张三",
    "gender": "男",
    "id_number": "440524188001010014",
    "level": " 专科",
    "enrolled_on": "2013-03-01",
    "graduated_on": "2017.7.31",
}


def test_a_record_is_found_by_both_its_numbers(tmp_path: Path) -> None:
    roll = read_roll(write_roll(tmp_path, [RECORD]), POLICY)

    record = roll.find("1335001209114")

    assert record == roll.find("511618201705981300")
    assert record is not None
    assert (record.values["id_number"], record.values["gender"]) == ("440524188001010014", "男")
    assert (record.enrolled_on, record.graduated_on) == (date(2013, 3, 1), date(2017, 7, 31))
    assert record.level == "专科"
    assert roll.find("1335001209115") is None
    assert roll.find("") is None


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_a_roll_may_be_csv_in_either_encoding(tmp_path: Path, encoding: str) -> None:
    target = tmp_path / "roll.csv"
    text = "学籍库\r\n学号,姓名,民族\r\n１３３５００１２０９１１４ ,张䶮,汉\r\n"
    target.write_text(text, encoding=encoding, newline="")

    record = read_roll(target, POLICY).find("1335001209114")

    assert record is not None
    assert dict(record.values) == {"name": "张䶮", "ethnicity": "汉"}


@pytest.mark.parametrize(
    ("before", "delimiter", "encoding"),
    [
        pytest.param("", "\t", "utf-16", id="Unicode text"),
        pytest.param("", "\t", "utf-8", id="tabs"),
        pytest.param("", ";", "gb18030", id="semicolons"),
        pytest.param("sep=;\r\n", ";", "utf-8-sig", id="separator line"),
    ],
)
def test_a_roll_may_be_what_a_summary_table_may_be(
    tmp_path: Path, before: str, delimiter: str, encoding: str
) -> None:
    target = tmp_path / "roll.csv"
    lines = [["学号", "姓名", "民族"], ["1335001209114", "张三", "汉"]]
    text = before + "".join(f"{delimiter.join(line)}\r\n" for line in lines)
    target.write_text(text, encoding=encoding, newline="")

    record = read_roll(target, POLICY).find("1335001209114")

    assert record is not None
    assert dict(record.values) == {"name": "张三", "ethnicity": "汉"}


def test_the_first_of_two_records_holds_and_the_number_is_told(tmp_path: Path) -> None:
    roll = read_roll(write_roll(tmp_path, [RECORD, {**RECORD, "name": "李四"}]), POLICY)

    record = roll.find("1335001209114")

    assert record is not None
    assert record.values["name"] == "张三"
    assert roll.repeated == ("1335001209114", "511618201705981300")


@pytest.mark.parametrize(
    ("content", "fault", "missing"),
    [
        pytest.param(None, "roll-unopened", (), id="not there"),
        pytest.param(b"PK\x03\x04 no workbook", "roll-broken", (), id="a broken workbook"),
        pytest.param(b"\x81\xff,a", "roll-encoding", (), id="no known encoding"),
        pytest.param(b"\xff\xfea", "roll-encoding", (), id="half a UTF-16 unit"),
        pytest.param(b'a,"b\nc,d\n', "roll-broken", (), id="quotation mark left open"),
        pytest.param(b"a\x00b", "roll-broken", (), id="NUL"),
        pytest.param(b"a," + b"b" * 200_000, "roll-broken", (), id="cell too long"),
        pytest.param(
            "姓名,性别\n张三,男\n".encode(), "roll-columns", ("学号", "注册证号"), id="no number"
        ),
        pytest.param(
            "学号,性别\n1335001209114,男\n".encode(),
            "roll-columns",
            ("注册证号", "姓名"),
            id="no name",
        ),
        pytest.param(b"", "roll-columns", ("学号", "注册证号", "姓名"), id="empty"),
    ],
)
def test_a_roll_that_cannot_be_used_is_refused(tmp_path: Path, content, fault, missing) -> None:
    target = tmp_path / "roll.xlsx"
    if content is not None:
        target.write_bytes(content)

    with pytest.raises(RollUnreadable) as refused:
        read_roll(target, POLICY)

    assert (refused.value.fault, refused.value.missing) == (fault, missing)
