"""xls: each kind of cell, what is hidden or merged, and each fault."""

from __future__ import annotations

import datetime
import io
import struct

import pytest
import xlwt

from correctionkit.packages.tables.cells import Cell, CellKind, MergedRange, Row
from correctionkit.packages.tables.ole import SIGNATURE
from correctionkit.packages.tables.xls_sheet import number_text

HEADER = Row(1, (Cell("学号", CellKind.TEXT),))


def saved(change=None, *, rows=(), sheets=1):
    book = xlwt.Workbook(encoding="utf-8")
    pages = [book.add_sheet(f"附表{number}") for number in range(1, sheets + 1)]
    for page in pages:
        page.write(0, 0, "学号")
    for number, row in enumerate(rows, 1):
        for column, value in enumerate(row):
            pages[0].write(number, column, value)
    if change:
        change(book, pages[0])
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        pytest.param("0335001209114", Cell("0335001209114", CellKind.TEXT), id="13 digits as text"),
        pytest.param(
            "11010519491231002X", Cell("11010519491231002X", CellKind.TEXT), id="18 characters"
        ),
        pytest.param("𬱖\n·É", Cell("𬱖\n·É", CellKind.TEXT), id="beyond the basic plane"),
        pytest.param(
            1335001209114, Cell("1335001209114", CellKind.NUMBER), id="13 digits as a number"
        ),
        pytest.param(
            110105194912310021,
            Cell("1.1010519491231002E+17", CellKind.NUMBER),
            id="18 digits as a number",
        ),
        pytest.param(7, Cell("7", CellKind.NUMBER), id="packed whole number"),
        pytest.param(-7, Cell("-7", CellKind.NUMBER), id="packed negative number"),
        pytest.param(1.25, Cell("1.25", CellKind.NUMBER), id="fraction"),
        pytest.param(True, Cell("TRUE", CellKind.BOOLEAN), id="true"),
        pytest.param(
            xlwt.Formula('"a"&1'), Cell("", CellKind.FORMULA), id="formula never calculated"
        ),
    ],
)
def test_a_cell_is_read_as_it_was_typed(only_sheet, value, expected):
    assert only_sheet(saved(rows=[[value]])).rows == (HEADER, Row(2, (expected,)))


@pytest.mark.parametrize(("epoch_1904", "serial"), [(False, 36925), (True, 35463)])
def test_dates_are_right_in_both_systems(only_sheet, epoch_1904, serial):
    def change(book, page):
        book.dates_1904 = epoch_1904
        page.write(1, 0, serial, xlwt.easyxf(num_format_str='yyyy"年"m"月"d"日"'))
        page.write(1, 1, datetime.date(2001, 2, 3), xlwt.easyxf(num_format_str="yyyy-mm-dd"))

    assert only_sheet(saved(change)).rows[1] == Row(2, (Cell("2001-02-03", CellKind.DATE),) * 2)


def test_what_is_hidden_or_merged_is_told(read):
    def change(book, page):
        page.write(1, 0, "a")
        page.row(1).hidden = True
        page.row(2).hidden = True
        page.write(3, 1, "b")
        page.col(1).hidden = True
        page.col(2).hidden = True
        page.merge(4, 5, 0, 2)
        book.get_sheet(1).visibility = 1

    first, second = read(saved(change, sheets=2)).sheets

    assert (first.hidden_rows, first.hidden_columns, first.hidden) == (1, 1, False)
    assert first.merged == (MergedRange(5, 0, 6, 2),)
    assert [row.hidden for row in first] == [False, True, False]
    assert second.hidden


def test_long_texts_over_several_records_are_whole(only_sheet):
    texts = [f"{number}" + "字a" * 3_000 for number in range(12)]

    sheet = only_sheet(saved(rows=[[text] for text in texts]))

    assert [row.texts[0] for row in sheet.rows[1:]] == texts


@pytest.mark.parametrize(
    ("number", "expected"),
    [
        (0.0, "0"),
        (-0.0, "0"),
        (9_999_999_999_999_998.0, "9999999999999998"),
        (1e16, "1E+16"),
        (2.2e17, "2.2E+17"),
        (1e-7, "1E-07"),
        (float("inf"), "inf"),
    ],
)
def test_numbers_show_all_their_digits(number, expected):
    assert number_text(number) == expected


def record(kind, body=b""):
    return struct.pack("<HH", kind, len(body)) + body


