from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from openpyxl import load_workbook

from correctionkit.catalog import package_codes, scan_codes, table_codes
from correctionkit.findings import NOWHERE, Location
from correctionkit.packages.checked import CheckedPackage, CheckedStudent
from correctionkit.packages.tables.cells import Cell, CellKind, Row, Sheet, TableFormat, Workbook
from correctionkit.packages.tables.workbook import read_workbook
from correctionkit.policy.bounds import TableBounds
from correctionkit.render.workbook_report import to_workbook
from correctionkit.terms import Language

BOUNDS = TableBounds(50_000, 200, 32_767)
HEADINGS = ("学号", "姓名", "更正内容", "更正后", "更正原因")
ZHANG = ("1335001209114", "张三", "姓名", "张三", "信息变更")


def _bytes(checked: CheckedPackage, language: Language = Language.ZH) -> bytes:
    target = io.BytesIO()
    to_workbook(checked, language, target)
    return target.getvalue()


def _read(checked: CheckedPackage, language: Language = Language.ZH) -> Workbook:
    return read_workbook(_bytes(checked, language), "report.xlsx", BOUNDS)


def _texts(sheet: Sheet) -> list[tuple[int, tuple[str, ...]]]:
    return [(row.number, row.texts) for row in sheet.rows]


def test_the_clerk_s_rows_come_back_with_what_is_wrong_beside_them(
    checked: Callable[..., CheckedPackage], workbook: Callable[..., Workbook]
) -> None:
    table = workbook(["统计表"], HEADINGS, ZHANG, [], ["填表人：某某"])
    student = "1335001209114"
    package = checked(
        table_codes.CELL_FORMULA.at(
            Location(table="附表2.xlsx", row=3), student=student, column="更正后"
        ),
        scan_codes.SCAN_BLURRED.at(Location(path=f"{student}张三/户口本.jpg"), student=student),
        scan_codes.SCAN_BLANK.at(Location(path=f"{student}张三/身份证.jpg"), student=student),
        workbooks=[table],
    )
    book = _read(package)
    assert [sheet.name for sheet in book.sheets] == ["Sheet1", "检查概要"]
    assert _texts(book.sheets[0]) == [
        (1, ("统计表",)),
        (2, (*HEADINGS, "检查结果", "处理办法")),
        (
            3,
            (
                *ZHANG,
                "1. 错误：身份证.jpg：图片是空白的。\n2. 错误：“更正后”是公式。\n"
                "3. 警告：户口本.jpg：图片模糊，难以辨认。",
                "1. 请检查是否放反，重新扫描有内容的一面。\n"
                "2. 请用“选择性粘贴—数值”替换公式，并设为文本。\n"
                "3. 请擦净玻璃、压平纸张后重新扫描。",
            ),
        ),
        (5, ("填表人：某某",)),
    ]
    assert _texts(book.sheets[1]) == [
        (1, ("演示分部第3批",)),
        (2, ("有 2 处错误，请改正后再上报。",)),
        (3, ("按国家开放大学学生基本信息修改（2016 年秋季起）检查，日期 2026-11-20。",)),
        (4, ("学生 1 名，申请 1 项，图片 2 张。",)),
    ]


def test_a_row_with_nothing_wrong_says_so(
    checked: Callable[..., CheckedPackage], workbook: Callable[..., Workbook]
) -> None:
    package = checked(workbooks=[workbook(HEADINGS, ZHANG)])
    assert _texts(_read(package, Language.EN).sheets[0]) == [
        (1, (*HEADINGS, "Check", "What to do")),
        (2, (*ZHANG, "nothing found")),
    ]


