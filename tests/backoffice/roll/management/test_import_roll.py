"""import_roll: who for, what is said, and how it ends."""

import json

import pytest
from builders.office import account
from builders.rolls import roll_csv, roll_row
from django.core.management import CommandError, call_command
from openpyxl import load_workbook

from backoffice.audit.models import AuditEntry
from backoffice.roll.models import StudentRecord
from backoffice.tables.models import StagedRow, TableImport
from backoffice.units.models import Account


@pytest.fixture
def roll(tmp_path):
    """Return what writes a table of rows, and its path."""

    def write(*rows, content=None):
        path = tmp_path / "roll.csv"
        path.write_bytes(roll_csv(*rows) if content is None else content)
        return path

    return write


def run(capsys, path, *options, ends=0):
    """Run the command and return what it says; it must end with that status."""
    if ends:
        with pytest.raises(SystemExit) as ended:
            call_command("import_roll", str(path), "--lang", "en", *options)
        assert ended.value.code == ends
    else:
        call_command("import_roll", str(path), "--lang", "en", *options)
    return capsys.readouterr().out


def refused(path, *options):
    with pytest.raises(CommandError) as wrong:
        call_command("import_roll", str(path), "--lang", "en", *options)
    assert wrong.value.returncode == 2
    assert "\n" not in str(wrong.value)
    return str(wrong.value)


def test_a_roll_comes_in_and_again_changes_nothing(office, roll, capsys):
    path = roll(roll_row(1), roll_row(2))
    assert "2 rows were written." in run(capsys, path)
    before = list(StudentRecord.objects.order_by("pk").values())
    assert "Nothing changed" in run(capsys, path)
    assert list(StudentRecord.objects.order_by("pk").values()) == before
    assert AuditEntry.objects.filter(act="record-import").count() == 1
    assert sorted(TableImport.objects.values_list("state", flat=True)) == ["dropped", "written"]


def test_doubtful_values_come_in_as_they_stand_where_that_is_asked_for(office, roll, capsys):
    wrong = roll_row(2)["id_number"][:-1] + "0"
    path = roll(roll_row(1, name="李?", gender="女"), roll_row(2, id_number=wrong))
    assert "Nothing was written." in run(capsys, path, ends=1)
    said = run(capsys, path, "--as-it-stands")
    assert "2 rows were written." in said
    assert said.count("a correction request can set it right") == 3
    records = StudentRecord.objects.order_by("number")
    assert list(records.values_list("name", "gender", "id_number")) == [
        ("李?", "女", roll_row(1)["id_number"]),
        ("李四", "男", wrong),
    ]


def test_what_was_damaged_on_the_way_stays_out_all_the_same(office, roll, capsys):
    path = roll(roll_row(1, id_number=roll_row(1)["id_number"][:-1]))
    assert "Nothing was written." in run(capsys, path, "--as-it-stands", ends=1)


def test_one_bad_row_keeps_all_out(office, roll, capsys):
    said = run(capsys, roll(roll_row(1), roll_row(2, name="李?")), ends=1)
    assert "Nothing was written." in said
    assert "row 3" in said
    assert not StudentRecord.objects.exists()
    assert not StagedRow.objects.exists()


def test_good_rows_are_written_and_the_others_returned(office, roll, capsys):
    path = roll(roll_row(1), roll_row(2, name="李?"))
    said = run(capsys, path, "--good-rows", ends=1)
    beside = path.with_name("roll-refused.xlsx")
    assert str(beside) in said
    assert "1 row was written." in said
    assert StudentRecord.objects.count() == 1
    sheet = load_workbook(beside).worksheets[0]
    assert [row[0] for row in sheet.iter_rows(values_only=True)] == ["学号", "2535001200002"]
    # What is there is never written over unasked.
    run(capsys, roll(roll_row(3), roll_row(2, name="李?")), "--good-rows", ends=1)
    assert path.with_name("roll-refused-2.xlsx").exists()


