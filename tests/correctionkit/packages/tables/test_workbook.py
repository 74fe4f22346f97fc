"""One door: what a file is, is told by its content."""

from __future__ import annotations

import io
import zipfile

import openpyxl
import pytest

from correctionkit.catalog.words.tables import WORDS
from correctionkit.packages.tables import faults
from correctionkit.packages.tables.cells import TableFormat, column_letters
from correctionkit.packages.tables.faults import TableUnreadable
from correctionkit.packages.tables.workbook import read_workbook
from correctionkit.policy.bounds import TableBounds


@pytest.mark.parametrize("name", ["附表2.xls", "附表2.csv", "附表2", "附表2.xlsx"])
def test_the_ending_decides_nothing(xlsx, bounds, name):
    assert read_workbook(xlsx(), name, bounds).format is TableFormat.XLSX
    assert read_workbook("学号,姓名".encode("gbk"), name, bounds).format is TableFormat.CSV


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        pytest.param(b"", "empty-file", id="nothing"),
        pytest.param(b" \r\n\x00", "empty-file", id="blank"),
        pytest.param(b"%PDF-1.7\n", "not-a-workbook", id="PDF"),
        pytest.param(b"\xff\xd8\xff\xe0", "not-a-workbook", id="JPEG"),
        pytest.param(b"Rar!\x1a\x07", "not-a-workbook", id="RAR"),
        pytest.param(b"a\x00b", "not-a-workbook", id="NUL"),
        pytest.param(b"PK\x05\x06" + bytes(18), "not-a-workbook", id="empty ZIP"),
        pytest.param(b"PK\x03\x04", "broken", id="ZIP cut off"),
        pytest.param(b"\xef\xbb\xbf\n<HTML><table>", "web-page", id="web page"),
        pytest.param(b"<!DOCTYPE html>", "web-page", id="document type"),
        pytest.param(b"<table border=1>", "web-page", id="table alone"),
        pytest.param(b"MIME-Version: 1.0", "web-page", id="web archive"),
        pytest.param(b"<?xml version='1.0'?><html>", "web-page", id="XHTML"),
        pytest.param(b"<?xml version='1.0'?><a/>", "not-a-workbook", id="any XML"),
        pytest.param(
            b'<?xml version="1.0"?><?mso-application progid="Excel.Sheet"?>',
            "xml-spreadsheet",
            id="Excel 2003 XML",
        ),
        pytest.param(b"\x09\x00\x04\x00\x02\x00\x10\x00", "old-excel", id="Excel 2"),
        pytest.param(b"\x09\x08\x08\x00\x00\x05\x05\x00", "old-excel", id="bare Excel 5"),
    ],
)
def test_what_is_no_table_is_told_by_kind(fault_of, content, expected):
    assert fault_of(content) == expected


def test_every_fault_has_words_in_both_languages():
    codes = {value for name, value in vars(faults).items() if name.isupper()}

    assert codes <= WORDS.keys()
    assert all(words.en and words.zh for words in WORDS.values())


def test_a_fault_shows_what_it_knows():
    assert str(TableUnreadable("bomb")) == "bomb"
    assert str(TableUnreadable("dimensions", sheet="a", rows=2)) == "dimensions (rows=2, sheet=a)"


@pytest.mark.parametrize(
    ("column", "letters"), [(0, "A"), (25, "Z"), (26, "AA"), (701, "ZZ"), (702, "AAA")]
)
def test_columns_have_the_letters_of_spreadsheets(column, letters):
    assert column_letters(column) == letters


def test_two_sheets_of_one_name_are_refused():
    book = openpyxl.Workbook()
    book.active.title = "Sheet1"
    book.active["A1"] = "x"
    book.create_sheet("Sheet2")["A1"] = "y"
    kept, renamed = io.BytesIO(), io.BytesIO()
    book.save(kept)
    with zipfile.ZipFile(kept) as before, zipfile.ZipFile(renamed, "w") as after:
        for name in before.namelist():
            content = before.read(name)
            if name == "xl/workbook.xml":
                content = content.replace(b'name="Sheet2"', b'name="sheet1"')
            after.writestr(name, content)
    bounds = TableBounds(max_rows=10, max_columns=10, max_cell_characters=100)

    assert len(read_workbook(kept.getvalue(), "x.xlsx", bounds).sheets) == 2
    with pytest.raises(TableUnreadable) as refused:
        read_workbook(renamed.getvalue(), "x.xlsx", bounds)
    assert refused.value.fault == faults.BROKEN
