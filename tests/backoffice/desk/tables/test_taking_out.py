"""Taking lists out: what the list shows, masked unless asked, inert, and the same when back in."""

import csv
from io import StringIO

import pytest
from builders.desk_tables import bring_in, cells, counts, take_out
from builders.office import account, again, filed, student
from django.contrib import admin
from django.test import TestCase
from django.urls import reverse
from django.utils import timezone
from import_export.mixins import BaseImportExportMixin

from backoffice.audit.models import AuditEntry
from backoffice.jobs.models import Job
from backoffice.roll.models import StudentRecord
from backoffice.tables import taking_out
from backoffice.tables.exports import TableExport
from backoffice.tables.receiving import imports_storage
from backoffice.tables.subjects import resource_to_take_out
from correctionkit.packages.tables.cells import CellKind
from correctionkit.packages.tables.workbook import read_workbook
from correctionkit.policy.bounds import TableBounds

pytestmark = pytest.mark.django_db

ROLL = "/office/roll/studentrecord/take-out/"
REQUESTS = "/office/corrections/correctionrequest/take-out/"
NAUGHTY = ("=1+1", "+cmd|' /C calc'!A0", "-2+3", "@SUM(A1)", "\t=1", "'=1", "<r>x</r>", "_x0041_")


@pytest.fixture
def desk(client, office):
    """Return the browser of the registrar."""
    client.force_login(office.registrar)
    return client


class TestTheRoll:
    def test_numbers_are_masked_unless_whole_ones_are_asked_for(self, desk, office):
        record = student(office.centre)

        masked, whole = (
            cells(take_out(desk, ROLL, **asked)) for asked in ({}, {"whole_numbers": "on"})
        )

        place = masked[0].index("证件号码")
        assert masked[1][place] == record.masked_id_number
        assert whole[1][place] == record.id_number
        facts = [each.facts for each in AuditEntry.objects.filter(act="export")]
        assert [(each["kind"], each["rows"], each["whole"]) for each in facts] == [
            ("roll", 1, False), ("roll", 1, True)
        ]  # fmt: skip

    @pytest.mark.parametrize("form", ["xlsx", "csv"])
    def test_whole_it_comes_in_again_as_it_is(self, desk, office, form):
        student(office.centre)
        student(office.other_centre, number="", certificate_number="511618202506000001",
                status="graduated", name="阿依古丽·买买提", graduated_on="2025-01-31")  # fmt: skip
        student(office.branch, ethnicity="", id_number="", birth_date=None)

        content = take_out(desk, ROLL, form=form, whole_numbers="on")
        table = bring_in(desk, "roll", office.headquarters, content, f"学籍.{form}")

        assert counts(table) == (0, 0, 3, 0)

    def test_masked_numbers_never_overwrite(self, desk, office):
        record = student(office.centre)

        table = bring_in(desk, "roll", office.headquarters, take_out(desk, ROLL))

        assert counts(table) == (0, 0, 0, 1)
        shown = desk.get(reverse("tables:table", args=[table.pk])).content.decode()
        assert "星号" in shown
        assert StudentRecord.objects.get().id_number == record.id_number

    def test_filters_and_searches_of_the_list_hold(self, desk, office):
        student(office.centre, name="甲某", level="本科")
        student(office.centre, name="乙某", level="专科")

        names = [row[3] for row in cells(take_out(desk, f"{ROLL}?level=专科"))[1:]]
        found = desk.post("/office/roll/studentrecord/search/", {"text": "甲某"})
        token = found["Location"].partition("?")[2]
        searched = [row[3] for row in cells(take_out(desk, f"{ROLL}?{token}"))[1:]]

        assert (names, searched) == (["乙某"], ["甲某"])

    def test_filters_that_the_list_does_not_take_are_refused(self, desk, office):
        student(office.centre)

        for lookup in ("number__startswith=25", "status__exact=%00", "unit__path__startswith=0"):
            assert desk.get(f"{ROLL}?{lookup}").status_code in (200, 302, 400)

    def test_each_sees_and_takes_their_own_units_alone(self, client, office):
        student(office.centre, name="甲某")
        student(office.other_centre, name="乙某")
        client.force_login(office.clerk)

        assert [row[3] for row in cells(take_out(client, ROLL))[1:]] == ["甲某"]

    def test_who_may_not_take_out_is_refused(self, client, office):
        for who in (office.auditor, office.president, office.reviewer):
            client.force_login(again(who))
            assert client.get(ROLL).status_code == 403

    def test_an_empty_list_gives_nothing(self, desk, office):
        assert desk.post(ROLL, {"form": "xlsx"}).status_code == 200
        assert not TableExport.objects.exists()

    def test_an_unknown_kind_of_file_is_asked_again(self, desk, office):
        student(office.centre)

        assert desk.post(ROLL, {"form": "exe"}).status_code == 400

    @pytest.mark.parametrize("form", ["xlsx", "csv"])
    def test_nothing_that_goes_out_runs(self, desk, office, form):
        for text in NAUGHTY:
            student(office.centre, name=text, major=text)

        content = take_out(desk, ROLL, form=form)

        if form == "csv":
            rows = list(csv.DictReader(StringIO(content.decode("utf-8-sig"))))
            assert all(row["专业"][0] not in "=+-@\t" for row in rows)
        else:
            rows = (
                read_workbook(content, "学籍.xlsx", TableBounds(1_000, 100, 2_000)).sheets[0].rows
            )
            place = rows[0].texts.index("专业")
            written = [row.cell(place) for row in rows[1:]]
            assert [cell.text for cell in written] == list(NAUGHTY)
            assert {cell.kind for cell in written} == {CellKind.TEXT}


