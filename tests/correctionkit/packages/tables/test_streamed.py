"""Tables read by a process of its own: the same values and faults, bounded, row by row."""

from __future__ import annotations

import io
import os
import signal
import subprocess
import sys
import time
import zipfile
from concurrent.futures import ThreadPoolExecutor

import pytest

from correctionkit.packages.tables import messages, sheet_builder, streamed
from correctionkit.packages.tables.cells import Cell, CellKind, MergedRange, Row, TableFormat
from correctionkit.packages.tables.faults import TableUnreadable
from correctionkit.packages.tables.messages import Sender, Unpacker, receive
from correctionkit.packages.tables.row_writing import write_rows
from correctionkit.packages.tables.streamed import open_table
from correctionkit.packages.tables.workbook import format_of, pass_workbook, read_workbook
from correctionkit.packages.tables.writing import SheetSpec, write_csv, write_workbook
from correctionkit.policy.bounds import TableBounds

BOUNDS = TableBounds(max_rows=70_000, max_columns=256, max_cell_characters=32_767)
HARD = ("bomb", "dimensions", "cell-too-long")


def whole(path, bounds=BOUNDS):
    try:
        book = read_workbook(path.read_bytes(), path.name, bounds)
    except TableUnreadable as refused:
        return refused.fault, refused.params
    return book.format, [
        (
            sheet.name,
            sheet.hidden,
            list(sheet.rows),
            (sheet.hidden_rows, sheet.hidden_columns, sheet.merged, sheet.oversized),
        )
        for sheet in book.sheets
    ]


def told(trailer):
    return trailer.hidden_rows, trailer.hidden_columns, trailer.merged, trailer.oversized


def through_child(path, bounds=BOUNDS, **limits):
    try:
        with open_table(path, path.name, bounds, **limits) as table:
            return table.format, [
                (
                    sheet.name,
                    sheet.hidden,
                    [row for rows in sheet for row in rows],
                    told(sheet.trailer),
                )
                for sheet in table
            ]
    except TableUnreadable as refused:
        return refused.fault, refused.params


def through_messages(path):
    """Read as the child does, without a process."""
    stream = io.BytesIO()
    try:
        content = path.read_bytes()
        kind = format_of(content)
        pass_workbook(content, path.name, BOUNDS, Sender(stream))
    except TableUnreadable as refused:
        return refused.fault, refused.params
    stream.seek(0)
    sheets = []
    while message := receive(stream):
        if message[0] == messages.SHEET:
            sheets.append((message[1], message[2], [], None))
        elif message[0] == messages.ROWS:
            sheets[-1][2].extend(Unpacker().rows(message[1]))
        else:
            _, rows, columns, merged, oversized = message
            ranges = tuple(MergedRange(*area) for area in merged)
            sheets[-1] = (*sheets[-1][:3], (rows, columns, ranges, oversized))
    return kind, sheets


@pytest.fixture
def file(tmp_path):
    def file(content, name="附表2.xlsx"):
        path = tmp_path / name
        path.write_bytes(content)
        return path

    return file


def book(rows, **more):
    target = io.BytesIO()
    write_workbook(target, [SheetSpec("附表2", ("学号", "姓名"), rows, **more)])
    return target.getvalue()


def test_every_file_of_others_reads_the_same_within_five_seconds_and_300_megabytes(corpora):
    files = sorted(path for path in (corpora / "excel").rglob("*") if path.is_file())
    expected = {path: whole(path) for path in files}
    # Each child takes its time to start: the small ones that are read well go without.
    hostile = [
        path
        for path, result in expected.items()
        if result[0] in HARD or path.stat().st_size > 50_000
    ]
    with ThreadPoolExecutor(4) as pool:
        results = list(pool.map(lambda path: through_child(path, seconds=5), hostile))

    assert len(files) > 200
    assert len(hostile) > 15
    # Whatever went beyond would be a bomb here, and none there.
    assert {
        path.name: result[0]
        for path, result in zip(hostile, results, strict=True)
        if result != expected[path]
    } == {}
    assert {path.name for path in files if expected[path] != through_messages(path)} == set()


