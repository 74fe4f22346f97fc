"""Tables that somebody brings in or takes out by the pages, jobs done at once."""

from __future__ import annotations

from io import BytesIO
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client, TestCase
from django.urls import reverse
from openpyxl import Workbook, load_workbook

from backoffice.tables.models import StagedRow, TableImport


def workbook(*rows: Any) -> bytes:
    """Return a workbook of one sheet, cells as given."""
    book = Workbook()
    for row in rows:
        book.active.append([None if cell == "" else cell for cell in row])
    target = BytesIO()
    book.save(target)
    return target.getvalue()


def cells(content: bytes) -> list[tuple[str, ...]]:
    """Return the texts of a workbook's first sheet."""
    rows = load_workbook(BytesIO(content)).worksheets[0].iter_rows(values_only=True)
    return [tuple("" if cell is None else cell for cell in row) for row in rows]


def bring_in(
    client: Client,
    subject: str,
    unit: Any,
    content: bytes,
    name: str = "表.xlsx",
    **ticked: str,
) -> TableImport:
    """Upload a table, and return its import as it stands when it was judged."""
    with TestCase.captureOnCommitCallbacks(execute=True):
        answer = client.post(
            reverse("tables:new", args=[subject]),
            {"unit": unit.pk, "file": SimpleUploadedFile(name, content), **ticked},
        )
    assert answer.status_code == 302, answer.content.decode()
    return TableImport.objects.order_by("-pk")[0]


def write(client: Client, table: TableImport, choice: str = "all", **changes: str) -> TableImport:
    """Confirm what the preview of an import showed, and return it as it stands then."""
    posted = {"digest": table.digest, "choice": choice} | changes
    with TestCase.captureOnCommitCallbacks(execute=True):
        answer = client.post(reverse("tables:write", args=[table.pk]), posted)
    assert answer.status_code == 302
    return TableImport.objects.get(pk=table.pk)


def take_out(client: Client, address: str, **asked: str) -> bytes:
    """Take a list out, as a workbook with masked numbers if nothing else is asked."""
    answer = client.post(address, {"form": "xlsx"} | asked)
    assert answer.status_code == 200
    return b"".join(answer.streaming_content)


def verdicts(table: TableImport) -> list[tuple[int, str]]:
    """Return row and verdict of every staged row."""
    return list(StagedRow.objects.filter(table=table).values_list("row", "verdict"))


def counts(table: TableImport) -> tuple[int, int, int, int]:
    """Return how many rows are new, changed, the same and refused."""
    return table.new, table.changed, table.same, table.refused
