"""CSV: encodings, delimiters, line breaks in cells, and what Excel would run."""

from __future__ import annotations

import pytest

from correctionkit.packages.tables.cells import EMPTY, Cell, CellKind, Row, TableFormat
from correctionkit.packages.tables.csv_text import records, sniff_delimiter
from correctionkit.policy.bounds import TableBounds


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "gbk", "utf-16"])
def test_each_encoding_reads_the_same(read, encoding):
    book = read("学号,姓名\r\n0335001209114,欧阳娜\r\n".encode(encoding))

    assert book.format is TableFormat.CSV
    assert [(row.number, row.texts) for row in book.sheets[0]] == [
        (1, ("学号", "姓名")),
        (2, ("0335001209114", "欧阳娜")),
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("a,b\nc,d", [(1, ("a", "b")), (2, ("c", "d"))], id="commas"),
        pytest.param("a\tb,x\nc\td", [(1, ("a", "b,x")), (2, ("c", "d"))], id="tabs"),
        pytest.param("a;b\rc;d\r", [(1, ("a", "b")), (2, ("c", "d"))], id="semicolons"),
        pytest.param("sep=;\r\na,x;b", [(1, ("a,x", "b"))], id="separator line"),
        pytest.param(
            '"a;b;c",d\ne,f', [(1, ("a;b;c", "d")), (2, ("e", "f"))], id="semicolons quoted"
        ),
        pytest.param(
            '标题\n\n"x\r\ny",z', [(1, ("标题",)), (3, ("x\r\ny", "z"))], id="lines are records"
        ),
        pytest.param('a,"b""c"', [(1, ("a", 'b"c'))], id="quotation marks doubled"),
        pytest.param('a,b"c"d', [(1, ("a", 'b"c"d'))], id="quotation marks inside"),
        pytest.param(" a ,\u3000b", [(1, (" a ", "\u3000b"))], id="spaces stay"),
        pytest.param("a,,b,,", [(1, ("a", "", "b"))], id="empty cells"),
        pytest.param("一", [(1, ("一",))], id="one cell"),
    ],
)
def test_cells_are_told_apart(only_sheet, text, expected):
    assert [(row.number, row.texts) for row in only_sheet(text.encode())] == expected


@pytest.mark.parametrize(
    ("field", "expected"),
    [
        pytest.param('"=""0123"""', Cell('="0123"', CellKind.FORMULA), id="number as a formula"),
        pytest.param("=1+1", Cell("=1+1", CellKind.FORMULA), id="formula"),
        pytest.param("'=1+1", Cell("=1+1", CellKind.TEXT), id="guarded"),
        pytest.param("'a", Cell("'a", CellKind.TEXT), id="apostrophe of its own"),
        pytest.param("-1", Cell("-1", CellKind.TEXT), id="minus"),
        pytest.param("13", Cell("13", CellKind.TEXT), id="digits"),
    ],
)
def test_all_is_text_but_formulas(only_sheet, field, expected):
    assert only_sheet(f"{field},x".encode()).rows == (Row(1, (expected, Cell("x", CellKind.TEXT))),)


def test_empty_cells_are_empty(only_sheet):
    assert only_sheet(b",x").rows[0].cells[0] is EMPTY


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        pytest.param(b"\x81\xff,a", "encoding", id="neither UTF-8 nor GB 18030"),
        pytest.param(b"\xff\xfea", "encoding", id="half a UTF-16 unit"),
        pytest.param("a\x00b".encode("utf-16"), "not-a-workbook", id="NUL"),
        pytest.param(b'a,"b\nc,d\n', "quote-open", id="quotation mark left open"),
        pytest.param(b",,\r\n,,\r\n", "empty-table", id="delimiters alone"),
    ],
)
def test_each_fault_has_its_code(fault_of, content, expected):
    assert fault_of(content) == expected


def test_bounds_hold_for_csv_too(fault_of):
    limits = TableBounds(max_rows=2, max_columns=2, max_cell_characters=3)
    beyond = {"sheet": "附表2.xlsx", "rows": 2, "columns": 2}
    long = {"sheet": "附表2.xlsx", "cell": "B1", "limit": 3}

    assert fault_of(b"a\n\nb\nc", limits) == ("dimensions", beyond)
    assert fault_of(b"a,b,c", limits) == ("dimensions", beyond)
    assert fault_of(b"a,bbbb", limits) == ("cell-too-long", long)
    assert fault_of(b"a," + b"b" * 200_000, limits) == ("cell-too-long", long | {"cell": "?1"})


def test_records_come_without_bounds_on_their_number():
    content = "sep=;\r\n学号;姓名\r\n".encode("utf-16") + "1;甲\r\n".encode("utf-16-le") * 100_000

    first, *rest = records(content)

    assert first == ["学号", "姓名"]
    assert rest == [["1", "甲"]] * 100_000


def test_a_tie_goes_to_the_comma():
    assert sniff_delimiter("a") == ","
    assert sniff_delimiter("a,b;c") == ","
