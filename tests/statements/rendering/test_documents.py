"""Each document on paper: what went in comes out, nothing else, on well-formed pages."""

from __future__ import annotations

import hashlib
import os
import re
import subprocess
import sys
from dataclasses import fields
from io import BytesIO
from pathlib import Path

import pikepdf
import pypdfium2
import pytest
import zxingcpp
from builders.documents import (
    BUILDERS,
    case_file,
    code,
    printed_rows,
    request_line,
    request_sheet,
    summary_table,
)
from builders.pdf_reading import archive_faults, page_picture, page_texts
from builders.standard_characters import standard_characters

from statements.contexts.summary_table import SummaryRow
from statements.faults import Unprintable
from statements.rendering import pieces, render_pdf
from statements.rendering.glyphs import LONGEST_TEXT, texts
from statements.sheet_code import parse

ROOT = Path(__file__).resolve().parents[3]
# Ends beyond the BMP; the dot and Latin letters are as long names have them.
LONG_NAME = "阿卜杜热合曼·买买提江Abdurahman" + "艾力𬎆𪻐𬱖䶮" * 5


@pytest.fixture(scope="module")
def printed() -> dict[int, bytes]:
    """The same sheet in one piece and in two, by the lines that a piece has."""
    pdfs = {}
    with pytest.MonkeyPatch.context() as patch:
        for lines in (240, 30):
            patch.setattr(pieces, "BATCH_WEIGHT", lines)
            pdfs[lines] = render_pdf(request_sheet(31))
    return pdfs


def with_long_names(kind: str, count: int):
    """A document one of whose lines has a name of fifty characters."""
    statement = BUILDERS[kind](count)
    first, *others = statement.lines
    texts_of = {field.name for field in fields(first)}
    if isinstance(first, SummaryRow):
        changed = SummaryRow((*first.cells[:4], LONG_NAME, *first.cells[5:]), LONG_NAME)
    else:
        place = next(name for name in ("name", "new", "who", "remark") if name in texts_of)
        values = {name: getattr(first, name) for name in texts_of} | {place: LONG_NAME}
        changed = type(first)(**values)
    return BUILDERS[kind]((changed, *others))


@pytest.mark.parametrize("kind", BUILDERS)
@pytest.mark.parametrize("count", [1, 31])
def test_a_document_shows_every_text_once_and_is_fit_for_the_archive(kind, count):
    statement = with_long_names(kind, count)

    pdf = render_pdf(statement)

    assert len(LONG_NAME) >= 50
    pages = page_texts(pdf)
    whole = "".join(pages)
    hidden = {each.description for each in getattr(statement, "attachments", ())}
    hidden |= {each.media_type for each in getattr(statement, "attachments", ())}
    shown = {"".join(text.split()) for _, text in texts(statement) if text not in hidden}
    assert [text for text in shown if text not in whole and not is_digest(text)] == []
    assert [row for row in printed_rows(kind, statement) if whole.count(row) != 1] == []
    assert [f"第{n}页共{len(pages)}页" in page for n, page in enumerate(pages, 1)] == [
        True for _ in pages
    ]
    assert archive_faults(pdf, "3" if kind == "case_file" else "2") == []


def is_digest(text: str) -> bool:
    """A code's digests are in the QR code, and on paper in their short form."""
    return len(text) == 64 and set(text) <= set("0123456789abcdef")


def test_all_general_standard_characters_print_in_names_of_fifty():
    characters = standard_characters()
    names = [characters[start : start + 50] for start in range(0, len(characters), 50)]
    rows = tuple(SummaryRow((str(place), name), name) for place, name in enumerate(names))
    table = summary_table(rows, columns=("序号", "姓名"))

    whole = "".join(page_texts(render_pdf(table)))

    assert len(characters) == 8105
    assert [name for name in names if name not in whole] == []


def test_characters_that_share_a_glyph_in_the_original_face_are_told_apart():
    names = ("樂乐樂", "⼀一", "凉凉", "／∕", "郎郎")
    lines = tuple(request_line(name=name) for name in names)

    whole = "".join(page_texts(render_pdf(request_sheet(lines=lines))))

    assert [name for name in names if name not in whole] == []


