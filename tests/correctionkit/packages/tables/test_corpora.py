"""Files of other projects: right values or a fault, quickly and in little memory."""

from __future__ import annotations

import datetime
import subprocess
import sys
import time
from pathlib import Path

import pytest
from python_calamine import CalamineError, CalamineWorkbook

from correctionkit.packages.tables.cells import CellKind, Workbook
from correctionkit.packages.tables.faults import TableUnreadable
from correctionkit.packages.tables.workbook import read_workbook
from correctionkit.policy.bounds import TableBounds

BOUNDS = TableBounds(max_rows=70_000, max_columns=256, max_cell_characters=32_767)
SECONDS = 5
MEGABYTES = 300


@pytest.fixture(scope="module")
def files(corpora):
    return sorted(path for path in (corpora / "excel").rglob("*") if path.is_file())


@pytest.fixture(scope="module")
def results(files):
    """What each file gives, a workbook or a fault, and the seconds that it took."""
    found = {}
    for path in files:
        began = time.process_time()
        try:
            result = read_workbook(path.read_bytes(), path.name, BOUNDS)
        except TableUnreadable as refused:
            result = refused.fault
        found[path] = (result, time.process_time() - began)
    return found


def test_every_file_ends_in_time(results):
    assert {path.name: took for path, (_, took) in results.items() if took > SECONDS} == {}


def test_all_files_together_stay_within_memory(corpora):
    if sys.platform != "linux":
        pytest.skip("the peak is read from /proc")
    script = f"""
import sys
from pathlib import Path
from correctionkit.packages.tables.workbook import read_workbook
from correctionkit.packages.tables.faults import TableUnreadable
from correctionkit.policy.bounds import TableBounds
for path in Path(sys.argv[1]).rglob("*"):
    if path.is_file():
        try:
            read_workbook(path.read_bytes(), path.name, {BOUNDS!r})
        except TableUnreadable:
            pass
status = Path("/proc/self/status").read_text("ascii")
print(next(line.split()[1] for line in status.splitlines() if line.startswith("VmHWM")))
"""
    run = subprocess.run(
        [sys.executable, "-W", "error", "-c", script, str(corpora / "excel")],
        capture_output=True,
        text=True,
        timeout=120,
        check=True,
    )

    assert int(run.stdout) / 1024 < MEGABYTES
    assert run.stderr == ""


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("zipbomb.xlsx", "bomb"),
        ("54764.xlsx", "bomb"),
        ("54764-2.xlsx", "bomb"),
        ("poc-xmlbomb.xlsx", "bomb"),
        ("poc-xmlbomb-empty.xlsx", "bomb"),
        ("poc-shared-strings.xlsx", "broken"),
        ("password.xls", "password"),
        ("pass_protected.xlsx", "password"),
        ("pass_protected.xlsb", "password"),
        ("issue_385.xls", "password"),
        ("vba.xlsm", "macro"),
        ("any_sheets.xls", "macro"),
        ("any_sheets.xlsb", "binary-workbook"),
        ("SampleSS.ods", "opendocument"),
        ("SampleSS.xml", "xml-spreadsheet"),
        ("dcterms_bug_56479.zip", "not-a-workbook"),
        ("invalid.xlsx", "not-a-workbook"),
        ("empty_sheet.xlsx", "empty-table"),
        ("OOM_alloc3.xls", "broken"),
    ],
)
def test_known_files_are_refused_for_what_they_are(results, name, expected):
    (outcome,) = [result for path, result in results.items() if path.name == name]

    assert outcome[0] == expected
    assert outcome[1] < 1


@pytest.mark.parametrize(
    "name",
    [
        "SampleSS.strict.xlsx",
        "issue_174.xlsx",
        "table_with_absolute_paths.xlsx",
        "rph.xlsx",
        "issue_530.xlsx",
        "nonstandard-xml-ns-prefix.xlsx",
        "xxe_in_schema.xlsx",
        "date_1904.xls",
    ],
)
def test_unusual_files_are_read(results, name):
    (outcome,) = [result for path, (result, _) in results.items() if path.name == name]

    assert isinstance(outcome, Workbook)


# Where the other reader errs, as seen by opening the files.
DISAGREE = {
    "biff5-rich-text-string.xls": "a code page 1252 text with signs beyond Latin-1",
    "sheet_name_parsing.xls": "16-bit texts in a workbook that it takes for 8-bit",
    "WrongFormulaRecordType.xls": "dates in formulas",
    "bug60858.xlsx": "-1 is no date",
}
# More than it can hold, or it aborts the process.
LEFT_OUT = {"OOM_alloc3.xls", "SharedFormulaTest.xls"}


def shown(value):
    """Show a value of calamine as ours."""
    if isinstance(value, bool):
        return str(value).upper()
    if isinstance(value, datetime.datetime):
        value = (value + datetime.timedelta(microseconds=500_000)).replace(microsecond=0)
        return (value.date() if value.time() == datetime.time() else value).isoformat()
    if isinstance(value, datetime.date | datetime.time):
        return value.isoformat()
    return value


def theirs(path):
    try:
        book = CalamineWorkbook.from_path(path)
        found = {}
        for name in book.sheet_names:
            sheet = book.get_sheet_by_name(name)
            top, left = sheet.start or (0, 0)
            for row, values in enumerate(sheet.to_python(), top + 1):
                for column, value in enumerate(values, left):
                    if value != "":
                        found[name, row, column] = shown(value)
    except (CalamineError, OSError):
        return None
    return found


def same(value, text):
    if isinstance(value, datetime.timedelta):
        # A length of time, which has no form of its own here.
        return True
    if isinstance(value, str):
        return value == text
    return float(text) == pytest.approx(value, rel=1e-12)


def test_values_agree_with_calamine(results):
    compared, different = 0, {}
    for path, (workbook, _) in results.items():
        if not isinstance(workbook, Workbook) or path.name in DISAGREE | dict.fromkeys(LEFT_OUT):
            continue
        values = theirs(path)
        if values is None:
            continue
        ours = {
            (sheet.name, row.number, column): cell.text
            for sheet in workbook.sheets
            for row in sheet
            for column, cell in enumerate(row.cells)
            if cell.kind not in (CellKind.EMPTY, CellKind.ERROR, CellKind.FORMULA)
        }
        compared += len(ours)
        wrong = [
            place
            for place, text in ours.items()
            if place in values and not same(values[place], text)
        ]
        missing = [place for place in ours if place not in values and ours[place]]
        if wrong or missing:
            different[path.name] = (wrong[:3], missing[:3])

    assert different == {}
    assert compared > 5_000


def test_the_folder_is_where_it_is_looked_for(files: list[Path]):
    assert len(files) > 200