def test_a_workbook_comes_with_all_that_is_known_of_it(xlsx, file):
    path = file(
        xlsx(
            '<row r="2" hidden="1"><c r="A2"><v>5</v></c><c r="B2" s="1"><v>45000</v></c></row>'
            '<row r="4"><c r="A4" t="s"><v>0</v></c><c r="C4"><f>1+1</f><v>2</v></c></row>',
            before='<dimension ref="A1:XFD1048576"/><cols><col min="2" max="2" hidden="1"/></cols>',
            after='<mergeCells><mergeCell ref="A4:B4"/></mergeCells>',
        )
    )

    with open_table(path, "x.xlsx", BOUNDS) as table:
        assert (table.name, table.format) == ("x.xlsx", TableFormat.XLSX)
        (sheet,) = list(table)
        assert (sheet.name, sheet.hidden) == ("附表2", False)
    assert through_child(path) == whole(path)
    assert through_child(path)[1][0][3][:2] == (1, 1)


def test_rows_nobody_takes_are_passed_over(file):
    path = file(book([(str(n), "张三") for n in range(2_000)]))

    with open_table(path, "x", BOUNDS) as table:
        for sheet in table:
            first = next(iter(sheet))
            assert first[0] == Row(1, (Cell("学号", CellKind.TEXT), Cell("姓名", CellKind.TEXT)))
            assert len(first) == messages.BATCH_ROWS
            assert told(sheet.trailer) == (0, 0, (), False)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_csv_takes_the_name_of_its_file(file, encoding):
    path = file('学号,姓名\n1,"=1"\n'.encode(encoding), "附表2.csv")

    assert through_child(path) == whole(path)
    assert through_child(path)[1][0][0] == "附表2.csv"


def test_faults_of_csv_name_the_file(file):
    path = file(b"a,b,c\n", "附表2.csv")
    narrow = TableBounds(max_rows=5, max_columns=2, max_cell_characters=10)

    assert through_child(path, narrow) == whole(path, narrow)
    assert through_child(path, narrow)[1]["sheet"] == "附表2.csv"


@pytest.mark.parametrize(
    "content", [b"", b"%PDF-1.7", b"PK\x03\x04", b"<html>", b",,\n,,\n", b'a,"b\n']
)
def test_faults_are_those_of_the_whole(file, content):
    path = file(content)

    assert through_child(path) == whole(path)
    assert isinstance(through_child(path)[0], str)


def big_csv(rows):
    target = io.BytesIO()
    write_csv(target, ("学号", "姓名"), ((f"{n:013}", "张三") for n in range(rows)))
    return target.getvalue()


def test_a_big_table_comes_whole_and_in_order(file):
    path = file(big_csv(35_000))

    result = through_child(path)

    assert result == whole(path)
    assert [row.number for row in result[1][0][2]] == list(range(1, 35_002))


def test_the_first_rows_come_before_the_last_are_read(file):
    target = io.BytesIO()
    write_rows(target, "a", ("学号", "姓名"), ((f"{n:013}", "张三") for n in range(35_000)))
    broken = bytearray(target.getvalue())
    with zipfile.ZipFile(io.BytesIO(broken)) as parts:
        part = parts.getinfo("xl/worksheets/sheet1.xml")
    broken[part.header_offset + part.compress_size - 500] ^= 0xFF
    path = file(bytes(broken))

    taken = []
    with open_table(path, "x", BOUNDS) as table:
        sheet = next(iter(table))
        with pytest.raises(TableUnreadable, match="broken"):
            taken.extend(map(len, sheet))
    assert sum(taken) > 10_000


def outlet_result(content):
    """Read through the messages, without a process."""
    stream = io.BytesIO()
    sender = Sender(stream)
    pass_workbook(content, "x", BOUNDS, sender)
    stream.seek(0)
    rows = []
    while message := receive(stream):
        if message[0] == messages.ROWS:
            rows += Unpacker().rows(message[1])
    return rows


ROW = '<row r="{0}"><c r="A{0}" t="inlineStr"><is><t>x</t></is></c></row>'


