"""Summary workbooks of a unit's day, written by command."""

import json
from datetime import timedelta

import openpyxl
import pytest
from builders.office import ETHNICITY, approved, filed, student, submitted
from django.core.management import CommandError, call_command
from django.utils import timezone

from backoffice.audit.models import AuditEntry
from backoffice.corrections.models import Case, CorrectionRequest

pytestmark = pytest.mark.django_db

TABLE = "附表2在籍生基本信息修改情况统计表.xlsx"
GRADUATES = "附表3毕业生基本信息修改情况统计表.xlsx"


def exported(capsys, folder, unit="350", **options):
    try:
        call_command("export_tables", unit=unit, output=folder, format="json", **options)
        status = 0
    except SystemExit as ended:
        status = ended.code
    return status, json.loads(capsys.readouterr().out)


def numbers(path):
    rows = openpyxl.load_workbook(path).active.iter_rows(values_only=True)
    return [row[3] for row in rows if row[0] and str(row[0]).isdigit()]


def test_what_stands_as_submitted_that_day_is_written_sorted(office, tmp_path, capsys):
    case = filed(office, ETHNICITY, record=student(office.centre, number="2535001299022"))
    CorrectionRequest.objects.filter(case=case).update(state="submitted")
    filed(office, ETHNICITY, record=student(office.centre, number="2535001299011"))
    approved(office, ETHNICITY, record=student(office.centre, number="2535001299033"))
    gone, back = submitted(office), submitted(office)
    CorrectionRequest.objects.filter(case=gone).update(state="withdrawn")
    CorrectionRequest.objects.filter(case=back).update(state="returned")

    status, told = exported(capsys, tmp_path)

    assert (status, told["counts"]) == (0, {"tables": 1, "lines": 3, "faults": 0})
    assert told["tables"] == [{"file": TABLE, "policy": "ouc-2016", "lines": 3, "written": True}]
    assert numbers(tmp_path / TABLE) == ["2535001299011", "2535001299022", "2535001299033"]
    entry = AuditEntry.objects.get(act="export")
    assert (entry.facts["kind"], entry.facts["lines"]) == ("summary-tables", 3)


def test_the_same_day_again_changes_no_file(office, tmp_path, capsys):
    submitted(office)
    exported(capsys, tmp_path)
    before = (tmp_path / TABLE).stat()

    status, told = exported(capsys, tmp_path)

    assert (status, told["tables"][0]["written"]) == (0, False)
    assert (tmp_path / TABLE).stat().st_mtime_ns == before.st_mtime_ns
    assert [each.name for each in tmp_path.iterdir()] == [TABLE]


def test_days_are_local_and_units_below_count(office, tmp_path, capsys):
    case = submitted(office)
    event = case.requests.get().events.get(event="submit")
    midnight = timezone.localtime().replace(hour=0, minute=0, second=0, microsecond=0)
    type(event).objects.filter(pk=event.pk).update(at=midnight - timedelta(microseconds=1))
    today, yesterday = midnight.date(), midnight.date() - timedelta(days=1)

    assert exported(capsys, tmp_path, on=today)[1]["counts"]["lines"] == 0
    assert exported(capsys, tmp_path, on=yesterday)[1]["counts"]["lines"] == 1
    assert exported(capsys, tmp_path, unit="35001", on=yesterday)[1]["counts"]["lines"] == 1
    assert exported(capsys, tmp_path, unit="360", on=yesterday)[1]["counts"]["lines"] == 0


def test_tables_of_two_policies_lie_in_folders_of_their_own(office, tmp_path, capsys):
    submitted(office)
    Case.objects.filter(pk=submitted(office).pk).update(policy="ouc-2021")

    exported(capsys, tmp_path)

    found = sorted(path.relative_to(tmp_path).as_posix() for path in tmp_path.rglob("*.xlsx"))
    assert [each.partition("/")[0] for each in found] == ["ouc-2016", "ouc-2021"]


def test_a_status_without_table_is_a_fault(office, tmp_path, capsys):
    CorrectionRequest.objects.filter(case=submitted(office)).update(status="withdrawn")

    status, told = exported(capsys, tmp_path)

    assert (status, told["counts"]) == (1, {"tables": 0, "lines": 0, "faults": 1})


def test_nothing_leaves_nothing(office, tmp_path, capsys):
    status, told = exported(capsys, tmp_path / "new")

    assert (status, told["tables"]) == (0, [])
    assert list((tmp_path / "new").iterdir()) == []


@pytest.mark.parametrize("wrong", ["unit", "folder"])
def test_a_wrong_call_ends_with_two_and_one_line(office, tmp_path, wrong):
    (tmp_path / "file").write_text("")
    options = {"unit": "350", "output": tmp_path}
    options |= {"unit": "nix"} if wrong == "unit" else {"output": tmp_path / "file"}

    with pytest.raises(CommandError) as fault:
        call_command("export_tables", **options)

    assert fault.value.returncode == 2


def test_what_breaks_off_leaves_the_old_file(office, tmp_path, capsys, monkeypatch):
    submitted(office)
    exported(capsys, tmp_path)
    old = (tmp_path / TABLE).read_bytes()
    submitted(office)
    monkeypatch.setattr("os.fsync", _full)

    with pytest.raises(CommandError):
        call_command("export_tables", unit="350", output=tmp_path)

    assert (tmp_path / TABLE).read_bytes() == old
    assert [each.name for each in tmp_path.iterdir()] == [TABLE]


def _full(_handle):
    raise OSError(28, "No space left on device")