def bof(version=0x0600, kind=0x0005):
    return record(0x0809, struct.pack("<HHHH", version, kind, 0, 0))


def wrapped(stream, names=("Workbook",), *, listed_at=None):
    """A compound file with *stream* under the first of *names*, nothing under the others.

    *listed_at* is the sector that lists the allocation table, else the header does.
    """
    stream = stream.ljust(4_096, b"\x00")
    sectors = -(-len(stream) // 512)
    stream = stream.ljust(sectors * 512, b"\x00")
    fat = [0xFFFFFFFD, 0xFFFFFFFE, *range(3, 2 + sectors), 0xFFFFFFFE]
    header = SIGNATURE + b"\x00" * 16 + struct.pack("<HHHHH", 0x3E, 3, 0xFFFE, 9, 6)
    first_list = 0xFFFFFFFE if listed_at is None else listed_at
    header += b"\x00" * 6 + struct.pack(
        "<IIIIIIIII", 0, 1, 1, 0, 4_096, 0xFFFFFFFE, 0, first_list, 0
    )
    header += struct.pack("<I", 0 if listed_at is None else 0xFFFFFFFF) + b"\xff" * (4 * 108)
    entries = [entry("Root Entry", 5, child=1)]
    for number, name in enumerate(names, 1):
        right = number + 1 if number < len(names) else 0xFFFFFFFF
        entries.append(entry(name, 2, right=right, start=2, size=len(stream) if number == 1 else 0))
    directory = b"".join(entries).ljust(512, b"\x00")
    table = struct.pack(f"<{len(fat)}I", *fat).ljust(512, b"\xff")
    return header + table + directory + stream


def entry(name, kind, *, right=0xFFFFFFFF, child=0xFFFFFFFF, start=0, size=0):
    raw = name.encode("utf-16-le")
    return (
        raw.ljust(64, b"\x00")
        + struct.pack("<HBB", len(raw) + 2, kind, 1)
        + struct.pack("<III", 0xFFFFFFFF, right, child)
        + b"\x00" * 36
        + struct.pack("<III", start, size, 0)
    )


def old_workbook(*records, version=0x0500):
    """A workbook of Excel 5 with one sheet and Chinese text in its code page."""
    name = "表".encode("gbk")
    page = record(0x0042, struct.pack("<H", 936))
    entry_size = 4 + 6 + 1 + len(name)
    start = len(bof(version)) + len(page) + entry_size + len(record(0x0A))
    sheet = record(0x0085, struct.pack("<IBBB", start, 0, 0, len(name)) + name)
    inside = bof(version, 0x0010) + b"".join(records) + record(0x0A)
    return bof(version) + page + sheet + record(0x0A) + inside


def label(text):
    raw = text.encode("gb18030")
    return record(0x0204, struct.pack("<HHHH", 0, 0, 0, len(raw)) + raw)


def test_excel_5_is_read_by_its_code_page(only_sheet):
    sheet = only_sheet(wrapped(old_workbook(label("张䶮"))))

    assert (sheet.name, sheet.rows) == ("表", (Row(1, (Cell("张䶮", CellKind.TEXT),)),))


def formula(value):
    return record(0x0006, struct.pack("<HHH", 0, 0, 0) + value + b"\x00" * 8)


@pytest.mark.parametrize(
    ("records", "expected"),
    [
        pytest.param(
            [formula(b"\x00" * 6 + b"\xff\xff"), record(0x0207, b"\x02\x00ab")],
            Cell("ab", CellKind.FORMULA),
            id="formula with its text",
        ),
        pytest.param(
            [formula(b"\x00" * 6 + b"\xff\xff")], Cell("", CellKind.FORMULA), id="text missing"
        ),
        pytest.param(
            [formula(b"\x01\x00\x01\x00\x00\x00\xff\xff")],
            Cell("TRUE", CellKind.FORMULA),
            id="boolean",
        ),
        pytest.param(
            [formula(b"\x02\x00\x2a\x00\x00\x00\xff\xff")],
            Cell("#N/A", CellKind.FORMULA),
            id="error result",
        ),
        pytest.param(
            [formula(b"\x03\x00\x00\x00\x00\x00\xff\xff")],
            Cell("", CellKind.FORMULA),
            id="empty result",
        ),
        pytest.param([formula(struct.pack("<d", 2.5))], Cell("2.5", CellKind.FORMULA), id="number"),
        pytest.param(
            [record(0x0205, struct.pack("<HHHBB", 0, 0, 0, 0x2A, 1))],
            Cell("#N/A", CellKind.ERROR),
            id="error",
        ),
        pytest.param(
            [record(0x00BD, struct.pack("<HHHIH", 0, 0, 0, 3, 0))],
            Cell("0", CellKind.NUMBER),
            id="packed row",
        ),
        pytest.param(
            [record(0x027E, struct.pack("<HHHI", 0, 0, 0, (1234 << 2) | 3))],
            Cell("12.34", CellKind.NUMBER),
            id="packed hundredths",
        ),
        pytest.param(
            [bof(0x0500, 0x0020), label("x"), record(0x0A), label("y")],
            Cell("y", CellKind.TEXT),
            id="chart inside",
        ),
    ],
)
def test_records_become_cells(only_sheet, records, expected):
    assert only_sheet(wrapped(old_workbook(*records))).rows == (Row(1, (expected,)),)


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        pytest.param(wrapped(bof() + record(0x2F)), "password", id="encrypted stream"),
        pytest.param(wrapped(b"", ("x", "EncryptedPackage")), "password", id="encrypted package"),
        pytest.param(
            wrapped(old_workbook(label("x")), ("Workbook", "_VBA_PROJECT_CUR")),
            "macro",
            id="macro project",
        ),
        pytest.param(
            wrapped(bof() + record(0x85, struct.pack("<IBBBB", 0, 0, 1, 0, 0)) + record(0x0A)),
            "macro",
            id="macro sheet",
        ),
        pytest.param(wrapped(b"", ("WordDocument",)), "not-a-workbook", id="text document"),
        pytest.param(wrapped(old_workbook(version=0x0400)), "old-excel", id="Excel 4"),
        pytest.param(wrapped(bof() + record(0x0A)), "no-sheet", id="no sheet"),
        pytest.param(wrapped(old_workbook()), "empty-table", id="nothing in it"),
        pytest.param(wrapped(bof()), "broken", id="no end"),
        pytest.param(wrapped(b"ab"), "broken", id="no beginning"),
        pytest.param(
            wrapped(old_workbook(label("x"), label("x"))), "broken", id="two values in a cell"
        ),
        pytest.param(wrapped(old_workbook(record(0x0203, b"\x00"))), "broken", id="short record"),
        pytest.param(
            wrapped(old_workbook(record(0x00FD, struct.pack("<HHHI", 0, 0, 0, 9)))),
            "broken",
            id="no such text",
        ),
        pytest.param(
            wrapped(bof() + record(0xFC, struct.pack("<II", 0, 3_000_000)) + record(0x0A)),
            "bomb",
            id="string bomb",
        ),
        pytest.param(
            wrapped(bof() + record(0xFC, struct.pack("<IIHB", 1, 1, 9, 0) + b"x") + record(0x0A)),
            "broken",
            id="text cut off",
        ),
        pytest.param(SIGNATURE, "broken", id="header cut off"),
        pytest.param(wrapped(old_workbook(label("x")))[:2_000], "broken", id="stream cut off"),
    ],
)
def test_each_fault_has_its_code(fault_of, content, expected):
    assert fault_of(content) == expected


def test_a_chain_that_runs_in_a_circle_ends(fault_of):
    content = bytearray(wrapped(old_workbook(label("x"))))
    struct.pack_into("<I", content, 512 + 4, 1)

    assert fault_of(bytes(content)) == "broken"


def test_an_allocation_table_listed_outside_the_header_is_found(only_sheet, fault_of):
    content = wrapped(old_workbook(label("x")), listed_at=10)
    assert len(content) == 512 * 11
    listing = struct.pack("<I", 0) + b"\xff" * 504
    endless = listing + struct.pack("<I", 10)

    assert only_sheet(content + listing + struct.pack("<I", 0xFFFFFFFE)).rows[0].texts == ("x",)
    assert fault_of(content + endless) == "broken"
    assert fault_of(content) == "broken"


def test_version_and_root_are_checked(fault_of):
    content = wrapped(old_workbook(label("x")))

    assert fault_of(content[:26] + b"\x05" + content[27:]) == "broken"
    assert fault_of(content.replace(entry("Root Entry", 5, child=1), b"\x00" * 128)) == "broken"
