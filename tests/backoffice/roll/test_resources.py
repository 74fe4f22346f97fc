"""The roll by tables: what comes in, what stays as it is, what is refused, and what goes out."""

from datetime import date

import pytest
from builders.office import (
    account,
    again,
    drafted,
    identity_number,
    student,
    unit,
)
from builders.rolls import HEADINGS, counts, judged, only, roll_row, told, written
from django.contrib.auth.models import Group
from django.db import connection
from django.test.utils import CaptureQueriesContext

from backoffice.audit.models import AuditEntry
from backoffice.kept_findings import from_json
from backoffice.policies.shelf import policy_of
from backoffice.roll.models import FormerName, StudentRecord, ValueChange, digest_of_identity
from backoffice.roll.resources import StudentRecordResource
from backoffice.tables.confirming import confirm
from backoffice.tables.models import StagedRow
from backoffice.tables.receiving import TableRefusal, TableRefused
from backoffice.units.models import Unit

NUMBER = "2535001200001"


def row_of(record, **changes):
    """Return what brings in a change of a record: its number and the new values."""
    return {"student_number": record.number} | changes


def test_a_new_student_stands_in_the_roll_as_the_row_says(office):
    table = written(office, roll_row())
    assert counts(table) == (1, 0, 0, 0)
    assert told(table) == []
    record = StudentRecord.objects.get()
    assert record.unit == office.centre
    shown = {
        field: getattr(record, field)
        for field in ("number", "status", "name", "gender", "birth_date", "document_kind")
    }
    assert shown == {
        "number": NUMBER,
        "status": "enrolled",
        "name": "李四",
        "gender": "男",
        "birth_date": date(1994, 8, 23),
        "document_kind": "1",
    }
    assert (record.version, record.enrolled_on, record.graduated_on) == (1, date(2025, 9, 1), None)
    assert record.id_digest == digest_of_identity(identity_number(1))
    assert not ValueChange.objects.exists()


def test_the_trail_says_who_brought_in_how_much_and_no_value(office):
    table = written(office, roll_row(1), roll_row(2))
    entry = AuditEntry.objects.get(act="record-import")
    assert (entry.ref, entry.digest, entry.account_id) == (
        f"tableimport:{table.pk}",
        table.digest,
        office.registrar.pk,
    )
    assert {name: entry.facts[name] for name in ("new", "changed", "same", "refused")} == {
        "new": 2,
        "changed": 0,
        "same": 0,
        "refused": 0,
    }


def test_the_same_table_again_changes_nothing(office):
    written(office, roll_row(1), roll_row(2))
    before = list(StudentRecord.objects.order_by("pk").values())
    table = judged(office, roll_row(1), roll_row(2))
    assert counts(table) == (0, 0, 2, 0)
    assert list(StudentRecord.objects.order_by("pk").values()) == before


def test_a_change_is_written_with_its_history(office):
    record = student(office.centre, number=NUMBER)
    written(office, row_of(record, name="张叁", major="会计学", status="新生"))
    record.refresh_from_db()
    assert (record.name, record.major, record.status, record.version) == (
        "张叁", "会计学", "new", 2
    )  # fmt: skip
    kept = ValueChange.objects.order_by("field").values_list("field", "old", "new", "cause")
    assert list(kept) == [
        ("major", "法学", "会计学", "import"),
        ("name", "张三", "张叁", "import"),
        ("status", "enrolled", "new", "import"),
    ]
    assert FormerName.objects.get().name == "张三"
    assert FormerName.objects.get().change.field == "name"
    assert set(ValueChange.objects.values_list("account", flat=True)) == {office.registrar.pk}


def test_many_names_change_at_once_each_with_its_own_history(office):
    records = [student(office.centre, name=f"张{sign}") for sign in "一二三四五"]
    written(office, *(row_of(each, name=f"李{each.name[1]}") for each in records))
    assert {each.record.name: each.name for each in FormerName.objects.all()} == {
        f"李{sign}": f"张{sign}" for sign in "一二三四五"
    }
    assert all(each.change.record_id == each.record_id for each in FormerName.objects.all())


