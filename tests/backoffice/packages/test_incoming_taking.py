"""Taking a package in: exactly what was shown, with all scans of a student or nothing of them."""

import zipfile
from datetime import timedelta

import pytest
from builders.incoming import brought_in, passing_students
from builders.office import ETHNICITY, Wish, again, drafted
from builders.passing_package import PassingPackage, change
from builders.uploads import stored_names
from django.core.files.base import File
from django.core.files.storage import storages
from django.utils import timezone

from backoffice.audit.models import AuditEntry
from backoffice.corrections.models import Case, CorrectionRequest
from backoffice.evidence.models import EvidenceFile
from backoffice.jobs.registry import find_kind, hourly_work
from backoffice.jobs.work import Cancelled, JobFailed
from backoffice.packages import incoming_files
from backoffice.packages.incoming_judging import judge_package
from backoffice.packages.incoming_mending import mend
from backoffice.packages.incoming_receiving import KEPT_FOR, drop_package, sweep_packages
from backoffice.packages.incoming_refusals import IncomingRefused
from backoffice.packages.incoming_taking import confirm, take_package
from backoffice.packages.models import IncomingPackage
from backoffice.packages.outgoing_keeping import sweep as sweep_sent
from backoffice.policies.models import PolicyInForce
from backoffice.roll.models import StudentRecord

pytestmark = pytest.mark.django_db

UNNAMED = {"rename": [["1335001209114张三/户口本.jpg", "1335001209114张三/扫描1.jpg"]]}


@pytest.fixture
def bring(office, tmp_path):
    """Return what writes a package with one change, and judges it."""
    passing_students(office.centre)

    def made(given=None, by=None):
        package = PassingPackage()
        change(package, given or {})
        folder = tmp_path / f"package-{IncomingPackage.objects.count()}"
        folder.mkdir()
        return brought_in(package, folder, office.branch, again(by or office.branch_clerk))

    return made


def verdicts(row):
    return list(row.students.values_list("verdict", flat=True))


def take(row, path, choice="all"):
    confirm(row.pk, row.digest, choice, by=again(row.account))
    return take_package(row, path)


def office_holds():
    return (
        Case.objects.count(),
        CorrectionRequest.objects.count(),
        EvidenceFile.objects.count(),
        len(stored_names()) > 0,
    )


NOTHING = (0, 0, 0, False)


def test_cases_requests_and_scans_stand_after_it(bring, office):
    row, path = bring()
    assert verdicts(row) == ["new", "new"]
    taken = take(row, path)

    assert (taken.state, taken.choice) == ("taken", "all")
    rows = CorrectionRequest.objects.order_by("record__number")
    assert list(rows.values_list("field", "new", "reason", "state", "case__handler")) == [
        ("name", "张叁", "change", "draft", office.branch_clerk.person_id),
        ("ethnicity", "回", "change", "draft", office.branch_clerk.person_id),
    ]
    files = EvidenceFile.objects.order_by("case__record__number", "kind")
    assert list(files.values_list("kind", "received_as")) == [
        ("household_register", "户口本.jpg"),
        ("id_card", "身份证.jpg"),
        ("id_card", "身份证.jpg"),
    ]
    entry = AuditEntry.objects.get(act="import")
    assert entry.ref == f"incomingpackage:{row.pk}"
    assert entry.facts == {"made": 2, "added": 0, "same": 0, "refused": 0, "choice": "all"}


def test_the_same_again_is_here_already(bring):
    take(*bring())
    before = office_holds()
    again_, _path = bring()

    assert verdicts(again_) == ["same", "same"]
    assert again_.errors == 0
    with pytest.raises(IncomingRefused, match="NOTHING"):
        confirm(again_.pk, again_.digest, "good", by=again(again_.account))
    assert office_holds() == before


def test_further_scans_of_the_same_are_added_to_my_draft(bring):
    take(*bring())
    more, path = bring({"add": {"1335001209222李四/身份证2.jpg": "scan id_card 3"}})

    assert verdicts(more) == ["same", "changed"]
    take(more, path)
    assert EvidenceFile.objects.count() == 4
    assert (Case.objects.count(), CorrectionRequest.objects.count()) == (2, 2)