def test_rows_in_any_order_are_put_right_while_the_sheet_is_small(xlsx):
    rows = outlet_result(xlsx("".join(ROW.format(n) for n in (9, 3, 5))))

    assert [row.number for row in rows] == [1, 3, 5, 9]


def test_a_row_that_comes_after_its_place_was_passed_is_refused(xlsx, monkeypatch):
    monkeypatch.setattr(sheet_builder, "BATCH_ROWS", 2)
    monkeypatch.setattr(
        sheet_builder.SheetBuilder.__init__,
        "__kwdefaults__",
        {"hidden": False, "outlet": None, "held": 3},
    )
    ascending = xlsx("".join(ROW.format(n) for n in range(2, 12)))

    assert [row.number for row in outlet_result(ascending)] == list(range(1, 12))
    with pytest.raises(TableUnreadable, match="broken"):
        outlet_result(xlsx("".join(ROW.format(n) for n in (2, 3, 4, 5, 6, 7, 1))))


def test_a_formula_over_rows_that_were_passed_is_refused(xlsx, monkeypatch):
    monkeypatch.setattr(
        sheet_builder.SheetBuilder.__init__,
        "__kwdefaults__",
        {"hidden": False, "outlet": None, "held": 1},
    )
    late = '<row r="9"><c r="A9"><f t="array" ref="A1:A9">1</f><v>1</v></c></row>'
    own = '<row r="9"><c r="A9"><f t="array" ref="A9:A9">1</f><v>1</v></c></row>'

    assert outlet_result(xlsx(own))[-1].cells[0].kind is CellKind.FORMULA
    with pytest.raises(TableUnreadable, match="broken"):
        outlet_result(xlsx(ROW.format(2) + late))


def test_every_kind_of_cell_survives_the_pipe():
    cells = tuple(Cell(f"{kind}", kind) for kind in CellKind if kind is not CellKind.EMPTY)
    rows = [
        Row(1, (*cells, sheet_builder.EMPTY, Cell("", CellKind.ERROR)), hidden=True),
        Row(7, (Cell("字", CellKind.TEXT), sheet_builder.EMPTY, Cell("𠀀", CellKind.TEXT))),
    ]
    stream = io.BytesIO()
    Sender(stream).rows(rows)
    stream.seek(0)

    kind, packed = receive(stream)

    assert kind == messages.ROWS
    assert Unpacker().rows(packed) == rows


def test_messages_are_split_by_size(monkeypatch):
    monkeypatch.setattr(messages, "BATCH_BYTES", 1_000)
    rows = [Row(n, (Cell("长" * 200 + str(n), CellKind.TEXT),)) for n in range(1, 9)]
    stream = io.BytesIO()
    Sender(stream).rows(rows)
    stream.seek(0)
    parts = []
    while message := receive(stream):
        parts.append(Unpacker().rows(message[1]))

    assert [row for part in parts for row in part] == rows
    assert len(parts) > 1


@pytest.mark.parametrize(
    "damage", [b"", b"\x05\x00\x00\x00ab", b"\xff\xff\xff\xff", b"\x01\x00\x00\x00?"]
)
def test_what_is_no_message_is_none(damage):
    assert receive(io.BytesIO(damage)) is None


posix = pytest.mark.skipif(not hasattr(os, "fork"), reason="limits that this platform has not")


@posix
def test_too_little_memory_is_told_as_a_bomb(file):
    path = file(b"a" * (30 << 20))

    assert through_child(path, memory_mb=60) == ("bomb", {"limit": "memory"})


def test_too_little_time_is_told_as_a_bomb(file):
    path = file(big_csv(1_000))

    assert through_child(path, seconds=0) == ("bomb", {"limit": "time"})


@posix
@pytest.mark.parametrize(
    ("number", "expected"),
    [
        (signal.SIGSEGV, ("broken", {})),
        (signal.SIGKILL, ("bomb", {"limit": "memory"})),
        (signal.SIGXCPU, ("bomb", {"limit": "time"})),
    ],
)
def test_a_child_that_is_killed_is_a_fault_in_words(file, monkeypatch, number, expected):
    monkeypatch.setattr(
        streamed,
        "_START",
        f"import os, sys; sys.stdin.read(1); os.kill(os.getpid(), {number.value})",
    )

    assert through_child(file(b"a")) == expected


