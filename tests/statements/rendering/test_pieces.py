"""Long documents come in pieces, and read as one."""

from __future__ import annotations

from dataclasses import replace
from io import BytesIO

import pikepdf
import pytest
from builders.documents import (
    BUILDERS,
    case_file,
    decision_register,
    printed_rows,
    request_line,
    request_sheet,
)
from builders.pdf_reading import archive_faults, page_texts, tag_names

from statements.faults import TooLarge, Unprintable
from statements.rendering import glyphs, pieces, render_pdf
from statements.rendering.glyphs import LONGEST_TEXT


@pytest.mark.parametrize("kind", BUILDERS)
def test_three_hundred_lines_come_in_pieces_and_read_as_one(kind):
    statement = BUILDERS[kind](300)
    told = []

    pdf = render_pdf(statement, lambda done, of: told.append((done, of)))

    pages = page_texts(pdf)
    whole = "".join(pages)
    rows = printed_rows(kind, statement)
    places = [whole.find(row) for row in rows]
    assert -1 not in places
    assert places == sorted(places)
    # Rows never split: each stands on a page by itself.
    assert [row for row in rows if not any(row in page for page in pages)] == []
    assert [f"第{n}页共{len(pages)}页" in page for n, page in enumerate(pages, 1)] == [
        True for _ in pages
    ]
    assert len(told) > 1
    assert told == sorted(told)
    assert told[-1] == (300, 300)
    assert archive_faults(pdf, "3" if kind == "case_file" else "2") == []
    assert tag_names(pdf).count("/TR") >= 301


def test_a_case_file_in_pieces_keeps_its_originals(monkeypatch):
    monkeypatch.setattr(pieces, "BATCH_WEIGHT", 60)

    with pikepdf.open(BytesIO(render_pdf(case_file(70)))) as pdf:
        assert [each.filename for each in pdf.attachments.values()] == ["身份证.jpg"]


@pytest.mark.parametrize("spare", [0, -1])
def test_the_originals_of_a_case_file_have_a_bound(monkeypatch, spare):
    case = case_file()
    monkeypatch.setattr(glyphs, "MOST_ATTACHED", len(case.attachments[0].content) + spare)

    if spare < 0:
        with pytest.raises(TooLarge):
            render_pdf(case)
    else:
        assert render_pdf(case)


def test_a_case_file_tells_how_many_originals_are_kept_apart():
    enclosed = case_file().enclosures * 3

    (page,) = page_texts(render_pdf(case_file(enclosures=enclosed)))

    assert "共1份。另有2份超出本文件容量，另行保存。" in page


def test_a_row_of_many_pages_is_printed_whole():
    long = request_line(remark="很" * LONGEST_TEXT)

    pages = page_texts(render_pdf(request_sheet(lines=(request_line(), long, request_line()))))

    assert len(pages) > 10
    assert "".join(pages).count("很") == LONGEST_TEXT


def test_a_row_of_more_pages_than_a_piece_is_refused_by_its_place(monkeypatch):
    monkeypatch.setattr(pieces, "MOST_PAGES", 3)
    long = tuple(replace(line, reviewer="很" * 2500) for line in decision_register(1).lines)

    with pytest.raises(Unprintable, match="line 1 is too long"):
        render_pdf(decision_register(long))