def test_all_or_none_is_not_taken_with_an_error_in_it(bring):
    row, _path = bring(UNNAMED)

    assert verdicts(row) == ["refused", "new"]
    with pytest.raises(IncomingRefused, match="FAULTY"):
        confirm(row.pk, row.digest, "all", by=again(row.account))
    assert office_holds() == NOTHING


def test_good_ones_are_taken_and_the_others_stay_out(bring):
    row, path = bring(UNNAMED)
    take(row, path, "good")

    assert CorrectionRequest.objects.get().field == "ethnicity"
    assert list(row.students.values_list("became", flat=True)) == ["", "made"]
    assert AuditEntry.objects.get(act="import").facts["refused"] == 1


def test_what_was_mended_is_taken_as_mended(bring):
    row, path = bring(UNNAMED)
    mend(row.pk, shown=row.digest, kinds={"1335001209114张三/扫描1.jpg": "household_register"})
    row.refresh_from_db()
    assert row.state == "received"
    judge_package(row, path)
    take(row, path)

    kinds = EvidenceFile.objects.order_by("kind").values_list("kind", flat=True)
    assert list(kinds) == ["household_register", "id_card", "id_card"]


def test_students_of_another_unit_and_unknown_ones_are_told_alike(bring, office):
    StudentRecord.objects.filter(name="张三").update(unit=office.other_centre)
    StudentRecord.objects.filter(name="李四").delete()
    row, _path = bring()

    assert verdicts(row) == ["refused", "refused"]
    assert list(row.students.values_list("record", "unit")) == [(None, None)] * 2
    assert [text.count('"record-unknown"') for text in findings(row)] == [1, 1]


def findings(row):
    return row.students.values_list("findings", flat=True)


@pytest.mark.parametrize("choice", ["all", "good"])
@pytest.mark.parametrize("what", ["request", "policy", "scan"])
def test_what_changed_since_it_was_shown_is_not_written(bring, office, choice, what):
    row, path = bring()
    confirm(row.pk, row.digest, choice, by=again(row.account))
    if what == "request":
        record = row.students.first().record
        drafted(office, Wish("gender", "女", "change"), record=record)
    elif what == "policy":
        PolicyInForce.objects.create(unit=office.branch, policy="ouc-2021")
    else:
        tamper(path)
    before = Case.objects.count()

    if what == "request" and choice == "good":
        take_package(row, path)
        assert list(row.students.values_list("became", flat=True)) == ["not-taken", "made"]
        return
    with pytest.raises(IncomingRefused, match="OUTDATED"):
        take_package(row, path)
    row.refresh_from_db()
    assert (row.state, row.trouble) == ("received", "outdated")
    assert Case.objects.count() == before
    assert stored_names() == []


def tamper(path):
    with zipfile.ZipFile(path, "a") as archive:
        archive.writestr("1335001209222李四/身份证9.jpg", b"x")


def test_another_preview_than_was_shown_cannot_be_confirmed(bring, office):
    row, path = bring()
    shown = row.digest
    drafted(office, ETHNICITY, record=row.students.last().record, by=office.branch_clerk)
    judge_package(row, path)

    assert row.digest != shown
    with pytest.raises(IncomingRefused, match="CHANGED"):
        confirm(row.pk, shown, "good", by=again(row.account))


def test_whoever_may_only_check_takes_nothing_in(bring, office):
    row, _path = bring(by=office.registrar)

    assert verdicts(row) == ["new", "new"]
    with pytest.raises(IncomingRefused, match="NOT_PERMITTED"):
        confirm(row.pk, row.digest, "all", by=again(office.registrar))


