"""The command that takes a summary table in: exit status, report, who does it."""

import json

import pytest
from builders.office import student
from builders.summary_rows import csv_of, line
from django.core.management import CommandError, call_command

from backoffice.audit.models import AuditEntry
from backoffice.corrections.models import Case, CorrectionRequest

pytestmark = pytest.mark.django_db


@pytest.fixture
def file(tmp_path):
    """Return what writes lines as a table."""

    def write(*lines):
        path = tmp_path / "附表2.csv"
        path.write_bytes(csv_of(lines))
        return path

    return write


def run(capsys, *words):
    try:
        call_command("import_requests", *map(str, words), "--format", "json", "--lang", "en")
        status = 0
    except SystemExit as end:
        status = end.code
    report = json.loads(capsys.readouterr().out)
    office = report["office"]
    return status, tuple(office[name] for name in ("new", "added", "same", "refused")), report


def test_requests_become_drafts_once(capsys, office, file):
    path = file(*(line(student(office.centre)) for _ in range(3)))
    words = [path, "--unit", "35001", "--by", "clerk"]

    assert run(capsys, *words, "--dry-run")[:2] == (0, (3, 0, 0, 0))
    assert Case.objects.count() == 0
    assert run(capsys, *words)[:2] == (0, (3, 0, 0, 0))
    assert run(capsys, *words)[:2] == (0, (0, 0, 3, 0))
    assert CorrectionRequest.objects.filter(state="draft").count() == 3
    assert AuditEntry.objects.filter(act="import").count() == 1


def test_without_a_unit_each_students_own_files_it_by_the_nearest_clerk(capsys, office, file):
    ours, theirs = student(office.centre), student(office.other_centre)
    status, counts, _report = run(capsys, file(line(ours), line(theirs)))

    assert (status, counts) == (0, (2, 0, 0, 0))
    assert set(Case.objects.values_list("record", "unit", "handler")) == {
        (ours.pk, office.centre.pk, office.clerk.person_id),
        (theirs.pk, office.other_centre.pk, office.other_clerk.person_id),
    }


def test_one_error_keeps_all_out_unless_good_rows_are_asked_for(capsys, office, file):
    good, bad = student(office.centre), student(office.centre)
    path = file(line(good), line(bad, 更正后="火星族"))
    words = [path, "--unit", "350"]

    assert run(capsys, *words)[:2] == (1, (1, 0, 0, 1))
    assert Case.objects.count() == 0
    status, counts, report = run(capsys, *words, "--good-rows")
    assert (status, counts) == (1, (1, 0, 0, 1))
    assert [(each["code"], each["row"]) for each in report["findings"]] == [("value-unknown", 3)]
    assert Case.objects.get().record == good


def test_students_of_another_unit_are_unknown(capsys, office, file):
    path = file(line(student(office.other_centre)))
    status, counts, report = run(capsys, path, "--unit", "350")

    assert (status, counts) == (1, (0, 0, 0, 1))
    assert [each["code"] for each in report["findings"]] == ["record-unknown"]


def test_what_is_no_table_ends_with_two_and_its_finding(capsys, office, tmp_path):
    path = tmp_path / "附表2.xlsx"
    path.write_bytes(b"PK\x03\x04 no workbook")
    status, _counts, report = run(capsys, path, "--unit", "350")

    assert status == 2
    assert [each["code"] for each in report["findings"]] == ["table-unreadable"]


def test_a_wrong_call_ends_with_two(office, file, tmp_path):
    path = file(line(student(office.centre)))
    for words in ([str(tmp_path / "no.csv")], [str(path), "--unit", "000"]):
        with pytest.raises(CommandError) as ended:
            call_command("import_requests", *words)
        assert ended.value.returncode == 2