def test_a_new_identity_number_is_found_by(office):
    record = student(office.centre)
    number = identity_number(4711)
    written(office, row_of(record, id_number=number))
    assert StudentRecord.objects.with_identity(digest_of_identity(number)).get() == record


def test_an_empty_cell_erases_nothing(office):
    record = student(office.centre, number=NUMBER)
    empty = dict.fromkeys(HEADINGS, "") | {"student_number": NUMBER, "name": "张三"}
    table = judged(office, empty)
    assert counts(table) == (0, 0, 1, 0)
    assert record.major == StudentRecord.objects.get().major


def test_another_spelling_of_a_word_is_no_change(office):
    record = student(office.centre, ethnicity="汉")
    assert counts(judged(office, row_of(record, ethnicity="汉族", gender="男"))) == (0, 0, 1, 0)
    # Completed is not broken off: of education each word counts.
    assert counts(judged(office, row_of(record, entry_education="高中"))) == (0, 1, 0, 0)


def test_an_old_number_is_no_change_of_the_new_one_but_the_new_one_of_an_old_one(office):
    record = student(office.centre)
    old = record.id_number[:6] + record.id_number[8:17]
    assert counts(judged(office, row_of(record, id_number=old))) == (0, 0, 1, 0)
    written(office, row_of(record, id_number=identity_number(4712)))
    other = student(office.centre, id_number=old)
    assert counts(judged(office, row_of(other, id_number=record.id_number))) == (0, 1, 0, 0)


def test_a_graduate_is_known_by_the_certificate_number(office):
    certificate = "511618201705981300"
    record = student(office.centre, number="", certificate_number=certificate, status="graduated")
    written(office, {"certificate_number": certificate, "level": "专科"})
    record.refresh_from_db()
    assert record.level == "专科"


def test_a_known_student_may_get_the_other_number(office):
    record = student(office.centre, number=NUMBER)
    written(office, row_of(record, certificate_number="511618201705981300", status="毕业生"))
    record.refresh_from_db()
    assert (record.certificate_number, record.status) == ("511618201705981300", "graduated")


def test_two_numbers_of_two_records_are_refused_naming_both(office):
    certificate = "511618201705981300"
    student(office.centre, number=NUMBER)
    student(office.centre, number="", certificate_number=certificate, status="graduated")
    table = judged(office, {"student_number": NUMBER, "certificate_number": certificate})
    (row,) = StagedRow.objects.filter(table=table)
    (found,) = from_json(row.findings)
    assert (found.code, found.params["number"], found.params["certificate"]) == (
        "row-two-records",
        NUMBER,
        certificate,
    )


def test_two_rows_that_name_one_record_by_two_numbers_are_both_refused(office):
    certificate = "511618201705981300"
    student(office.centre, number=NUMBER, certificate_number=certificate, status="graduated")
    table = judged(
        office,
        {"student_number": NUMBER, "certificate_number": "", "major": "会计学"},
        {"student_number": "", "certificate_number": certificate, "major": "行政管理"},
    )
    assert counts(table) == (0, 0, 0, 2)
    assert [(row, code) for row, code, _column in told(table)] == [
        (2, "row-repeated"),
        (3, "row-repeated"),
    ]


@pytest.mark.parametrize(
    ("changes", "column"),
    [
        ({"name": ""}, "姓名"),
        ({"status": ""}, "学籍状态"),
        ({"status": "毕业生"}, "注册证号"),
        ({"student_number": ""}, "学号"),
        ({"centre": "", "branch": ""}, "学习中心"),
    ],
    ids=["name", "status", "certificate", "number", "unit"],
)
def test_a_new_student_needs_a_name_a_status_a_number_and_a_unit(office, changes, column):
    table = judged(office, roll_row(**changes))
    assert told(table) == [(2, "value-unknown", column)]
    assert counts(table) == (0, 0, 0, 1)


