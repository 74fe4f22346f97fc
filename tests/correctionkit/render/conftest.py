"""Checked packages made by hand: a sound one, to which a test adds what it is about."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import date

import pytest

from correctionkit.catalog import (
    evidence_codes,
    folder_codes,
    package_codes,
    request_codes,
    scan_codes,
    table_codes,
    value_codes,
)
from correctionkit.findings import Counts, Finding, Location, Report
from correctionkit.packages.checked import CheckedPackage, CheckedStudent
from correctionkit.packages.tables.cells import Cell, CellKind, Row, Sheet, TableFormat, Workbook
from correctionkit.policy.shelf import find_policy

ZHANG = CheckedStudent(
    "1335001209114", "张三", "enrolled", ("name",), 2, "1335001209114张三", "new"
)
LI = CheckedStudent(
    "511618201705981300", "李四", "graduated", ("id_number",), 3, "511618201705981300李四"
)
WANG = CheckedStudent(
    "2635001250001", "王小明", "new", ("gender", "ethnicity"), 1, "2635001250001王小明"
)


def make_workbook(
    *rows: Iterable[str | Cell], name: str = "附表2.xlsx", sheet: str = "Sheet1"
) -> Workbook:
    """Make a table; a row without cells is left out, as a reader does."""
    made = []
    for number, texts in enumerate(rows, 1):
        cells = tuple(each if isinstance(each, Cell) else Cell(each, _kind(each)) for each in texts)
        if cells:
            made.append(Row(number, cells))
    return Workbook(name, TableFormat.XLSX, (Sheet(sheet, tuple(made)),))


def _kind(text: str) -> CellKind:
    return CellKind.TEXT if text else CellKind.EMPTY


HEADINGS = [
    "序号",
    "分部",
    "学习中心",
    "学号",
    "姓名",
    "更正内容",
    "更正前",
    "更正后",
    "更正原因",
    "备注",
]


def make_checked(
    *findings: Finding,
    students: Iterable[CheckedStudent] = (ZHANG,),
    workbooks: Iterable[Workbook] = (),
    thumbnails: Mapping[str, bytes] | None = None,
    counts: Counts | None = None,
    name: str = "演示分部第3批",
    policy: str = "ouc-2016",
    overlays: Iterable[str] = (),
) -> CheckedPackage:
    """Make a package with *findings*, sound without."""
    return CheckedPackage(
        name=name,
        policy=find_policy(policy, tuple(overlays)),
        on=date(2026, 11, 20),
        report=Report.of(findings, counts or Counts(1, 1, 2)),
        students=tuple(students),
        workbooks=tuple(workbooks),
        thumbnails=thumbnails or {},
    )


def make_rich() -> CheckedPackage:
    """Make a package with a good deal wrong, as a clerk may bring it."""
    zhang, li, wang = ZHANG.number, LI.number, WANG.number
    folder = f"{zhang}张三"
    table = "附表2.xlsx"
    enrolled = make_workbook(
        ["在籍生基本信息修改情况统计表"],
        HEADINGS,
        ["1", "演示分部", "城关学习中心", zhang, "张三", "姓名", "张山", "张三", "信息变更", ""],
        [
            "2",
            "演示分部",
            "城关学习中心",
            "1335001209200",
            "赵敏",
            "身份证号",
            "110105194912310021",
            "11010519491231002X",
            "录入错误",
            "",
        ],
        [
            "3",
            "演示分部",
            "东门学习中心",
            "1335001209300",
            "买买提\u2022艾力",
            "民族",
            "汉",
            Cell("=B3", CellKind.FORMULA),
            "录入错误",
            "",
        ],
        [],
        ["填表人：          负责人："],
    )
    graduates = make_workbook(
        ["毕业生基本信息修改情况统计表"],
        [each if each != "学号" else "注册证号" for each in HEADINGS],
        ["1", "演示分部", "城关学习中心", li, "李四", "身份证号", "", "", "信息变更", ""],
        name="附表3.xlsx",
    )
    findings = [
        package_codes.JUNK_FILE.at(Location(path="Thumbs.db"), name="Thumbs.db", files=1),
        package_codes.JUNK_FILE.at(Location(path="__MACOSX"), name="__MACOSX", files=12),
        package_codes.FILE_UNEXPECTED.at(Location(path="说明.txt"), name="说明.txt"),
        evidence_codes.REPORT_MISSING.at(Location(), count=2),
        table_codes.TABLE_HIDDEN.at(Location(table=table), sheet="Sheet1", rows=2, columns=0),
        evidence_codes.EVIDENCE_MISSING.at(
            Location(path=folder),
            student=zhang,
            field="name",
            fields=["name"],
            kinds=["household_register", "police_change_certificate"],
        ),
        *(
            scan_codes.SCAN_RESOLUTION.at(
                Location(path=f"{folder}/{name}.jpg"),
                student=zhang,
                dpi=150,
                limit=200,
                basis="dpi-stated",
            )
            for name in ("身份证", "户口本1", "户口本2", "户口本3", "户口本4")
        ),
        scan_codes.SCAN_TOO_LARGE.at(
            Location(path=f"{folder}/身份证.jpg"), student=zhang, size="12.3 MB", limit="10.0 MB"
        ),
        value_codes.ID_INVALID.at(
            Location(table=table, row=4, column="更正后"),
            student="1335001209200",
            field="id_number",
            value="110***********002X",
            fault="check",
            expected="X",
        ),
        request_codes.REQUEST_EXCEPTIONAL.at(
            Location(table=table, row=4),
            student="1335001209200",
            field="id_number",
            status="enrolled",
            reason="entry_error",
            rule_en="entry errors are put right in the first semester",
            rule_zh="录入错误应在新生入学第一学期内提交",
        ),
        table_codes.CELL_NORMALISED.at(
            Location(table=table, row=5, column="姓名"),
            student="1335001209300",
            column="姓名",
            typed="买买提\u2022艾力",
            read="买买提·艾力",
            changes=["look-alike-dot"],
        ),
        table_codes.CELL_FORMULA.at(
            Location(table=table, row=5, column="更正后"), student="1335001209300", column="更正后"
        ),
        request_codes.REQUEST_EXCEPTIONAL.at(
            Location(table="附表3.xlsx", row=3),
            student=li,
            field="id_number",
            status="graduated",
            reason="change",
            rule_en="graduates' records are in principle not changed",
            rule_zh="原则上不再接受毕业生信息更改申请",
        ),
        scan_codes.SCAN_PRIVATE.at(
            Location(path=f"{wang}王小明/身份证.jpg"), student=wang, signs=["private-location"]
        ),
        folder_codes.FOLDER_UNKNOWN.at(
            Location(path="1335001209999孙六"), student="1335001209999", number="1335001209999"
        ),
    ]
    return make_checked(
        *findings,
        students=(
            ZHANG,
            CheckedStudent(
                "1335001209200", "赵敏", "enrolled", ("id_number",), 2, "1335001209200赵敏"
            ),
            CheckedStudent(
                "1335001209300",
                "买买提·艾力",
                "enrolled",
                ("ethnicity",),
                2,
                "1335001209300买买提·艾力",
            ),
            LI,
            WANG,
            CheckedStudent("2635001250002", "周舟", "new", ("name",), 2, "2635001250002周舟"),
            CheckedStudent("1335001209999", "孙六", None, (), 0, "1335001209999孙六"),
        ),
        workbooks=(enrolled, graduates),
        counts=Counts(6, 7, 15),
    )


@pytest.fixture
def checked() -> Callable[..., CheckedPackage]:
    """Give the maker of packages."""
    return make_checked


@pytest.fixture
def workbook() -> Callable[..., Workbook]:
    """Give the maker of tables."""
    return make_workbook


@pytest.fixture
def rich() -> CheckedPackage:
    """Give a package with a good deal wrong."""
    return make_rich()
