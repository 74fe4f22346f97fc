"""The tags say what a page is made of, in as few elements as that takes."""

from __future__ import annotations

from io import BytesIO

import pikepdf
from builders.documents import request_sheet
from builders.pdf_reading import tag_names

from statements.rendering import render_pdf


def test_a_sheet_is_a_heading_and_tables_of_rows_and_cells():
    names = tag_names(render_pdf(request_sheet(2)))

    assert names.count("/H1") == 1
    assert names.count("/Table") == 2
    assert names.count("/TH") == 10
    assert names.count("/TD") == 2 * 10 + 4
    assert {"/Span", "/NonStruct"}.isdisjoint(names)


def test_headers_say_that_they_head_a_column():
    with pikepdf.open(BytesIO(render_pdf(request_sheet()))) as pdf:
        headers = [
            each
            for each in pdf.objects
            if isinstance(each, pikepdf.Dictionary) and each.get("/S") == "/TH"
        ]

    assert [str(each.A.Scope) for each in headers] == ["/Column"] * 10