class TestLongTables:
    def test_they_are_written_by_a_job_and_kept_for_whoever_asked(
        self, desk, office, client, monkeypatch
    ):
        monkeypatch.setattr("backoffice.desk.tables.taking_out.MOST_AT_ONCE", 1)
        monkeypatch.setattr("backoffice.tables.resources.EXPORTED_AT_ONCE", 2)
        for _ in range(5):
            student(office.centre)

        with TestCase.captureOnCommitCallbacks(execute=True):
            assert desk.post(ROLL, {"form": "xlsx"}).status_code == 302
        export = TableExport.objects.get()
        assert Job.objects.get().outcome == {"rows": 5}
        assert desk.get(reverse("tables:exported", args=[export.pk])).status_code == 200
        file = desk.get(reverse("tables:exported_file", args=[export.pk]))
        assert len(cells(b"".join(file.streaming_content))) == 6
        assert "no-store" in file["Cache-Control"]

        client.force_login(again(office.clerk))
        for name in ("exported", "exported_file"):
            assert client.get(reverse(f"tables:{name}", args=[export.pk])).status_code == 404

    def test_they_are_forgotten_after_a_day(self, desk, office):
        student(office.centre)
        take_out(desk, ROLL)
        stored = TableExport.objects.get().stored

        soon = timezone.now() + taking_out.KEPT
        assert taking_out.sweep_exports(soon - taking_out.KEPT / 2) == 0
        assert taking_out.sweep_exports(soon + taking_out.KEPT) == 1
        assert not imports_storage().exists(stored)
        assert not TableExport.objects.exists()

    def test_written_twice_is_written_once(self, office):
        student(office.centre)
        keys = list(StudentRecord.objects.values_list("pk", flat=True))
        export = taking_out.ask_export("roll", keys, by=office.registrar)

        first = taking_out.write_export(export).stored

        assert taking_out.write_export(export).stored == first
        assert AuditEntry.objects.filter(act="export").count() == 1


class TestRequests:
    def test_values_of_numbers_are_masked(self, desk, office):
        case = filed(office)
        heading, row = cells(take_out(desk, REQUESTS))

        assert dict(zip(heading, row, strict=True)) == {
            "案件": case.reference,
            "申报单位": "示例学习中心",
            "学号/注册证号": case.record.number,
            "姓名": "张三",
            "修改内容": "民族",
            "修改前": "汉族",
            "修改后": "回族",
            "修改原因": "信息变更",
            "状态": case.requests.get().get_state_display(),
            "自": timezone.localdate().isoformat(),
        }


class TestScope:
    @pytest.mark.parametrize("subject", ["roll", "units", "requests", "decisions", "outstanding"])
    def test_the_librarys_own_ways_reach_no_other_branch(self, office, subject):
        mine, theirs = student(office.centre), student(office.other_centre)
        filed(office, record=mine)
        role = {"decisions": "reviewer"}.get(subject, "registrar")
        by = account(role, office.branch)
        resource, _unit = resource_to_take_out(subject, by)
        model = resource._meta.model

        everything = model._default_manager.all()
        taken = resource.export(queryset=everything).csv

        assert theirs.number not in taken
        assert "另一" not in taken
        assert list(resource.export_rows([theirs.pk + 10_000])) == []
        elsewhere = office.other_centre.pk if subject == "units" else theirs.pk
        assert not any("另一" in cell for row in resource.export_rows([elsewhere]) for cell in row)
        for way in (resource.import_data, resource.import_row):
            with pytest.raises(NotImplementedError):
                way(None, None)

    def test_a_right_that_is_gone_ends_it(self, office):
        student(office.centre)
        keys = list(StudentRecord.objects.values_list("pk", flat=True))
        export = taking_out.ask_export("roll", keys, by=office.registrar)
        office.registrar.person.memberships.all().delete()
        export.account = again(office.registrar)

        with pytest.raises(taking_out.NothingToTakeOut):
            taking_out.write_export(export)


def test_no_page_of_the_librarys_own_is_there(settings):
    assert not [
        each for each in admin.site._registry.values() if isinstance(each, BaseImportExportMixin)
    ]
    assert "import_export" not in settings.INSTALLED_APPS
    assert settings.IMPORT_EXPORT_FORMATS == []
