"""Everyday text out and in again, through every writer and format: nothing is altered."""

from __future__ import annotations

import io
import json
import shutil
import subprocess

import pytest
import xlwt

from correctionkit.packages.tables.cells import CellKind
from correctionkit.packages.tables.row_writing import write_rows
from correctionkit.packages.tables.streamed import open_table
from correctionkit.packages.tables.writing import SheetSpec, write_csv, write_workbook
from correctionkit.policy.bounds import TableBounds
from correctionkit.samples.people import make_people

BOUNDS = TableBounds(max_rows=70_000, max_columns=50, max_cell_characters=32_767)
HEADER = ("学号", "注册证号", "姓名", "性别", "民族", "证件号码", "出生日期", "毕业日期", "备注")


@pytest.fixture(scope="module")
def people():
    """20,000 people, a line each; the note is empty or an 18-digit number."""
    return [
        (
            person.student_number,
            person.certificate_number,
            person.name,
            person.gender,
            person.ethnicity,
            person.id_number,
            person.birth_date.isoformat(),
            person.graduation_date.isoformat() if person.graduation_date else "",
            f"{number:018}" if number % 3 else "",
        )
        for number, person in enumerate(make_people(20_000, 7))
    ]


@pytest.fixture(scope="module")
def odd_texts(corpora):
    """Every everyday character, and strings that broke other programs."""
    signs = {
        sign
        for path in (corpora / "names" / "tygfhzb").iterdir()
        for sign in path.read_text("utf-8")
        if ord(sign) > 0x2E7F and sign.isalpha()
    }
    assert len(signs) == 8_105
    naughty = json.loads((corpora / "strings" / "blns" / "blns.json").read_text("utf-8"))
    injections = corpora / "strings" / "csv-injection" / "Intruder__csv-payload.txt"
    lines = [*naughty, *injections.read_text("utf-8").splitlines()]
    assert len(lines) > 500
    return [(f"{number:018}", text) for number, text in enumerate([*sorted(signs), *lines])]


def as_workbook(header, rows):
    target = io.BytesIO()
    assert write_workbook(target, [SheetSpec("a", header, rows)]) == ()
    return target.getvalue()


def as_rows(header, rows):
    target = io.BytesIO()
    assert write_rows(target, "a", header, rows) == ()
    return target.getvalue()


def as_csv(encoding):
    def write(header, rows):
        target = io.BytesIO()
        write_csv(target, header, rows)
        return target.getvalue().decode("utf-8-sig").encode(encoding)

    return write


def as_xls(header, rows):
    book = xlwt.Workbook(encoding="utf-8")
    page = book.add_sheet("a")
    for number, row in enumerate((header, *rows)):
        for column, text in enumerate(row):
            if text:
                page.write(number, column, text)
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


WRITERS = {
    "xlsx": as_workbook,
    "xlsx row by row": as_rows,
    "csv": as_csv("utf-8"),
    "csv with a mark": as_csv("utf-8-sig"),
    "csv in GB 18030": as_csv("gb18030"),
    "xls": as_xls,
}


def altered(path, expected, kinds=frozenset((CellKind.TEXT, CellKind.EMPTY))):
    """Rows that are not read back as they were written."""
    width = len(expected[0])
    with open_table(path, path.name, BOUNDS, memory_mb=400) as table:
        found = {row.number: row for sheet in table for rows in sheet for row in rows}
    assert len(found) == len(expected)
    assert {cell.kind for row in found.values() for cell in row.cells} <= kinds
    return [
        row
        for number, row in enumerate(expected, 1)
        if tuple(found[number].cell(column).text for column in range(width)) != tuple(row)
    ]


@pytest.mark.parametrize("form", WRITERS)
def test_20_000_people_come_back_as_they_went(tmp_path, people, form):
    path = tmp_path / "file"
    path.write_bytes(WRITERS[form](HEADER, people))

    assert altered(path, [HEADER, *people]) == []


@pytest.mark.parametrize("form", WRITERS)
def test_every_character_and_naughty_string_comes_back_as_it_went(tmp_path, odd_texts, form):
    header = ("编号", "文字")
    path = tmp_path / "file"
    path.write_bytes(WRITERS[form](header, odd_texts))

    assert altered(path, [header, *odd_texts]) == []


@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")
def test_libreoffice_alters_nothing(tmp_path, people, odd_texts):
    # What XML and CSV cannot hold as it is, LibreOffice does not give back.
    plain = [row for row in odd_texts if row[1].isprintable() and row[1] == row[1].strip()]
    header = HEADER[:2]
    rows = [header, *plain]
    people = [HEADER, *people[:3_000]]
    (tmp_path / "odd.xlsx").write_bytes(as_rows(header, plain))
    (tmp_path / "people.xlsx").write_bytes(as_rows(HEADER, people[1:]))
    for form in ("xlsx", "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,true,true"):
        subprocess.run(
            [
                *("soffice", f"-env:UserInstallation=file://{tmp_path}/profile", "--headless"),
                *("--convert-to", form, "--outdir", str(tmp_path / "saved")),
                *(str(tmp_path / name) for name in ("odd.xlsx", "people.xlsx")),
            ],
            check=True,
            capture_output=True,
            timeout=120,
        )

    assert len(plain) > 8_400
    assert altered(tmp_path / "saved" / "odd.xlsx", rows) == []
    assert altered(tmp_path / "saved" / "people.xlsx", people) == []
    assert altered(tmp_path / "saved" / "people.csv", people) == []
    # A bare formula in the CSV of another program is one: only its kind differs.
    kinds = {CellKind.TEXT, CellKind.EMPTY, CellKind.FORMULA}
    assert altered(tmp_path / "saved" / "odd.csv", rows, kinds) == []