def test_files_are_removed_again_where_the_transaction_fails(bring, monkeypatch):
    row, path = bring()
    confirm(row.pk, row.digest, "all", by=again(row.account))
    calls = []
    real = incoming_files.add_received

    def fails_at_the_third(*args, **kwargs):
        calls.append(args)
        if len(calls) == 3:
            raise OSError("the disk is full")
        return real(*args, **kwargs)

    monkeypatch.setattr(incoming_files, "add_received", fails_at_the_third)
    with pytest.raises(OSError, match="full"):
        take_package(row, path)
    assert office_holds() == NOTHING

    monkeypatch.undo()
    take_package(row, path)
    assert office_holds() == (2, 2, 3, True)


def test_what_was_cut_short_goes_on_where_it_stopped(bring, monkeypatch):
    row, path = bring()
    confirm(row.pk, row.digest, "good", by=again(row.account))

    def stop(done, _total):
        if done == 1:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        take_package(row, path, progress=stop)
    assert office_holds() == (1, 1, 2, True)
    take_package(row, path)
    assert office_holds() == (2, 2, 3, True)
    take_package(row, path)
    assert office_holds() == (2, 2, 3, True)
    assert AuditEntry.objects.filter(act="import").count() == 1


def test_a_package_is_dropped_when_nobody_has_gone_on_with_it_for_a_week(bring):
    row, _path = bring()
    now = timezone.now()
    assert sweep_packages(now + KEPT_FOR - timedelta(minutes=1)) == 0
    assert sweep_packages(now + KEPT_FOR + timedelta(minutes=1)) == 1
    row.refresh_from_db()
    assert (row.state, row.students.count()) == ("dropped", 0)


class Stopped:
    """Work that somebody stops once so many students are done."""

    def __init__(self, after):
        self.after = after

    def progress(self, done, _total, *, stage):
        if done == self.after:
            raise Cancelled

    def hold(self):
        return


def stored(row, path):
    """Keep the file of a package as an upload would."""
    with path.open("rb") as file:
        row.stored = storages["imports"].save("stopped.package", File(file))
    row.save()


@pytest.mark.parametrize(
    ("choice", "after", "state", "cases", "noted"),
    [("all", 1, "judged", 0, 0), ("good", 0, "judged", 0, 0), ("good", 1, "received", 1, 1)],
)
def test_what_is_stopped_can_be_confirmed_again_and_what_was_taken_is_noted(
    bring, choice, after, state, cases, noted
):
    row, path = bring()
    stored(row, path)
    confirm(row.pk, row.digest, choice, by=again(row.account))
    with pytest.raises(Cancelled):
        find_kind("package-take").run(Stopped(after), package=row.pk)
    row.refresh_from_db()

    assert row.state == state
    assert Case.objects.count() == cases
    assert AuditEntry.objects.filter(act="import").count() == noted
    judge_package(row, path)
    take(row, path, choice)
    assert Case.objects.count() == 2
    made = [each.facts["made"] for each in AuditEntry.objects.filter(act="import")]
    assert sum(made) == 2


def test_a_package_whose_file_is_gone_waits_for_nothing(bring):
    row, _path = bring()
    confirm(row.pk, row.digest, "all", by=again(row.account))
    with pytest.raises(JobFailed, match="gone"):
        find_kind("package-take").run(Stopped(None), package=row.pk)
    row.refresh_from_db()
    assert row.state == "received"

    drop_package(row)
    row.refresh_from_db()
    assert (row.state, row.students.count()) == ("dropped", 0)


def test_what_is_being_taken_in_is_not_dropped_and_swept_where_nobody_goes_on(bring):
    row, _path = bring()
    confirm(row.pk, row.digest, "all", by=again(row.account))
    with pytest.raises(IncomingRefused, match="STATE"):
        drop_package(row)
    row.refresh_from_db()
    assert (row.state, row.students.count()) == ("taking", 2)

    assert sweep_packages(timezone.now() + KEPT_FOR + timedelta(minutes=1)) == 1
    row.refresh_from_db()
    assert row.state == "dropped"


def test_files_that_nobody_needs_are_swept_by_the_worker():
    assert {sweep_packages, sweep_sent} <= set(hourly_work())
