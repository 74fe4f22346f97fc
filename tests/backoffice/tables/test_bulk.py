"""Many rows at once are the rows that saving one by one would have made."""

from datetime import UTC, date, datetime

import pytest
from builders.office import student
from django.db import IntegrityError, models, transaction

from backoffice.roll.columns import FIELDS
from backoffice.roll.models import StudentRecord, ValueChange, digest_of_identity
from backoffice.roll.writing import RollWriter
from backoffice.sealing.fields import SealedText
from backoffice.tables import bulk
from backoffice.tables.bulk import insert_rows, update_rows


def values_of(record):
    row = StudentRecord.objects.filter(pk=record.pk).values().get()
    return {name: value for name, value in row.items() if name not in ("id", "number")}


def test_a_record_that_was_written_in_bulk_is_as_one_that_was_saved(office):
    saved = student(office.centre)
    texts = {column: getattr(saved, field) for column, field in FIELDS.items()}
    texts = {
        column: value.isoformat() if isinstance(value, date) else value or ""
        for column, value in texts.items()
    }
    texts |= {"student_number": "2535001277777", "unit": office.centre.code}
    RollWriter(office.registrar, office.headquarters).insert([texts])
    written = StudentRecord.objects.get(number="2535001277777")
    assert values_of(written) == values_of(saved)
    assert written.id_digest == digest_of_identity(saved.id_number)


def test_days_moments_and_keys_are_kept_as_saving_keeps_them(office):
    record = student(office.centre)
    moment = datetime(2026, 11, 20, 15, 30, tzinfo=UTC)
    columns = ("record", "field", "old", "new", "cause", "at", "account")
    insert_rows(
        ValueChange, columns, [(record.pk, "name", "旧", "新", "import", moment, office.clerk.pk)]
    )
    change = ValueChange.objects.get()
    assert (change.record, change.at, change.account) == (record, moment, office.clerk)
    update_rows(StudentRecord, ("birth_date",), [(date(2001, 2, 3), record.pk, 1)])
    update_rows(
        StudentRecord, ("enrolled_on", "graduated_on"), [("2020-09-01", None, record.pk, 2)]
    )
    record.refresh_from_db()
    assert (record.birth_date, record.enrolled_on, record.graduated_on, record.version) == (
        date(2001, 2, 3),
        date(2020, 9, 1),
        None,
        3,
    )


def test_rows_of_another_version_are_not_changed_and_counted_out(office):
    first, second = student(office.centre), student(office.centre)
    rows = [("法律", first.pk, 1), ("法律", second.pk, 2)]
    assert update_rows(StudentRecord, ("major",), rows) == 1
    second.refresh_from_db()
    assert (second.major, second.version) == ("法学", 1)


def test_a_number_that_is_there_stops_all(office):
    record = student(office.centre)
    columns = ("unit", "number", "certificate_number", "status", "name", "version")
    rows = [
        (office.centre.pk, number, "", "enrolled", "李四", 1)
        for number in ("2535001288888", record.number)
    ]
    with pytest.raises(IntegrityError), transaction.atomic():
        insert_rows(
            StudentRecord,
            (*columns, "gender", "ethnicity", "document_kind", "id_number", "id_digest",
             "entry_education", "major", "level"),
            [(*row, "", "", "1", "", "", "", "", "") for row in rows],
        )  # fmt: skip
    assert StudentRecord.objects.count() == 1


class Turned(SealedText):
    """A text that is kept otherwise than it is given."""

    def get_prep_value(self, value):
        return value[::-1]


def test_a_field_with_a_way_of_its_own_is_asked(db):
    plain, turned = SealedText(), Turned()
    for field in (plain, turned):
        field.set_attributes_from_name("text")
    assert bulk._preparing([plain, models.CharField(max_length=9)]) == []
    ((place, convert),) = bulk._preparing([turned])
    assert (place, convert("abc")) == (0, "cba")
