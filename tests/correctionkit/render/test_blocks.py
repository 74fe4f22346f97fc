from __future__ import annotations

import pytest

from correctionkit.catalog import package_codes, scan_codes, table_codes
from correctionkit.findings import NOWHERE, Location
from correctionkit.policy.shelf import find_policy
from correctionkit.render.blocks import Block, Line, blocks, place_of
from correctionkit.render.wording import Wording
from correctionkit.terms import Language, Severity

POLICY = find_policy("ouc-2016")
EN, ZH = Wording(POLICY, Language.EN), Wording(POLICY, Language.ZH)

FOLDER = "1335001209114张三"


def test_the_same_thing_at_several_places_is_said_once_and_errors_come_first() -> None:
    findings = [
        scan_codes.SCAN_BLURRED.at(Location(path=f"{FOLDER}/户口本1.jpg")),
        scan_codes.SCAN_BLANK.at(Location(path=f"{FOLDER}/身份证.jpg")),
        scan_codes.SCAN_BLURRED.at(Location(path=f"{FOLDER}/户口本2.jpg")),
    ]
    assert blocks(findings, EN, Location(path=FOLDER)) == (
        Block(
            "scan-blank",
            Severity.ERROR,
            (Line("Nothing is on it.", ("身份证.jpg",)),),
            "Scan the right side of the page.",
            "Requirements, part 2, 4 (2)",
        ),
        Block(
            "scan-blurred",
            Severity.WARNING,
            (Line("Too soft to read.", ("户口本1.jpg", "户口本2.jpg")),),
            "Clean the glass, lay the page flat, and scan again.",
            "Requirements, part 2, 4 (3)",
        ),
    )


def test_different_messages_of_one_code_share_what_to_do() -> None:
    findings = [
        table_codes.CELL_FORMULA.at(Location(table="附表1.xlsx", row=row), column=column)
        for row, column in ((3, "姓名"), (4, "更正后"), (5, "姓名"))
    ]
    (block,) = blocks(findings, ZH, Location(table="附表1.xlsx"))
    assert block.lines == (
        Line("“姓名”是公式。", ("第 3 行", "第 5 行")),
        Line("“更正后”是公式。", ("第 4 行",)),
    )
    assert block.count == 3


def test_a_place_that_the_message_names_is_left_out() -> None:
    (block,) = blocks(
        [package_codes.JUNK_FILE.at(Location(path="Thumbs.db"), name="Thumbs.db")], EN
    )
    assert block.lines == (Line("Left by the system, ignored: Thumbs.db.", ("",)),)


@pytest.mark.parametrize(
    ("location", "seen_from", "english", "chinese"),
    [
        (NOWHERE, NOWHERE, "", ""),
        (Location(table="表.xlsx", row=3), NOWHERE, "表.xlsx, row 3", "表.xlsx 第 3 行"),
        (Location(table="表.xlsx"), NOWHERE, "表.xlsx", "表.xlsx"),
        (Location(table="表.xlsx"), Location(table="表.xlsx"), "", ""),
        (Location(table="表.xlsx", row=3), Location(table="表.xlsx"), "row 3", "第 3 行"),
        (Location(table="表.xlsx", row=3), Location(table="表.xlsx", row=3), "", ""),
        (
            Location(table="表.xlsx", row=3, sheet="二"),
            NOWHERE,
            "表.xlsx, sheet 二, row 3",
            "表.xlsx 工作表“二” 第 3 行",
        ),
        (Location(path="1张/a.jpg"), Location(path="1张"), "a.jpg", "a.jpg"),
        (Location(path="1张"), Location(path="1张"), "folder", "文件夹"),
        (Location(path="1张三/a.jpg"), Location(path="1张"), "1张三/a.jpg", "1张三/a.jpg"),
        (Location(path="a\u202eb"), NOWHERE, "a‹U+202E›b", "a‹U+202E›b"),
        (Location(path="11010519491231002X"), NOWHERE, "110***********002X", "110***********002X"),
    ],
)
def test_places_leave_out_what_is_known_where_they_are_read(
    location: Location, seen_from: Location, english: str, chinese: str
) -> None:
    assert (place_of(location, EN, seen_from), place_of(location, ZH, seen_from)) == (
        english,
        chinese,
    )
