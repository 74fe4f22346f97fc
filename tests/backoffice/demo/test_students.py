"""The demo's students: consistent numbers, each filing once, recorded as before."""

from datetime import date

import pytest
from builders.office import unit

from backoffice.demo.students import NoStudentFits, Students
from backoffice.policies.shelf import policy_of
from backoffice.roll.models import StudentRecord

ON = date(2026, 11, 20)
POLICY = policy_of("ouc-2016")


@pytest.fixture
def centres(db):
    branch = unit("901", "branch", unit("900", "headquarters"), name="示例省分部")
    return [unit(f"9010{n}", "centre", branch, name=f"示例{n}学习中心") for n in (1, 2)]


def students(centres, count=80):
    return Students(count, centres, POLICY, seed=7, on=ON)


def test_everybody_is_recorded_once_with_the_code_of_the_branch(centres):
    records = students(centres).record()

    assert len(records) == StudentRecord.objects.count() == 80
    assert {number[2:5] for number in records} == {"901"}
    assert [centre.students.count() for centre in centres] == [40, 40]


def test_records_made_in_bulk_are_found_by_their_identity_number(centres):
    students(centres).record()

    for record in StudentRecord.objects.all()[:5]:
        digest = record.id_digest
        record.save()
        assert record.id_digest == digest != ""


def test_who_files_is_recorded_with_the_value_before(centres):
    crowd = students(centres)
    filing = crowd.take(centres[0], ["name"])
    records = crowd.record()

    record = records[filing.person.student_number]
    (request,) = filing.requests
    assert (record.unit, record.name) == (centres[0], request.old)
    assert request.new == filing.person.name != request.old


def test_nobody_files_twice(centres):
    crowd = students(centres)
    numbers = [crowd.take(centres[0]).person.student_number for _ in range(10)]

    assert len(set(numbers)) == 10


def test_exceptional_filings_are_exceptional_and_others_are_not(centres):
    crowd = students(centres)

    exceptional = crowd.take(centres[0], exceptional=True)
    ordinary = crowd.take(centres[0], shows="id_card")

    assert exceptional.requests[0].reason == "entry_error" or exceptional.status == "graduated"
    assert "id_card" in ordinary.kinds


def test_too_few_students_are_told_with_their_unit(centres):
    crowd = students(centres, count=0)

    with pytest.raises(NoStudentFits) as told:
        crowd.take(centres[0])

    assert told.value.unit == centres[0]


def test_the_same_seed_makes_the_same_students(centres):
    first, second = students(centres), students(centres)

    assert first.take(centres[1], ["name"]) == second.take(centres[1], ["name"])
