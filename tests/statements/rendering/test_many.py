"""Many documents at once: in order, in one file, within bounds."""

from __future__ import annotations

import pytest
from builders.documents import code, request_line, request_sheet
from builders.pdf_reading import archive_faults, bookmarks, page_labels, page_texts

from statements.faults import MissingGlyph, RenderingFault, TooLarge, Unprintable
from statements.rendering import many, merging, render_joined, render_pdf


def sheet(place: int):
    return request_sheet(place, number=f"N-{place}", code=code(f"N-{place}"))


def test_many_sheets_are_one_file_each_with_its_own_page_numbers():
    told = []

    pdf = render_joined(
        (sheet(place) for place in (1, 31, 2)), "三张申请表", processes=2, progress=told.append
    )

    pages = page_texts(pdf)
    assert ["编号：N-1第1版" in pages[0], "编号：N-2第1版" in pages[3]] == [True, True]
    assert ["编号：N-31第1版" in page for page in pages] == [False, True, True, False]
    assert ["第1页共1页" in pages[0], "第2页共2页" in pages[2]] == [True, True]
    assert told == [1, 2, 3]
    assert archive_faults(pdf) == []
    assert bookmarks(pdf) == [("N-1　示例分部", 0), ("N-31　示例分部", 1), ("N-2　示例分部", 3)]
    assert page_labels(pdf) == ["1-1", "2-1", "2-2", "3-1"]


def test_a_fault_in_a_worker_comes_back_with_its_name():
    sheets = [request_sheet(lines=(request_line(name="张\U000323af"),))]

    with pytest.raises(MissingGlyph) as raised:
        list(many.render_many(sheets, processes=1))

    assert raised.value.whose == "张\U000323af"


def test_a_document_that_takes_too_long_ends_the_job():
    with pytest.raises(RenderingFault, match=r"0\.01 s"):
        list(many.render_many([request_sheet()], processes=1, seconds=0.01))


def test_nothing_to_join_is_an_error_of_the_caller():
    with pytest.raises(ValueError, match="nothing"):
        merging.merged([], "无")


def test_a_file_has_a_bound_of_pages(monkeypatch):
    pdf = render_pdf(request_sheet())
    monkeypatch.setattr(merging, "MOST_PAGES", 2)

    assert len(page_texts(merging.merged([("一", pdf), ("二", pdf)], "二"))) == 2
    with pytest.raises(Unprintable, match="2 pages"):
        merging.merged([("一", pdf), ("二", pdf), ("三", pdf)], "三")


def test_a_file_has_a_bound_of_bytes(monkeypatch):
    pdf = render_pdf(request_sheet())
    monkeypatch.setattr(merging, "MOST_BYTES", 2 * len(pdf))
    assert len(page_texts(merging.merged([("一", pdf), ("二", pdf)], "二"))) == 2
    monkeypatch.setattr(merging, "MOST_BYTES", 2 * len(pdf) - 1)

    with pytest.raises(TooLarge, match="bytes"):
        merging.merged([("一", pdf), ("二", pdf)], "二")


@pytest.mark.parametrize("bound", ["PAGES_BETWEEN_WRITES", "BYTES_BETWEEN_WRITES"])
def test_what_was_written_in_between_reads_as_if_it_were_not(monkeypatch, bound):
    parts = [(str(count), render_pdf(request_sheet(count))) for count in (1, 31, 2)]
    at_once = page_texts(merging.merged(parts, "三"))
    monkeypatch.setattr(merging, bound, 1)

    piecemeal = merging.merged(parts, "三")

    assert page_texts(piecemeal) == at_once
    assert archive_faults(piecemeal) == []
    assert bookmarks(piecemeal) == [("1", 0), ("31", 1), ("2", 3)]
