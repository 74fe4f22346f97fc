"""The command that takes a package in: exit status, report, who does it."""

import json

import openpyxl
import pytest
from builders.incoming import passing_students
from builders.passing_package import PassingPackage, change
from django.core.management import CommandError, call_command

from backoffice.corrections.models import Case
from backoffice.evidence.models import EvidenceFile
from backoffice.packages.models import IncomingPackage
from backoffice.units.models import Account

pytestmark = pytest.mark.django_db

UNNAMED = {"rename": [["1335001209114张三/户口本.jpg", "1335001209114张三/扫描1.jpg"]]}


@pytest.fixture
def package(office, tmp_path):
    """Return what writes the package that passes, as folder or ZIP, with one change."""
    passing_students(office.centre)

    def write(given=None, *, zipped=False):
        made = PassingPackage()
        change(made, given or {})
        folder = tmp_path / f"package-{len(list(tmp_path.iterdir()))}"
        return made.write_zip(folder_of(folder)) if zipped else made.write(folder)

    return write


def folder_of(path):
    path.mkdir()
    return path


def run(capsys, *words):
    """Return exit status and JSON report of a call."""
    try:
        call_command("import_package", *map(str, words), "--format", "json", "--lang", "en")
        status = 0
    except SystemExit as end:
        status = end.code
    return status, json.loads(capsys.readouterr().out)


def office_of(report):
    return {name: report["office"][name] for name in ("taken", "new", "added", "same", "refused")}


@pytest.mark.parametrize("zipped", [False, True])
def test_a_sound_package_is_taken_in_once(capsys, office, package, zipped):
    path = package(zipped=zipped)
    first = run(capsys, path, "--unit", "350")
    second = run(capsys, path, "--unit", "350")

    assert first[1]["schema"] == "correctionkit/report/1"
    assert (first[0], office_of(first[1])) == (
        0, {"taken": True, "new": 2, "added": 0, "same": 0, "refused": 0},
    )  # fmt: skip
    assert (second[0], office_of(second[1])) == (
        0, {"taken": False, "new": 0, "added": 0, "same": 2, "refused": 0},
    )  # fmt: skip
    assert (Case.objects.count(), EvidenceFile.objects.count()) == (2, 3)
    assert set(Case.objects.values_list("handler", flat=True)) == {office.branch_clerk.person_id}


def test_a_dry_run_writes_nothing(capsys, package):
    status, report = run(capsys, package(), "--unit", "350", "--dry-run")

    assert (status, office_of(report)["new"]) == (0, 2)
    assert (Case.objects.count(), IncomingPackage.objects.count()) == (0, 0)


def test_one_error_keeps_all_out_unless_good_rows_are_asked_for(capsys, package):
    path = package(UNNAMED)
    status, report = run(capsys, path, "--unit", "350")
    assert (status, office_of(report)["taken"], Case.objects.count()) == (1, False, 0)

    status, report = run(capsys, path, "--unit", "350", "--good-rows")
    assert (status, office_of(report)) == (
        1, {"taken": True, "new": 1, "added": 0, "same": 0, "refused": 1},
    )  # fmt: skip
    assert Case.objects.count() == 1


def test_what_is_no_package_ends_with_two_and_its_finding(capsys, tmp_path, office):
    path = tmp_path / "x.zip"
    path.write_bytes(b"no archive")
    status, report = run(capsys, path, "--unit", "350")

    assert status == 2
    assert [each["code"] for each in report["findings"]] == ["package-unreadable"]


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--unit", "999"], "no unit"),
        (["--unit", "000"], "Nobody"),
        (["--unit", "350", "--by", "nobody"], "no account"),
        (["--unit", "350", "--by", "head"], "may not"),
        (["--unit", "360", "--by", "clerk"], "may not"),
        (["--unit", "350", "--report", "x.pdf"], "--report"),
    ],
)
def test_a_wrong_call_ends_with_two_and_one_line(package, words, said):
    with pytest.raises(CommandError, match=said) as ended:
        call_command("import_package", str(package()), *words, "--lang", "en")

    assert ended.value.returncode == 2
    assert "\n" not in str(ended.value)
    assert not IncomingPackage.objects.exists()


def test_a_path_that_is_not_there_ends_with_two(office, tmp_path):
    with pytest.raises(CommandError, match="not there") as ended:
        call_command("import_package", str(tmp_path / "no"), "--unit", "350", "--lang", "en")
    assert ended.value.returncode == 2


def test_the_text_report_is_in_the_language_asked_for(capsys, package):
    call_command("import_package", str(package()), "--unit", "350", "--lang", "en")
    assert "New cases: 2" in capsys.readouterr().out


def test_the_report_gives_rows_beside_reasons(capsys, package, tmp_path):
    target = tmp_path / "back.xlsx"
    run(capsys, package(UNNAMED), "--unit", "350", "--report", target)

    sheet = openpyxl.load_workbook(target).worksheets[0]
    assert any("1335001209114" in str(cell.value) for row in sheet.iter_rows() for cell in row)


@pytest.mark.parametrize(
    ("closed", "taken_by"),
    [((), "clerk"), (("clerk",), "colleague"), (("clerk", "colleague"), "branch-clerk")],
)
def test_where_nobody_is_named_the_first_of_the_nearest_unit_does_it_and_it_is_said(
    capsys, package, office, closed, taken_by
):
    Account.objects.filter(username__in=closed).update(is_active=False)
    call_command("import_package", str(package()), "--unit", "35001", "--lang", "en")

    account = Account.objects.get(username=taken_by)
    assert set(Case.objects.values_list("handler", flat=True)) == {account.person_id}
    assert f"As {taken_by}: " in capsys.readouterr().err


def test_whoever_is_named_is_not_told_again(capsys, package):
    call_command("import_package", str(package()), "--unit", "350", "--by", "branch-clerk")
    assert capsys.readouterr().err == ""


@pytest.mark.parametrize("given", [UNNAMED, {}])
def test_what_is_not_taken_in_leaves_nothing_for_pages_to_go_on_with(capsys, package, given):
    run(capsys, package(), "--unit", "350")
    run(capsys, package(given), "--unit", "350")

    assert [each.state for each in IncomingPackage.objects.all()] == ["taken"]
