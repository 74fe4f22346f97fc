"""Any text that XML can hold survives; any bytes give a workbook or a fault."""

from __future__ import annotations

import io
import zipfile

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from correctionkit.packages.tables.cells import CellKind, Workbook
from correctionkit.packages.tables.faults import TableUnreadable
from correctionkit.packages.tables.workbook import read_workbook
from correctionkit.packages.tables.writing import SheetSpec, write_csv, write_workbook
from correctionkit.policy.bounds import TableBounds

BOUNDS = TableBounds(max_rows=10_000, max_columns=50, max_cell_characters=32_767)

xml_text = st.text(
    st.characters(
        codec="utf-8",
        categories=("L", "M", "N", "P", "S", "Z", "Cc", "Cf", "Co"),
        exclude_characters=[chr(n) for n in range(32) if chr(n) not in "\t\n\r"],
    ),
    max_size=20,
) | st.text(st.sampled_from("_x0041D<r>/&\r\n\t'=;,\" 字"), max_size=30)
tables = st.lists(st.lists(xml_text, min_size=1, max_size=4), min_size=1, max_size=5)


def trimmed(rows):
    """Rows as they are read: no empty cells at the end, no empty rows."""
    for row in rows:
        cells = list(row)
        while cells and not cells[-1]:
            cells.pop()
        if cells:
            yield tuple(cells)


@settings(deadline=None, max_examples=40)
@given(tables)
def test_workbooks_give_back_what_was_written(rows):
    target = io.BytesIO()
    write_workbook(target, [SheetSpec("a", ("学号",), rows)])

    (sheet,) = read_workbook(target.getvalue(), "a", BOUNDS).sheets

    assert [row.texts for row in sheet] == [("学号",), *trimmed(rows)]
    assert {c.kind for row in sheet for c in row.cells} <= {CellKind.TEXT, CellKind.EMPTY}


@settings(deadline=None, max_examples=40)
@given(tables)
def test_csv_gives_back_what_was_written(rows):
    target = io.BytesIO()
    write_csv(target, ("学号", "姓名"), rows)

    (sheet,) = read_workbook(target.getvalue(), "a", BOUNDS).sheets

    assert [row.texts for row in sheet] == [("学号", "姓名"), *trimmed(rows)]


@pytest.fixture(scope="module")
def everyday_characters(corpora):
    folder = corpora / "names" / "tygfhzb"
    text = "".join(path.read_text("utf-8") for path in sorted(folder.iterdir()))
    # Each level is a list of characters, one a line or in one run.
    return sorted({sign for sign in text if ord(sign) > 0x2E7F and sign.isalpha()})


def test_every_everyday_character_survives(everyday_characters):
    names = everyday_characters
    assert len(names) == 8_105
    rows = [(sign, f"欧阳{sign}·{sign}") for sign in names]
    workbook, csv = io.BytesIO(), io.BytesIO()
    write_workbook(workbook, [SheetSpec("a", ("字", "名"), rows)])
    write_csv(csv, ("字", "名"), rows)
    gb18030 = csv.getvalue().decode("utf-8-sig").encode("gb18030")

    for content in (workbook.getvalue(), csv.getvalue(), gb18030):
        (sheet,) = read_workbook(content, "a", BOUNDS).sheets
        assert [row.texts for row in sheet.rows[1:]] == rows


def reads_or_is_refused(content):
    try:
        return isinstance(read_workbook(content, "a", BOUNDS), Workbook)
    except TableUnreadable:
        return True


edits = st.lists(st.tuples(st.floats(0, 1, exclude_max=True), st.binary(max_size=6)), max_size=6)


def edited(content, changes):
    changed = bytearray(content)
    for place, piece in changes:
        at = int(place * len(changed))
        changed[at : at + len(piece)] = piece
    return bytes(changed)


def samples():
    import xlwt

    book = xlwt.Workbook()
    page = book.add_sheet("a")
    for row in range(9):
        page.write(row, 0, f"学号{row}" * 40)
        page.write(row, 1, row * 1.5)
    page.merge(9, 10, 0, 1)
    xls, xlsx, csv = io.BytesIO(), io.BytesIO(), io.BytesIO()
    book.save(xls)
    rows = [[f"{n}", "=x", "字"] for n in range(9)]
    write_workbook(xlsx, [SheetSpec("a", ("b", "c", "d"), rows, title="t")])
    write_csv(csv, ("b", "c", "d"), rows)
    return {"xls": xls.getvalue(), "xlsx": xlsx.getvalue(), "csv": csv.getvalue()}


SAMPLES = samples()


@pytest.mark.parametrize("kind", SAMPLES)
@settings(deadline=None, max_examples=80, suppress_health_check=[HealthCheck.too_slow])
@given(changes=edits, kept=st.floats(0.01, 1))
def test_damaged_files_are_read_or_refused(kind, changes, kept):
    content = SAMPLES[kind]

    assert reads_or_is_refused(edited(content[: int(len(content) * kept) + 1], changes))


PARTS = ("xl/workbook.xml", "xl/sharedStrings.xml", "xl/styles.xml", "xl/worksheets/sheet1.xml")


@pytest.mark.parametrize("part", PARTS)
@settings(deadline=None, max_examples=40)
@given(changes=edits)
def test_damaged_parts_are_read_or_refused(part, changes):
    target = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(SAMPLES["xlsx"])) as source,
        zipfile.ZipFile(target, "w") as archive,
    ):
        for name in source.namelist():
            content = source.read(name)
            archive.writestr(name, edited(content, changes) if name == part else content)

    assert reads_or_is_refused(target.getvalue())


@settings(deadline=None, max_examples=80)
@given(st.binary(max_size=200) | st.text(max_size=80).map(str.encode))
def test_any_bytes_are_read_or_refused(content):
    assert reads_or_is_refused(content)