def test_a_dry_run_writes_nothing(office, roll, capsys, tmp_path):
    path = roll(roll_row(1), roll_row(2, name="李?"))
    target = tmp_path / "back.xlsx"
    said = run(capsys, path, "--dry-run", "--good-rows", "--returned", str(target), ends=1)
    assert "New 1, changed 0, as they are 0, refused 1." in said
    assert target.exists()
    assert not StudentRecord.objects.exists()
    assert not AuditEntry.objects.filter(act="record-import").exists()


def test_the_report_for_programs_has_the_public_shape(office, roll, capsys):
    number = roll_row(1)["id_number"]
    path = roll(roll_row(1, gender="女"), roll_row(2, name="李 四"))
    report = json.loads(run(capsys, path, "--format", "json", ends=1))
    assert list(report) == [
        *("schema", "policy", "overlays", "on", "package", "counts", "import", "findings"),
    ]
    assert (report["schema"], report["policy"], report["package"]) == (
        "correctionkit/report/1",
        "ouc-2016",
        "roll.csv",
    )
    assert report["import"] == {
        "new": 1,
        "changed": 0,
        "same": 0,
        "refused": 1,
        "written": False,
        "returned": None,
    }
    assert [(each["code"], each["row"], each["path"]) for each in report["findings"]] == [
        ("id-disagrees", 2, None),
        ("cell-normalised", 3, None),
    ]
    assert number not in json.dumps(report)


def test_a_file_that_is_no_table_of_the_roll_ends_with_two(office, roll, capsys):
    assert "学号" in run(capsys, roll(content=b"a,b\n1,2\n"), ends=2)
    assert "[error]" in run(capsys, roll(content=b"PK\x03\x04"), "--good-rows", ends=2)


class TestWrongCalls:
    """One clear line, and status 2."""

    def test_a_file_that_is_not_there(self, office, tmp_path):
        assert "no.csv" in refused(tmp_path / "no.csv")

    def test_an_unknown_unit_or_account(self, office, roll):
        assert "999" in refused(roll(roll_row(1)), "--unit", "999")
        assert "nobody" in refused(roll(roll_row(1)), "--by", "nobody")

    def test_an_account_without_the_right(self, office, roll):
        assert refused(roll(roll_row(1)), "--by", "clerk")

    def test_nobody_is_a_registrar(self, office, roll):
        Account.objects.filter(username="registrar").update(is_active=False)
        assert "示例总部" in refused(roll(roll_row(1)))


def test_of_several_registrars_the_first_is_taken_and_told_or_whom_the_call_names(
    office, roll, capsys
):
    account("registrar", office.headquarters, username="second")
    account("registrar", office.centre, username="a-centre-s-own")
    call_command("import_roll", str(roll(roll_row(1))), "--lang", "en")
    assert "As registrar:" in capsys.readouterr().err
    call_command("import_roll", str(roll(roll_row(2))), "--lang", "en", "--by", "second")
    assert capsys.readouterr().err == ""
    names = TableImport.objects.order_by("pk").values_list("account__username", flat=True)
    assert list(names) == ["registrar", "second"]


def test_a_unit_brings_in_its_own(office, roll, capsys):
    path = roll(roll_row(1, centre="", branch=""))
    run(capsys, path, "--unit", "35001")
    assert StudentRecord.objects.get().unit == office.centre


def test_what_changed_while_it_ran_is_compared_anew(office, roll, capsys, monkeypatch):
    from backoffice.tables import commands

    run(capsys, roll(roll_row(1)))
    confirm, late = commands.confirm, []

    def confirm_late(*args, **wanted):
        if not late:
            late.append(StudentRecord.objects.update(version=7))
        return confirm(*args, **wanted)

    monkeypatch.setattr(commands, "confirm", confirm_late)
    assert "1 row was written." in run(capsys, roll(roll_row(1, major="会计学")))
    assert StudentRecord.objects.get().version == 8