def test_what_a_folder_has_stands_once_and_other_rows_of_the_student_point_there(
    checked: Callable[..., CheckedPackage], workbook: Callable[..., Workbook]
) -> None:
    second = ("1335001209114", "张三", "性别", "女", "信息变更")
    package = checked(
        scan_codes.SCAN_BLANK.at(
            Location(path="1335001209114张三/身份证.jpg"), student="1335001209114"
        ),
        table_codes.CELL_FORMULA.at(
            Location(table="附表1.xlsx", row=2), student="1335001209114", column="更正后"
        ),
        workbooks=[
            workbook(HEADINGS, ZHANG, second),
            workbook(HEADINGS, second, name="附表1.xlsx"),
        ],
    )
    book = _read(package)
    assert [sheet.name for sheet in book.sheets] == ["附表2", "附表1", "检查概要"]
    results = [[row.cell(5).text for row in sheet.rows] for sheet in book.sheets[:2]]
    assert results == [
        ["检查结果", "错误：身份证.jpg：图片是空白的。", "该生的文件夹和图片：见第 2 行。"],
        [
            "检查结果",
            "1. 错误：“更正后”是公式。\n2. 该生的文件夹和图片：见附表2.xlsx 第 2 行。",
        ],
    ]


def test_what_belongs_to_no_row_is_listed_on_the_last_sheet(
    checked: Callable[..., CheckedPackage], workbook: Callable[..., Workbook]
) -> None:
    package = checked(
        package_codes.FILE_UNEXPECTED.at(Location(path="说明.txt"), name="说明.txt"),
        table_codes.TABLE_COLUMNS.at(
            Location(table="附表2.xlsx", row=1), missing=["姓名"], doubled=[]
        ),
        scan_codes.SCAN_BLANK.at(Location(path="9孙六/a.jpg"), student="9"),
        workbooks=[workbook(HEADINGS, ZHANG)],
    )
    assert _texts(_read(package).sheets[-1])[4:] == [
        (6, ("不属于某一行的问题",)),
        (7, ("程度", "位置", "检查结果", "处理办法", "依据")),
        (
            8,
            (
                "错误",
                "9孙六/a.jpg",
                "图片是空白的。",
                "请检查是否放反，重新扫描有内容的一面。",
                "《上报材料要求》二、材料要求 4（2）",
            ),
        ),
        (
            9,
            (
                "错误",
                "附表2.xlsx 第 1 行",
                "表头不符。缺少：姓名；重复：无。",
                "请按统计表的列名填写表头，每个列名一次，放在同一行。",
                "统计表列名（本工具自定：官方列名未公开）",
            ),
        ),
        (
            10,
            (
                "警告",
                "",
                "规则中没有这种文件：说明.txt。",
                "请移除；若是材料，请放入学生文件夹并按图片内容命名。",
                "表格、文件夹与文件对应规则（本工具自定）",
            ),
        ),
    ]


def test_an_unreadable_package_still_gives_a_workbook(
    checked: Callable[..., CheckedPackage],
) -> None:
    package = checked(package_codes.PACKAGE_UNREADABLE.at(NOWHERE, fault="package-empty"))
    book = _read(package, Language.EN)
    assert [sheet.name for sheet in book.sheets] == ["Summary"]
    assert book.sheets[0].rows[-1].texts[:3] == (
        "error",
        "",
        "The package cannot be read: it is empty.",
    )


AS_TYPED = [
    "=1+1",
    "=cmd|' /C calc'!A0",
    "+1",
    "@SUM(A1)",
    "007",
    "110105194912310021",
    "1.10105194912310E+17",
    "http://example.com",
    "<r>not rich</r>",
    "_x000D_",
    "_x005F_x000D_",
    "two\nlines",
    "\u202eright to left",
    " spaces ",
    "\U0002cc56",
    "'quoted",
]


@pytest.mark.parametrize("text", AS_TYPED)
def test_cells_come_back_as_text_and_nothing_runs(
    checked: Callable[..., CheckedPackage], workbook: Callable[..., Workbook], text: str
) -> None:
    row = (*ZHANG[:3], Cell(text, CellKind.FORMULA), ZHANG[4])
    content = _bytes(checked(workbooks=[workbook(HEADINGS, row)]))
    cell = read_workbook(content, "x.xlsx", BOUNDS).sheets[0].rows[1].cell(3)
    assert cell == Cell(text, CellKind.TEXT)
    parts = zipfile.ZipFile(io.BytesIO(content))
    sheets = [parts.read(name) for name in parts.namelist() if "worksheets/" in name]
    assert not any(b"<f>" in part or b"hyperlink" in part for part in sheets)


