"""What a sheet's code says, and what is not one."""

from __future__ import annotations

import pytest
from builders.documents import code, digest
from hypothesis import given, settings
from hypothesis import strategies as st

from statements.sheet_code import NotASheetCode, PageCode, SheetCode, parse, parse_page

hex_digests = st.binary(min_size=32, max_size=32).map(bytes.hex)


@settings(deadline=None, max_examples=50)
@given(
    number=st.from_regex(r"[0-9A-Z-]{1,30}", fullmatch=True),
    revision=st.integers(1, 9999),
    lines=hex_digests,
    head=hex_digests,
)
def test_what_is_written_is_read_again(number, revision, lines, head):
    written = SheetCode(number, revision, lines, head)

    assert parse(written.payload) == written


@pytest.mark.parametrize(("page", "pages"), [(1, 1), (1, 9999), (9999, 9999), (2, 3)])
def test_a_page_is_read_again_with_its_sheet(page, pages):
    written = code().on_page(page, pages)

    assert parse_page(written.payload) == PageCode(code(), page, pages)
    assert parse(written.payload) == code()
    assert written.is_last == (page == pages)


def test_prints_of_before_pages_were_numbered_are_read_still():
    assert parse_page(code().payload) == PageCode(code(), 0, 0)
    assert PageCode(code()).payload == code().payload


@pytest.mark.parametrize(("page", "pages"), [(0, 1), (1, 0), (3, 2), (1, 10_000), (-1, 1)])
def test_a_page_that_cannot_be_is_not_written(page, pages):
    with pytest.raises(NotASheetCode):
        code().on_page(page, pages)


@pytest.mark.parametrize("end", ["", ":1", ":0:0", ":0:1", ":2:1", ":x:1", ":1:¹", ":1:1:1", ":1:"])
def test_a_code_with_no_page_or_another_end_is_none(end):
    with pytest.raises(NotASheetCode):
        parse_page(code().payload.replace("XJ1", "XJ2") + end)


def test_the_code_is_capitals_and_digits_so_that_its_squares_are_large():
    assert set(code().payload) <= set("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ:-")


def test_the_short_forms_show_the_sheet_and_the_beginnings_of_both_digests():
    written = SheetCode("350-20240311-1", 2, "a1b2c3d4" + "0" * 56, "e5f60718" + "0" * 56)

    assert written.short == "350-20240311-1-R2-UGZMHVAA"
    assert written.short_chain == "E5F6-0718"


@pytest.mark.parametrize(
    "text",
    [
        "",
        "https://example.org",
        code().payload.replace("XJ1", "XJ2"),
        code().payload + ":1",
        code().payload[:-1],
        code().payload[:-1] + "!",
        code().payload.replace(":1:", ":0:"),
        code().payload.replace(":1:", ":x:"),
        code().payload.replace(":1:", ":²:"),
    ],
)
def test_another_text_is_no_sheet_code(text):
    with pytest.raises(NotASheetCode):
        parse(text)


@pytest.mark.parametrize(
    "changes",
    [
        {"number": ""},
        {"number": "1:2"},
        {"number": "1 2"},
        {"number": "1" * 61},
        {"revision": 0},
        {"revision": 10_000},
        {"lines_digest": "0" * 63},
        {"chain_head": digest("x").upper()},
    ],
)
def test_what_could_not_be_read_again_is_not_written(changes):
    fields = {"number": "1", "revision": 1, "lines_digest": "0" * 64, "chain_head": "0" * 64}

    with pytest.raises(NotASheetCode):
        SheetCode(**(fields | changes))