def test_a_value_that_contradicts_what_the_record_has_is_refused(office):
    record = student(office.centre)
    for change in ({"gender": "女"}, {"birth_date": "1994-08-24"}):
        table = judged(office, row_of(record, **change))
        assert told(table) == [(2, "id-disagrees", "id_number")]
    assert counts(judged(office, row_of(record, status="毕业生"))) == (0, 0, 0, 1)


def test_a_number_that_another_record_has_is_told_and_taken(office):
    first = student(office.centre, number="2535001209999")
    table = judged(
        office,
        roll_row(1, id_number=first.id_number),
        roll_row(2, id_number=first.id_number),
    )
    assert counts(table) == (2, 0, 0, 0)
    assert [code for _row, code, _column in told(table)] == [
        "row-number-shared",
        "row-number-shared",
        "row-number-shared",
    ]
    texts = "".join(StagedRow.objects.values_list("findings", flat=True))
    assert "2535001209999" in texts
    assert first.id_number not in texts


def test_an_open_request_for_a_value_that_changes_is_named(office):
    case = drafted(office)
    table = judged(office, row_of(case.record, ethnicity="满族", major="会计学"))
    (row,) = table.staged.all()
    (found,) = from_json(row.findings)
    assert (found.code, found.location.column, found.params["request"]) == (
        "row-request-open",
        "民族",
        case.reference,
    )
    assert counts(table) == (0, 1, 0, 0)


class TestUnits:
    """Which unit a student goes to, and what is out of reach."""

    def test_a_unit_is_known_by_name_or_code(self, office):
        for serial, named in enumerate(("示例学习中心", "35001", " 示例学习中心 "), 1):
            written(office, roll_row(serial, centre=named, branch=""))
        assert {each.unit for each in StudentRecord.objects.all()} == {office.centre}

    def test_a_branch_takes_students_of_its_own(self, office):
        written(office, roll_row(centre=""))
        assert StudentRecord.objects.get().unit == office.branch

    def test_a_name_that_two_centres_have_is_told_apart_by_the_branch(self, office):
        unit("36009", "centre", office.other_branch, name="示例学习中心")
        assert told(judged(office, roll_row(branch=""))) == [(2, "value-unknown", "学习中心")]
        written(office, roll_row())
        assert StudentRecord.objects.get().unit == office.centre

    def test_an_unknown_unit_names_the_near_one(self, office):
        table = judged(office, roll_row(centre="示例学习中"))
        (found,) = from_json(table.staged.get().findings)
        assert (found.params["fault"], found.params["suggestion"]) == ("looks-like", "示例学习中心")

    def test_a_centre_of_another_branch_is_refused(self, office):
        assert told(judged(office, roll_row(centre="另一学习中心"))) == [
            (2, "value-unknown", "分部")
        ]

    def test_a_unit_that_is_out_of_reach_is_no_other_than_one_that_is_none(self, office):
        registrar = account("registrar", office.branch)
        found = []
        for named in ("另一学习中心", "没有的学习中心"):
            table = judged(
                office, roll_row(centre=named, branch=""), by=registrar, unit=office.branch
            )
            (each,) = from_json(table.staged.get().findings)
            found.append((each.code, each.params["fault"], each.params.get("suggestion")))
        assert found[0][:2] == found[1][:2]
        assert "另一" not in str(found)

    def test_the_table_of_a_centre_needs_no_unit_and_may_name_the_branch_above(self, office):
        registrar = account("registrar", office.centre)
        columns = ("student_number", "status", "name")
        written(office, only(*columns, **roll_row(1)), by=registrar, unit=office.centre)
        columns = (*columns, "branch")
        written(office, only(*columns, **roll_row(2)), by=registrar, unit=office.centre)
        assert {each.unit for each in StudentRecord.objects.all()} == {office.centre}

    def test_a_student_of_another_unit_is_out_of_reach(self, office):
        other = student(office.other_centre)
        registrar = account("registrar", office.branch)
        table = judged(
            office,
            roll_row(student_number=other.number),
            by=registrar,
            unit=office.branch,
        )
        (found,) = from_json(table.staged.get().findings)
        assert (found.code, dict(found.params)) == (
            "row-out-of-reach",
            {"column": "学号", "value": other.number},
        )

    def test_a_student_goes_to_another_unit(self, office):
        record = student(office.centre)
        written(office, row_of(record, centre="另一学习中心"))
        record.refresh_from_db()
        assert record.unit == office.other_centre
        change = ValueChange.objects.get()
        assert (change.field, change.old, change.new) == ("unit", "示例学习中心", "另一学习中心")

    def test_closed_or_gone_units_are_not_written_to(self, office):
        table = judged(office, roll_row())
        Unit.objects.filter(pk=office.centre.pk).update(code="35002", path="000/350/35002/")
        with pytest.raises(TableRefused) as refused:
            confirm(table.pk, digest=table.digest, choice="all", by=again(office.registrar))
        assert refused.value.refusal is TableRefusal.OUTDATED