def test_what_no_workbook_can_hold_is_cut_or_replaced(
    checked: Callable[..., CheckedPackage], workbook: Callable[..., Workbook]
) -> None:
    row = (*ZHANG[:3], "长" * 40_000, "a\ud83db")
    sheet = _read(checked(workbooks=[workbook(HEADINGS, row)])).sheets[0]
    assert sheet.rows[1].texts[3:5] == ("长" * 32_766 + "…", "a\ufffdb")


def test_sheets_without_headings_come_back_as_they_are(
    checked: Callable[..., CheckedPackage],
) -> None:
    table = Workbook(
        "附表2.xlsx",
        TableFormat.XLSX,
        (
            Sheet("在籍生", (Row(1, _cells(HEADINGS)), Row(2, _cells(ZHANG)))),
            Sheet("说明[1]", (Row(3, _cells(("", "请先阅读"))),), hidden=True),
        ),
    )
    book = _read(checked(workbooks=[table]))
    assert [(sheet.name, sheet.hidden) for sheet in book.sheets] == [
        ("在籍生", False),
        ("说明_1_", False),
        ("检查概要", False),
    ]
    assert _texts(book.sheets[1]) == [(3, ("", "请先阅读"))]


def _cells(texts: tuple[str, ...]) -> tuple[Cell, ...]:
    return tuple(Cell(text, CellKind.TEXT if text else CellKind.EMPTY) for text in texts)


def test_rows_with_errors_stand_out_and_headings_stay_in_sight(rich: CheckedPackage) -> None:
    book = load_workbook(io.BytesIO(_bytes(rich)))
    sheet = book["附表2"]
    fills = {row: sheet.cell(row, 4).fill.fgColor.rgb for row in (3, 4, 5)}
    assert fills == dict.fromkeys((3, 4, 5), "FFFDEBEA")
    assert book["附表3"].cell(3, 4).fill.fgColor.rgb == "FFFFF8E1"
    assert sheet.freeze_panes == "A3"
    assert sheet.auto_filter.ref == "A2:L5"
    assert {cell.number_format for row in sheet.iter_rows() for cell in row if cell.value} == {"@"}


def test_identity_numbers_are_masked_in_what_is_said(
    checked: Callable[..., CheckedPackage], workbook: Callable[..., Workbook]
) -> None:
    package = checked(
        package_codes.JUNK_FILE.at(Location(path="11010519491231002X"), name="11010519491231002X"),
        workbooks=[workbook(HEADINGS, ZHANG)],
    )
    texts = [text for row in _read(package).sheets[-1].rows for text in row.texts]
    assert "系统遗留文件，已忽略：110***********002X。" in texts


def test_the_same_package_gives_the_same_bytes(rich: CheckedPackage) -> None:
    assert _bytes(rich) == _bytes(rich)


def test_a_path_is_replaced_whole(rich: CheckedPackage, tmp_path: Path) -> None:
    target = tmp_path / "退回 报告.xlsx"
    target.write_bytes(b"old")
    to_workbook(rich, Language.ZH, target)
    assert target.read_bytes() == _bytes(rich)
    assert [each.name for each in tmp_path.iterdir()] == [target.name]


def test_a_student_without_number_does_not_gather_rows_without_numbers(
    checked: Callable[..., CheckedPackage], workbook: Callable[..., Workbook]
) -> None:
    nameless = CheckedStudent("", "", None, (), 1, "张三")
    package = checked(
        scan_codes.SCAN_BLANK.at(Location(path="张三/a.jpg")),
        students=(nameless,),
        workbooks=[workbook(HEADINGS, ("", *ZHANG[1:]))],
    )
    book = _read(package)
    assert book.sheets[0].rows[1].cell(5).text == "未发现问题"
    assert book.sheets[1].rows[-1].texts[1] == "张三/a.jpg"
