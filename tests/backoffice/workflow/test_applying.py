"""Applying of approved values, and what stands in its way."""

from datetime import date

import pytest
from builders.office import (
    NAME,
    NAME_KINDS,
    again,
    applied,
    approved,
    filed,
    identity_number,
    request_of,
    student,
    submitted,
)

from backoffice.audit.models import AuditEntry
from backoffice.roll.models import StudentRecord, digest_of_identity
from backoffice.workflow.applying import apply_request, reopen
from backoffice.workflow.intake import Wish, write_requests
from backoffice.workflow.refusals import Refusal, Refused
from backoffice.workflow.submission import submit_case

pytestmark = pytest.mark.django_db

ID_KINDS = ("id_card", "id_number_change_certificate")


def refused(refusal):
    return pytest.raises(Refused, match=f"^{refusal.name}$")


def new_number(number):
    return Wish("id_number", number, "change")


def changes(record):
    return [
        (each.field, each.old, each.new, each.cause, each.carried_by_id is not None)
        for each in record.changes.order_by("pk")
    ]


def test_an_approved_value_stands_in_the_record_only_once_applied(office):
    case = approved(office)
    assert StudentRecord.objects.get(pk=case.record_id).ethnicity == "汉族"

    request = apply_request(request_of(case).pk, by=again(office.registrar))

    case.record.refresh_from_db()
    assert (request.state, case.record.ethnicity) == ("applied", "回族")
    assert changes(case.record) == [("ethnicity", "汉族", "回族", "correction", False)]
    assert request.applied_change == case.record.changes.get()
    entry = AuditEntry.objects.get(act="record-change")
    assert (entry.ref, entry.facts) == (
        f"studentrecord:{case.record_id}",
        {"change": request.applied_change_id},
    )


def test_applying_a_name_keeps_the_former_one(office):
    case = applied(office, NAME, kinds=NAME_KINDS)

    case.record.refresh_from_db()
    assert case.record.name == "张叁"
    assert [each.name for each in case.record.former_names.all()] == ["张三"]


def test_a_corrected_number_carries_the_birth_date_it_says(office):
    number = identity_number(900, born="19950102")
    case = applied(office, new_number(number), kinds=ID_KINDS)

    record = StudentRecord.objects.get(pk=case.record_id)
    old = request_of(case).old
    assert (record.id_number, record.birth_date) == (number, date(1995, 1, 2))
    assert record.id_digest == digest_of_identity(number)
    assert changes(record) == [
        ("id_number", old, number, "correction", False),
        ("birth_date", "1994-08-23", "1995-01-02", "correction", True),
    ]


def test_a_number_of_the_same_birth_date_carries_nothing(office):
    number = identity_number(901)
    case = applied(office, new_number(number), kinds=ID_KINDS)

    assert [each[0] for each in changes(case.record)] == ["id_number"]


def test_a_number_that_another_record_holds_is_refused_naming_both(office):
    number = identity_number(902)
    record = student(office.centre)
    case = approved(office, new_number(number), kinds=ID_KINDS, record=record)
    other = student(office.other_centre, name="李四", id_number=number)

    with refused(Refusal.NUMBER_TAKEN) as caught:
        apply_request(request_of(case).pk, by=again(office.registrar))

    assert caught.value.params == {"student": str(record), "other": str(other)}
    assert record.number in caught.value.message
    assert other.number in caught.value.message
    record.refresh_from_db()
    assert (request_of(case).state, record.changes.count()) == ("approved", 0)
    assert record.id_number != number


def test_where_the_record_moved_on_nothing_is_overwritten(office):
    case = approved(office)
    case.record.ethnicity = "满族"
    case.record.save()

    request = apply_request(request_of(case).pk, by=again(office.registrar))

    case.record.refresh_from_db()
    assert (request.state, request.in_conflict) == ("approved", True)
    assert (case.record.ethnicity, changes(case.record)) == ("满族", [])
    assert AuditEntry.objects.filter(act="request-conflict").count() == 1


def test_once_the_record_says_the_old_value_again_the_conflict_is_over(office):
    case = approved(office)
    StudentRecord.objects.filter(pk=case.record_id).update(ethnicity="满族")
    apply_request(request_of(case).pk, by=again(office.registrar))
    StudentRecord.objects.filter(pk=case.record_id).update(ethnicity="汉族")

    request = apply_request(request_of(case).pk, by=again(office.registrar))

    assert (request.state, request.in_conflict) == ("applied", False)


def test_another_spelling_of_the_old_value_is_no_conflict(office):
    case = approved(office)
    StudentRecord.objects.filter(pk=case.record_id).update(ethnicity="汉")

    assert apply_request(request_of(case).pk, by=again(office.registrar)).state == "applied"


def test_a_conflict_goes_back_to_the_clerk_who_starts_from_what_stands(office):
    case = approved(office)
    StudentRecord.objects.filter(pk=case.record_id).update(ethnicity="满族")
    apply_request(request_of(case).pk, by=again(office.registrar))

    request = reopen(request_of(case).pk, by=again(office.registrar), opinion="学籍信息已变")

    assert (request.state, request.in_conflict, request.step) == ("returned", False, 0)
    case = write_requests(case.pk, [Wish("ethnicity", "回族", "change")], by=again(office.clerk))
    submit_case(case.pk, by=again(office.clerk))
    assert (request_of(case).old, request_of(case).state) == ("满族", "submitted")


def test_without_a_conflict_nothing_approved_is_reopened(office):
    case = approved(office)

    with refused(Refusal.BLOCKED):
        reopen(request_of(case).pk, by=again(office.registrar))


@pytest.mark.parametrize("build", [submitted, filed], ids=["submitted", "filed"])
def test_what_is_not_approved_is_not_applied(office, build):
    case = build(office)

    with refused(Refusal.WRONG_STATE):
        apply_request(request_of(case).pk, by=again(office.registrar))


def test_what_is_applied_is_not_applied_again(office):
    case = applied(office)

    with refused(Refusal.WRONG_STATE):
        apply_request(request_of(case).pk, by=again(office.registrar))
    assert case.record.changes.count() == 1


@pytest.mark.parametrize("who", ["clerk", "head", "reviewer", "auditor", "administrator"])
def test_only_the_registrar_applies(office, who):
    case = approved(office)

    with refused(Refusal.NOT_PERMITTED):
        apply_request(request_of(case).pk, by=again(getattr(office, who)))
    assert StudentRecord.objects.get(pk=case.record_id).ethnicity == "汉族"


def test_who_saw_an_older_request_applies_nothing(office):
    request = request_of(approved(office))

    with refused(Refusal.STALE):
        apply_request(request.pk, by=again(office.registrar), version=request.version - 1)