@pytest.mark.parametrize("who", ["clerk", "head", "reviewer", "auditor", "administrator"])
def test_who_may_not_bring_in_the_roll_is_refused(office, who):
    with pytest.raises(TableRefused) as refused:
        judged(office, roll_row(), by=again(getattr(office, who)), unit=office.centre)
    assert refused.value.refusal is TableRefusal.NOT_PERMITTED


def test_a_table_without_any_number_is_no_roll(office):
    table = judged(office, only("name", "status", "major", **roll_row()))
    assert table.state == "refused"
    (found,) = from_json(table.findings)
    assert (found.code, found.params["missing"]) == ("table-columns", ["学号", "注册证号"])


def test_more_rows_need_no_more_queries_a_row(office):
    def queries(serials):
        rows = [roll_row(serial) for serial in serials]
        with CaptureQueriesContext(
            connection,
        ) as captured:
            written(office, *rows)
        return len(captured)

    # The first one opens the chain of the trail.
    queries([1])
    assert queries(range(2, 4)) == queries(range(10, 60))


class TestTakingOut:
    """What leaves the office is what comes in again."""

    def exported(self, by, *, whole=False):
        resource = StudentRecordResource(by, None, policy_of("ouc-2016"))
        resource.gives_whole_numbers = whole
        return resource.export().dict

    def test_what_was_taken_out_comes_in_as_it_is(self, office):
        written(office, roll_row(1), roll_row(2, document_kind="护照", id_number="E1234567"))
        rows = self.exported(again(office.registrar), whole=True)
        ids = {heading: column for column, heading in HEADINGS.items()}
        rows = [{ids[heading]: text for heading, text in row.items()} for row in rows]
        assert counts(judged(office, *rows)) == (0, 0, 2, 0)

    def test_everybody_takes_out_their_own_unit(self, office):
        student(office.centre, name="甲")
        student(office.other_centre, name="乙")
        assert [row["姓名"] for row in self.exported(again(office.clerk))] == ["甲"]
        assert [row["姓名"] for row in self.exported(again(office.other_head))] == ["乙"]
        assert len(self.exported(again(office.registrar))) == 2
        for who in ("reviewer", "auditor", "administrator"):
            assert self.exported(again(getattr(office, who))) == []

    def test_numbers_go_out_whole_where_somebody_may_see_them_and_asks(self, office):
        record = student(office.centre)
        heads = Group.objects.get(name="head")
        heads.permissions.remove(*heads.permissions.filter(codename="reveal_number"))
        shown = {
            (who, whole): self.exported(again(getattr(office, who)), whole=whole)[0]["证件号码"]
            for who in ("clerk", "head")
            for whole in (False, True)
        }
        masked = record.masked_id_number
        assert shown == {
            ("clerk", False): masked,
            ("clerk", True): record.id_number,
            ("head", False): masked,
            ("head", True): masked,
        }
