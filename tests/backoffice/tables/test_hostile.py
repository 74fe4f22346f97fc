"""Files and texts that mean harm, or harm unmeant: refused in words, or kept exactly."""

import io
import json
from pathlib import Path

import pytest
from builders.rolls import HEADINGS, judged, roll_row, told, written
from openpyxl import Workbook

from backoffice.kept_findings import from_json
from backoffice.roll.columns import FIELDS
from backoffice.roll.models import StudentRecord

CORPORA = Path(__file__).parents[4] / "shared" / "corpora"
HARD = ["any_sheets", "date", "errors", "OOM", "zipbomb", "formula", "merged", "password", "rph"]

TEXTS = [
    "=1+1",
    "+86",
    "-1",
    "@SUM(A1)",
    "<script>alert(1)</script>",
    "{{7*7}}",
    "'; DROP TABLE roll_studentrecord;--",
    "../../etc/passwd",
    "NULL",
    "None",
    "1E+17",
    "TRUE",
    "𠮷野家",
    "e\u0301",
    "👩‍👩‍👧",
    "\U0010fffd",
    '"quoted"',
    "%s %(n)d {0}",
    "\\N",
    "\\.",
    "a\tb",
    "ﷺ",
    "Ω≈ç√∫",
    "\u202eabc",
    "\x7f",
    "\ufffe",
]


def corpus(name):
    """Return the files of a corpus, none where it is not there."""
    folder = CORPORA / name
    files = [path for path in sorted(folder.rglob("*")) if path.is_file()]
    return [path for path in files if any(part in path.name for part in HARD)][:40]


@pytest.mark.skipif(not CORPORA.is_dir(), reason="the corpora are not beside the checkout")
def test_no_hostile_workbook_brings_anything_in_or_breaks_anything(office):
    for path in corpus("excel"):
        table = judged(office, content=path.read_bytes(), name=path.name)
        assert table.state in ("refused", "judged"), path.name
        assert (table.new, table.changed) == (0, 0), path.name
        if table.state == "refused":
            assert from_json(table.findings), path.name


@pytest.mark.parametrize("column", ["name", "major", "level", "entry_education", "centre"])
def test_a_text_is_kept_exactly_or_refused(office, column):
    kept = keep_what_is_good(office, column, TEXTS)
    assert kept >= {"major": 15, "level": 15, "name": 1}.get(column, 0)


@pytest.mark.skipif(not CORPORA.is_dir(), reason="the corpora are not beside the checkout")
@pytest.mark.parametrize("column", ["name", "major", "id_number", "student_number", "status"])
def test_naughty_strings_are_kept_exactly_or_refused(office, column):
    path = next((CORPORA / "strings").rglob("blns.json"))
    texts = [text for text in json.loads(path.read_text("utf-8")) if text.strip()]
    assert len(texts) > 400
    keep_what_is_good(office, column, texts)


def test_a_nul_in_a_workbook_is_refused_and_told(office):
    book = Workbook()
    row = roll_row(1, major="法_x0000_学", level="\u202e本科")
    for line in ([HEADINGS[column] for column in row], list(row.values())):
        book.active.append(line)
    target = io.BytesIO()
    book.save(target)
    table = judged(office, content=target.getvalue(), name="学籍库.xlsx")
    assert told(table) == [(2, "value-unknown", "专业"), (2, "value-unknown", "层次")]


def keep_what_is_good(office, column, texts):
    """Bring in rows with each text in one column; returns how many were kept, all exactly."""
    rows = [roll_row(serial, **{column: text}) for serial, text in enumerate(texts, 1)]
    table = judged(office, *rows)
    assert (table.state, table.rows) == ("judged", len(texts))
    remarked = {row for row, _code, _column in told(table)}
    by_number = {row["student_number"]: row for row in rows}
    good = []
    for place, values in table.staged.filter(verdict="new").values_list("row", "values"):
        kept = json.loads(values)
        # Lines of a CSV are more than its rows where texts hold line breaks.
        if place not in remarked:
            good.append(by_number[kept["student_number"]])
    if good:
        written(office, *good)
    field = FIELDS.get(column, "unit")
    records = {record.number: getattr(record, field) for record in StudentRecord.objects.all()}
    if column not in ("status", "centre"):
        assert records == {row["student_number"]: row[column] for row in good}
    assert len(records) == len(good)
    return len(good)
