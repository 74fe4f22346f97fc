"""Papers of any length for the benchmark of documents."""

from __future__ import annotations

import hashlib
import random
from datetime import UTC, datetime
from io import BytesIO

from PIL import Image

from statements.contexts.case_file import Attachment, CaseFile, Enclosure, Event
from statements.contexts.evidence_cover import EnclosedScan, EvidenceCover, ScanPage
from statements.contexts.parts import Change, Count, Fact
from statements.contexts.request_sheet import RequestLine, RequestSheet
from statements.sheet_code import SheetCode

LINES = 14
MADE_AT = datetime(2024, 3, 11, tzinfo=UTC)
DIGEST = hashlib.sha256(b"lines").hexdigest()
CHANGE = Change("姓名", "赵秀瑛", "赵秀英", "信息变更")


def sheet(lines: int = LINES, number: str = "110-JBXX-20240311") -> RequestSheet:
    rows = tuple(
        RequestLine(
            f"第{place % 7 + 1}学习中心", f"24110010{place:05d}", "赵秀英", "姓名",
            "赵秀瑛", "赵秀英", "信息变更", "身份证、户口本", "",
        )
        for place in range(lines)
    )  # fmt: skip
    return RequestSheet(
        title="学生基本信息修改申请表",
        made_at=MADE_AT,
        institution="示例开放大学",
        unit="示例分部",
        kind="基本信息修改",
        day="2024年3月11日",
        number=number,
        revision=1,
        code=SheetCode(number, 1, DIGEST, DIGEST),
        lines=rows,
        field_counts=(Count("姓名", lines),),
        reason_counts=(Count("信息变更", lines),),
    )


def case(steps: int, originals: int) -> CaseFile:
    return CaseFile(
        title="学籍信息修改案卷",
        made_at=MADE_AT,
        institution="示例开放大学",
        number="2024-00031",
        name="赵秀英",
        facts=(Fact("学号", "2411001000001"), Fact("学籍状态", "在籍生")),
        changes=(CHANGE,),
        enclosures=tuple(
            Enclosure("身份证", f"{place:02}-身份证.jpg", "1.0 MB", DIGEST)
            for place in range(originals)
        ),
        decisions=(),
        lines=tuple(
            Event(f"2024-03-11 09:{place % 60:02d}", "王芳（经办人）", "姓名：提交", "已提交")
            for place in range(steps)
        ),
        attachments=tuple(
            Attachment(f"{place:02}-身份证.jpg", "image/jpeg", "身份证", scan(place))
            for place in range(originals)
        ),
    )


def bundle(scans: int) -> tuple[EvidenceCover, list[ScanPage]]:
    # The office reads each when it is printed: a few here stand for many.
    few = [scan(place) for place in range(4)]
    pages = [ScanPage("身份证", f"第{place + 1}页", few[place % 4]) for place in range(scans)]
    cover = EvidenceCover(
        title="学籍信息修改证明材料",
        made_at=MADE_AT,
        institution="示例开放大学",
        unit="示例分部",
        number="2411001000001",
        name="赵秀英",
        facts=(Fact("学籍状态", "在籍生"),),
        changes=(CHANGE,),
        lines=tuple(EnclosedScan(each.kind, each.page, DIGEST[:12].upper()) for each in pages),
    )
    return cover, pages


def scan(place: int) -> bytes:
    """An A4 page at 200 dpi of some megabyte: noise on a grey ground."""
    noise = Image.frombytes("L", (413, 585), random.Random(place).randbytes(413 * 585))
    target = BytesIO()
    noise.resize((1654, 2339)).convert("RGB").save(target, format="JPEG", quality=93)
    return target.getvalue()
