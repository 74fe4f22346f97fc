"""Tables of the roll: rows that pass, with one change, and what the office makes of them."""

from __future__ import annotations

import csv
import io
from typing import Any

from backoffice.kept_findings import from_json
from backoffice.tables.confirming import confirm
from backoffice.tables.judging import judge
from backoffice.tables.models import TableImport
from backoffice.tables.receiving import receive_table
from backoffice.units.models import Account, Unit
from builders.office import Office, again, identity_number

HEADINGS = {
    "student_number": "学号",
    "certificate_number": "注册证号",
    "status": "学籍状态",
    "name": "姓名",
    "gender": "性别",
    "ethnicity": "民族",
    "birth_date": "出生日期",
    "document_kind": "证件类型",
    "id_number": "证件号码",
    "entry_education": "入学文化程度",
    "branch": "分部",
    "centre": "学习中心",
    "major": "专业",
    "level": "层次",
    "enrolled_on": "入学日期",
    "graduated_on": "毕业日期",
}


def roll_row(serial: int = 1, **changes: str) -> dict[str, str]:
    """Return a row of an enrolled student of the office's centre, without a fault."""
    return {
        "student_number": f"25350012{serial:05}",
        "certificate_number": "",
        "status": "在籍生",
        "name": "李四",
        "gender": "男",
        "ethnicity": "汉族",
        "birth_date": "1994-08-23",
        "document_kind": "居民身份证",
        "id_number": identity_number(serial),
        "entry_education": "高中毕业",
        "branch": "示例分部",
        "centre": "示例学习中心",
        "major": "法学",
        "level": "本科",
        "enrolled_on": "2025-09-01",
        "graduated_on": "",
    } | changes


def only(*columns: str, **row: str) -> dict[str, str]:
    """Return those columns of a row."""
    return {column: row[column] for column in columns}


def roll_csv(*rows: dict[str, str]) -> bytes:
    """Write rows as CSV, under the headings of their columns."""
    text = io.StringIO()
    columns = list(dict.fromkeys(column for row in rows for column in row))
    writer = csv.writer(text)
    writer.writerow([HEADINGS[column] for column in columns])
    writer.writerows([row.get(column, "") for column in columns] for row in rows)
    return text.getvalue().encode("utf-8-sig")


def received(
    office: Office,
    *rows: dict[str, str],
    content: bytes | None = None,
    name: str = "学籍库.csv",
    by: Account | None = None,
    unit: Unit | None = None,
) -> TableImport:
    """Receive a table of *rows*, or of *content*, as the registrar for the whole office."""
    file = io.BytesIO(roll_csv(*rows) if content is None else content)
    return receive_table(
        file, name, "roll", by=by or again(office.registrar), unit=unit or office.headquarters
    )


def judged(office: Office, *rows: dict[str, str], **changes: Any) -> TableImport:
    """Receive and judge a table."""
    return judge(received(office, *rows, **changes).pk)


def written(office: Office, *rows: dict[str, str], **changes: Any) -> TableImport:
    """Receive, judge and confirm a table all of whose rows are good."""
    table = judged(office, *rows, **changes)
    return confirm(table.pk, digest=table.digest, choice="all", by=again(table.account))


def counts(table: TableImport) -> tuple[int, int, int, int]:
    """Return how many rows are new, changed, the same, refused."""
    return table.new, table.changed, table.same, table.refused


def told(table: TableImport) -> list[tuple[int | None, str, str | None]]:
    """Return row, code and column of what was found, in the order of the rows."""
    rows = table.staged.order_by("position").values_list("findings", flat=True)
    found = [*from_json(table.findings), *(each for text in rows for each in from_json(text))]
    return [(each.location.row, each.code, each.location.column) for each in found]