@pytest.mark.parametrize("lines", [240, 30], ids=["whole", "in pieces"])
def test_the_code_is_read_from_every_page(printed, lines):
    pdf = printed[lines]

    last = len(page_texts(pdf)) - 1
    for page in (0, last):
        (found,) = zxingcpp.read_barcodes(page_picture(pdf, page))
        assert parse(found.text) == code()


def test_the_same_statement_gives_the_same_bytes_in_another_process_and_place(printed, tmp_path):
    program = (
        "import hashlib, sys\n"
        "from builders.documents import request_sheet\n"
        "from statements.rendering import pieces, render_pdf\n"
        "for pieces.BATCH_WEIGHT in (240, 30):\n"
        "    print(hashlib.sha256(render_pdf(request_sheet(31))).hexdigest())\n"
    )
    elsewhere = {
        **os.environ,
        "PYTHONPATH": f"{ROOT}{os.pathsep}{ROOT / 'tests'}",
        "PYTHONHASHSEED": "7",
        "TZ": "America/Lima",
    }
    done = subprocess.run(
        [sys.executable, "-c", program],
        capture_output=True,
        encoding="utf-8",
        check=True,
        cwd=tmp_path,
        env=elsewhere,
    )

    here = [hashlib.sha256(pdf).hexdigest() for pdf in printed.values()]
    assert done.stdout.split() == here


def test_the_dates_in_the_file_are_the_statements():
    with pikepdf.open(BytesIO(render_pdf(request_sheet()))) as pdf:
        assert str(pdf.docinfo["/CreationDate"]) == "D:20240311083000+00'00"
        assert str(pdf.docinfo["/ModDate"]) == "D:20240311083000+00'00"


@pytest.mark.parametrize(
    "hostile",
    [
        "{{7*7}}{% load static %}",
        "<script>alert(1)</script>",
        "</td></table><img src=file:///etc/passwd>",
        "<link rel=attachment href=file:///etc/passwd>",
        "<style>@import url(http://127.0.0.1/)</style>",
        "&lt;&amp;&#x41;",
        "\"'><svg/onload=alert(1)>",
        "=HYPERLINK(1)",
    ],
)
def test_what_looks_like_markup_is_printed_as_it_is(hostile):
    sheet = request_sheet(lines=(request_line(name=hostile, remark=hostile),), unit=hostile)

    assert "".join(page_texts(render_pdf(sheet))).count("".join(hostile.split())) == 3


def test_a_watermark_lies_on_every_page():
    pages = page_texts(render_pdf(request_sheet(21, watermark="样本")))

    assert [page.count("样本") for page in pages] == [1, 1]


def test_a_case_file_holds_the_originals():
    case = case_file()

    with pikepdf.open(BytesIO(render_pdf(case))) as pdf:
        (attached,) = pdf.attachments.values()
        assert attached.filename == "身份证.jpg"
        assert attached.get_file().read_bytes() == case.attachments[0].content
        assert attached.get_file().mime_type == "image/jpeg"
        assert attached.description == "身份证 第1页"
        assert [str(each.AFRelationship) for each in pdf.Root.AF] == ["/Source"]


def test_a_longer_text_is_refused_with_the_name():
    long = request_line(name="张三", remark="很" * (LONGEST_TEXT + 1))

    with pytest.raises(Unprintable, match="张三 has more than"):
        render_pdf(request_sheet(lines=(long,)))


@pytest.mark.parametrize("kind", sorted(BUILDERS.keys() - {"request_sheet", "case_file"}))
def test_no_number_is_broken_between_two_lines(kind):
    with pypdfium2.PdfDocument(render_pdf(BUILDERS[kind](3))) as document:
        lines = document[0].get_textpage().get_text_range().split()
    numbers = set(
        re.findall(r"[0-9*]{13,}", " ".join(text for _, text in texts(BUILDERS[kind](3).lines)))
    )

    assert [number for number in numbers if not any(number in line for line in lines)] == []


def test_the_signature_boxes_never_stand_alone_on_a_page():
    for count in range(17, 21):
        last = page_texts(render_pdf(request_sheet(count)))[-1]

        assert f"{count}第" in last
        assert "单位（盖章）" in last