def test_a_child_that_breaks_the_rules_is_a_fault(file, monkeypatch):
    for start in ("raise SystemExit", "1/0", "print('hello')"):
        monkeypatch.setattr(streamed, "_START", start)
        assert through_child(file(b"a")) == ("broken", {})


def test_the_clock_stands_while_the_caller_works(file):
    path, slept = file(big_csv(2_000)), 2

    with open_table(path, "x", BOUNDS, seconds=5) as table:
        for sheet in table:
            for number, _ in enumerate(sheet):
                if number == 0:
                    before = table._child._left
                    time.sleep(slept)
        # What was slept is not the child's.
        assert before - table._child._left < slept


def test_leaving_early_ends_the_child(file):
    with open_table(file(big_csv(35_000)), "x", BOUNDS) as table:
        process = table._child._process
        next(iter(table))

    assert process.returncode is not None


@posix
def test_the_child_starts_at_once_and_imports_nothing_heavy(file):
    script = (
        "import sys; before = set(sys.modules); import correctionkit.packages.tables.child; "
        "print(*sorted(name.partition('.')[0] for name in set(sys.modules) - before))"
    )
    run = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)

    assert not {"numpy", "pandas", "click", "PIL", "xlsxwriter", "json"} & set(run.stdout.split())


def parts(**replaced):
    """Build a workbook of one cell, with whole parts replaced."""
    source = zipfile.ZipFile(io.BytesIO(book([("1", "a")])))
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as made:
        for name in source.namelist():
            made.writestr(
                name, replaced.get(name.rpartition("/")[2].removesuffix(".xml"), source.read(name))
            )
    return target.getvalue()


MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
ENTITIES = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))


@pytest.mark.parametrize(
    "replaced",
    [
        pytest.param(
            {"sharedStrings": f'<sst xmlns="{MAIN}">' + "<si><t>a</t></si>" * 2_100_000 + "</sst>"},
            id="shared strings without end",
        ),
        pytest.param(
            {
                "sharedStrings": f'<sst xmlns="{MAIN}"><si><t>'
                + "a" * (60 << 20)
                + "</t></si></sst>"
            },
            id="one shared string of 60 MB",
        ),
        pytest.param(
            {
                "sheet1": f'<!DOCTYPE a [<!ENTITY l0 "lol">{ENTITIES}]>'
                f'<worksheet xmlns="{MAIN}">&l9;</worksheet>'
            },
            id="entities in entities",
        ),
        pytest.param(
            {"sheet1": f'<worksheet xmlns="{MAIN}"><sheetData>' + "<a>" * 500_000}, id="nesting"
        ),
        pytest.param(
            {
                "sheet1": f'<worksheet xmlns="{MAIN}"><dimension ref="A1:XFD1048576"/><sheetData>'
                + "".join(
                    f'<row r="{n}"><c r="XFD{n}" t="str"><v>a</v></c></row>' for n in range(1, 200)
                )
                + "</sheetData></worksheet>"
            },
            id="columns without end",
        ),
        pytest.param({"sheet1": bytes(130 << 20)}, id="zip bomb"),
    ],
)
def test_bombs_are_refused_in_time_and_memory(file, replaced):
    began = time.monotonic()

    fault, params = through_child(file(parts(**replaced)), seconds=5, memory_mb=300)

    assert fault in ("bomb", "dimensions", "cell-too-long", "broken")
    # Refused by the reader, not by the limits.
    assert "limit" not in params
    assert time.monotonic() - began < 10


def test_a_sheet_that_only_claims_to_be_huge_is_read(file):
    sheet = (
        f'<worksheet xmlns="{MAIN}"><dimension ref="A1:XFD1048576"/>'
        f"<sheetData>{ROW.format(1)}</sheetData></worksheet>"
    )
    path = file(parts(sheet1=sheet))

    assert through_child(path) == whole(path)
    assert through_child(path)[1][0][3][3] is True
