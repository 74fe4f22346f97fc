"""Lines of a summary table without scans, and the table read as the office reads it."""

from __future__ import annotations

import csv
from collections.abc import Iterable
from io import StringIO
from typing import Any

from backoffice.policies.shelf import policy_of
from backoffice.roll.models import StudentRecord
from backoffice.workflow.request_tables import RequestTable, read_requests

POLICY = "ouc-2016"


def line(record: StudentRecord, **changes: str) -> dict[str, str]:
    """Return a student's line, which asks for another ethnicity, with some cells changed."""
    return {
        "序号": "1",
        "分部": "示例分部",
        "学习中心": record.unit.name,
        "学号": record.number,
        "姓名": record.name,
        "更正内容": "民族",
        "更正前": "汉族",
        "更正后": "回族",
        "更正原因": "信息变更",
        "备注": "",
        **changes,
    }


def csv_of(lines: Iterable[dict[str, Any]]) -> bytes:
    """Return lines as the CSV that a spreadsheet saves."""
    lines = sorted(lines, key=lambda each: each["学号"])
    text = StringIO()
    writer = csv.DictWriter(text, fieldnames=list(lines[0]))
    writer.writeheader()
    writer.writerows(lines)
    return text.getvalue().encode("utf-8-sig")


def table(*lines: dict[str, str], name: str = "附表2.csv") -> RequestTable:
    """Return lines as they are read back."""
    return read_requests(csv_of(lines), name, policy_of(POLICY))
