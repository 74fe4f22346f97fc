"""Statements that can be printed; a test takes one and changes what it is about."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import fields, replace
from datetime import UTC, datetime
from io import BytesIO

from PIL import Image, ImageDraw

from statements.contexts.case_file import Attachment, CaseFile, Decision, Enclosure, Event
from statements.contexts.correction_report import CorrectionReport, ExceptionalCase, ReportCount
from statements.contexts.decision_notice import DecidedChange, DecisionNotice
from statements.contexts.decision_register import DecisionRegister, RegisterLine
from statements.contexts.evidence_cover import EnclosedScan, EvidenceCover, ScanPage
from statements.contexts.parts import Box, Change, Count, Fact
from statements.contexts.request_sheet import RequestLine, RequestSheet
from statements.contexts.summary_table import SummaryRow, SummaryTable
from statements.sheet_code import SheetCode

MADE_AT = datetime(2024, 3, 11, 8, 30, tzinfo=UTC)
SURNAMES = "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨"
GIVEN = ("伟", "秀英", "娜", "建国", "梓萱", "鑫", "丽华", "子涵", "浩然", "玥", "晓彤", "志强")
COLUMNS = (
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
)


def person(place: int) -> str:
    return SURNAMES[place % len(SURNAMES)] + GIVEN[place * 7 // 3 % len(GIVEN)]


def digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def several(lines: int | tuple, make: Callable) -> tuple:
    """The lines themselves, or as many made-up ones."""
    return lines if isinstance(lines, tuple) else tuple(map(make, range(lines)))


def code(number: str = "110-JBXX-20240311", revision: int = 1) -> SheetCode:
    return SheetCode(number, revision, digest("lines"), digest("chain"))


def request_line(place: int = 0, **changes) -> RequestLine:
    kinds = (
        ("姓名", person(place), person(place + 1), "信息变更", "身份证、户口本"),
        ("性别", "男", "女", "录入错误", "身份证、报名登记表"),
        ("身份证号", "110105********0029", "110105********002X", "录入错误", "身份证、报名登记表"),
        ("民族", "汉族", "满族", "信息变更", "身份证"),
        ("入学文化程度", "高中", "大学专科", "录入错误", "学信网学历网查结果"),
    )
    field, old, new, reason, evidence = kinds[place % len(kinds)]
    line = RequestLine(
        centre=f"第{'一二三四五'[place % 5]}学习中心",
        number=f"2411001{place:06d}",
        name=person(place),
        field=field,
        old=old,
        new=new,
        reason=reason,
        evidence=evidence,
        remark="特殊情况，另附书面报告" if place % 9 == 4 else "",
    )
    return replace(line, **changes)


def request_sheet(lines: int | tuple = 1, **changes) -> RequestSheet:
    sheet = RequestSheet(
        title="学生基本信息修改申请表",
        made_at=MADE_AT,
        institution="示例开放大学",
        unit="示例分部",
        kind="基本信息修改",
        day="2024年3月11日",
        number="110-JBXX-20240311",
        revision=1,
        code=code(),
        lines=several(lines, request_line),
        field_counts=(Count("姓名", 31),),
        reason_counts=(Count("信息变更", 31),),
        declaration="以上信息经核对无误，证明材料与原件一致。",
    )
    return replace(sheet, **changes)


def summary_table(lines: int | tuple = 1, **changes) -> SummaryTable:
    def row(place: int) -> SummaryRow:
        line = request_line(place)
        cells = ("示例分部", line.centre, line.number, line.name, line.field, line.old, line.new)
        return SummaryRow((str(place + 1), *cells, line.reason, line.remark), line.name)

    table = SummaryTable(
        title="在籍生基本信息修改情况统计表",
        made_at=MADE_AT,
        label="附表2",
        institution="示例开放大学",
        unit="示例分部",
        day="2024年3月11日",
        columns=changes.pop("columns", COLUMNS),
        lines=several(lines, row),
        notes=("注：按学号升序排列。",),
    )
    return replace(table, **changes)


def correction_report(lines: int | tuple = 1, **changes) -> CorrectionReport:
    report = CorrectionReport(
        title="关于学生基本信息修改的报告",
        made_at=MADE_AT,
        addressee="示例开放大学总部学籍科",
        opening=(
            "现将我分部2024年春季学期学生基本信息修改情况报告如下。",
            "本次共申请修改31项，其中信息变更20项，录入错误11项。有关材料均已与原件核对，情况属实。",
        ),
        reasons=("信息变更", "录入错误"),
        counts=(ReportCount("新生", (12, 6)), ReportCount("在籍生", (8, 5))),
        lines=several(
            lines,
            lambda place: ExceptionalCase(
                f"2411001{place:06d}",
                person(place),
                "姓名：录入错误",
                "报名登记表字迹不清，入学时未能核对。",
            ),
        ),
        causes=("以下申请超过规定期限，原因如下。我分部今后将在新生注册时逐一核对。",),
        closing=("请予审批。",),
        enclosures=("附表1至附表2", "证明材料31份"),
        sender="示例分部",
        day="2024年3月11日",
        boxes=(
            Box("主管校长（签字）"),
            Box("学籍主管处长（签字）"),
            Box("学校（盖章）", seal=True),
        ),
    )
    return replace(report, **changes)


def evidence_cover(lines: int | tuple = 1, **changes) -> EvidenceCover:
    cover = EvidenceCover(
        title="学籍信息修改证明材料",
        made_at=MADE_AT,
        institution="示例开放大学",
        unit="示例分部",
        number="2411001000001",
        name="赵秀英",
        facts=(Fact("学籍状态", "在籍生"), Fact("申请表编号", "110-JBXX-20240311")),
        changes=(Change("姓名", "赵秀瑛", "赵秀英", "信息变更"),),
        lines=several(
            lines,
            lambda place: EnclosedScan(
                ("身份证", "户口本", "公安主项信息变更更正证明")[place % 3],
                f"第{place + 1}页",
                digest(str(place))[:12].upper(),
            ),
        ),
    )
    return replace(cover, **changes)


def decision_notice(lines: int | tuple = 1, **changes) -> DecisionNotice:
    outcomes = (
        ("批准", "", "请告知学生本人。"),
        ("退回", "户口本缺少曾用名页。", "补交后重新提交。"),
        ("驳回", "不符合修改条件。", ""),
    )
    notice = DecisionNotice(
        title="学籍信息修改审批结果通知单",
        made_at=MADE_AT,
        institution="示例开放大学",
        number="T2024-0031",
        addressee="示例分部",
        name="赵秀英",
        facts=(Fact("学号", "2411001000001"), Fact("学籍状态", "在籍生")),
        lines=several(
            lines,
            lambda place: DecidedChange(
                "身份证号", "", f"110105********{place:04d}", *outcomes[place % 3]
            ),
        ),
        remarks=("退回的申请请于30日内补充材料后重新提交。",),
        issuer="示例开放大学学籍科",
        day="2024年3月20日",
    )
    return replace(notice, **changes)


def decision_register(lines: int | tuple = 1, **changes) -> DecisionRegister:
    register = DecisionRegister(
        title="学籍信息修改审批登记表",
        made_at=MADE_AT,
        institution="示例开放大学",
        office="总部学籍科",
        period="2024年3月1日至3月31日",
        lines=several(
            lines,
            lambda place: RegisterLine(
                "2024-03-20", f"2024-{place:05d}", "示例分部", f"2411001{place:06d}", person(place),
                "姓名", person(place), person(place + 1), ("批准", "退回", "驳回")[place % 3],
                "材料齐全" if place % 3 == 0 else "缺少曾用名页，请补交", "周敏",
            ),
        ),
        counts=(Count("批准", 31), Count("退回", 0), Count("驳回", 0)),
    )  # fmt: skip
    return replace(register, **changes)


def case_file(lines: int | tuple = 1, **changes) -> CaseFile:
    case = CaseFile(
        title="学籍信息修改案卷",
        made_at=MADE_AT,
        institution="示例开放大学",
        number="2024-00031",
        name="赵秀英",
        facts=(Fact("学号", "2411001000001"), Fact("学籍状态", "在籍生"), Fact("分部", "示例分部")),
        changes=(Change("姓名", "赵秀瑛", "赵秀英", "信息变更"),),
        enclosures=(Enclosure("身份证", "身份证.jpg", "0.4 MB", digest("card")),),
        decisions=(Decision("2024-03-20 10:12", "姓名", "批准", "周敏", "材料齐全"),),
        lines=several(
            lines,
            lambda place: Event(
                f"2024-03-11 09:{place % 60:02d}:00", "王芳（经办人）", "提交", "已提交", ""
            ),
        ),
        attachments=(Attachment("身份证.jpg", "image/jpeg", "身份证 第1页", picture()),),
    )
    return replace(case, **changes)


BUILDERS = {
    "request_sheet": request_sheet,
    "summary_table": summary_table,
    "correction_report": correction_report,
    "evidence_cover": evidence_cover,
    "decision_notice": decision_notice,
    "decision_register": decision_register,
    "case_file": case_file,
}


# Which documents number their lines.
NUMBERED = BUILDERS.keys() - {"decision_notice", "summary_table"}


def cells(line: object) -> str:
    """The texts of a line, as a row shows them."""
    if isinstance(line, SummaryRow):
        return "".join(line.cells)
    return "".join(getattr(line, field.name) for field in fields(line))


def printed_rows(kind: str, statement) -> list[str]:
    """What each line reads as on paper, without white space."""
    return [
        "".join(((str(place) if kind in NUMBERED else "") + cells(line)).split())
        for place, line in enumerate(statement.lines, 1)
    ]


def picture(kind: str = "JPEG", mode: str = "RGB", size: tuple[int, int] = (827, 1169)) -> bytes:
    """A drawn page at 100 dpi."""
    page = Image.new("RGB", size, "white")
    pen = ImageDraw.Draw(page)
    for line in range(10):
        pen.line((80, 100 + line * 60, size[0] - 80, 100 + line * 60), fill="navy", width=3)
    target = BytesIO()
    page.convert(mode).save(target, format=kind)
    return target.getvalue()


def scan_page(**changes) -> ScanPage:
    return replace(ScanPage("身份证", "第1页", picture()), **changes)
