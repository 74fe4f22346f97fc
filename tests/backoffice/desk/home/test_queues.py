"""What waits for whom: counts by role, and only of what is in sight."""

import pytest
from builders.office import (
    NAME,
    NAME_KINDS,
    again,
    applied,
    approved,
    closed,
    drafted,
    filed,
    request_of,
    sheet_of,
    signed,
    student,
    submitted,
)
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.translation import override

from backoffice.audit.acts import Act
from backoffice.audit.log import OFFICE, note
from backoffice.corrections.models import CorrectionRequest
from backoffice.corrections.states import Event
from backoffice.desk.home.queues import groups_of
from backoffice.workflow.deciding import decide, take_case
from backoffice.workflow.intake import Wish
from backoffice.workflow.signing import send_back, sign_sheet


def waiting(account):
    """Return what waits, by the titles of queue and group."""
    with override("en"):
        return {
            (group.title, queue.title): queue.count
            for group in groups_of(again(account))
            for queue in group.queues
            if queue.count
        }


def test_an_empty_office_waits_for_nobody(office):
    for account in (office.clerk, office.head, office.reviewer, office.registrar):
        assert waiting(account) == {}


def test_a_clerk_sees_drafts_of_their_own(office):
    drafted(office)
    drafted(office, by=office.colleague)

    assert waiting(office.clerk) == {("My cases", "Drafts"): 1}


def test_a_case_with_two_drafts_and_events_counts_once(office):
    case = submitted(office, NAME, Wish("ethnicity", "回族", "change"), kinds=NAME_KINDS)
    for request in case.requests.all():
        send_back(request.pk, by=office.head, code="fault-in-values")

    counts = waiting(office.clerk)
    assert counts["My cases", "Drafts"] == 1
    assert counts["My cases", "Sent back by the sign-off officer"] == 1


def test_what_headquarters_returned_comes_first(office):
    case = filed(office)
    decide(request_of(case).pk, Event.RETURN, by=office.reviewer, code="evidence-one-side")

    assert waiting(office.clerk) == {("My cases", "Returned by headquarters"): 1}


def test_a_submitted_request_is_on_an_open_sheet(office):
    submitted(office)

    sent = ("My cases", "Requests submitted, not signed off yet")
    assert waiting(office.clerk) == {sent: 1}
    assert waiting(office.branch_clerk) == {sent: 1, ("Request sheets", "Open today"): 1}
    assert waiting(office.head) == {("Request sheets", "Open today"): 1}
    assert waiting(office.other_head) == {}


def test_a_closed_sheet_waits_for_the_head_and_then_for_its_scan(office):
    closed(office)
    assert waiting(office.head) == {("To sign", "Sheets"): 1, ("To sign", "Requests on them"): 1}
    assert waiting(office.president) == {}


def test_an_exceptional_line_waits_for_the_president_after_the_head(office):
    late = Wish("name", "张叁", "entry_error")
    revision = closed(office, late, kinds=("id_card", "enrolment_form"), cause="录入时看错。")
    assert waiting(office.president) == {}
    sign_sheet(revision.sheet_id, by=office.head, revision=revision.number)

    assert waiting(office.head) == {}
    assert waiting(office.president)["To sign", "Sheets"] == 1


def test_a_signed_sheet_waits_for_its_scan(office):
    signed(office)

    assert waiting(office.branch_clerk) == {("Request sheets", "Signed, scan to upload"): 1}
    assert waiting(office.other_clerk) == {}


def test_filed_cases_wait_for_reviewers_until_one_takes_them(office):
    case = filed(office)
    assert waiting(office.reviewer) == {("To decide", "Waiting to be taken"): 1}

    take_case(case.pk, by=office.reviewer)

    assert waiting(office.reviewer) == {("To decide", "Taken by me"): 1}
    assert waiting(office.other_reviewer) == {}


def test_exceptional_cases_are_told(office):
    late = Wish("name", "张叁", "entry_error")
    filed(office, late, kinds=("id_card", "enrolment_form"), cause="录入时看错。")

    assert waiting(office.reviewer)["To decide", "Exceptional cases among them"] == 1


def test_the_registrar_sees_what_is_approved_in_conflict_and_applied(office):
    request = request_of(approved(office))
    approved(office, record=student(office.centre))
    applied(office, record=student(office.centre))
    CorrectionRequest.objects.filter(pk=request.pk).update(in_conflict=True)

    group = "To bring into effect"
    assert waiting(office.registrar) == {
        (group, "In conflict with the record"): 1,
        (group, "Approved, to apply"): 1,
        (group, "Not in the outside register yet"): 3,
    }


def test_an_administrator_sees_accounts_and_no_requests(office):
    submitted(office)

    assert {group for group, _title in waiting(office.administrator)} == {"Accounts"}


def test_an_auditor_is_told_of_exports_of_today(office, client):
    client.force_login(office.auditor)
    for _time in range(2):
        client.post(reverse("admin:audit_auditentry_export"))
    note(Act.EXPORT, by=office.registrar, chain=OFFICE, ref="")

    counts = {title: count for (_group, title), count in waiting(office.auditor).items()}
    assert (counts["Exports"], counts["Exports of the audit trail"]) == (1, 2)


@pytest.mark.parametrize("role", ["clerk", "branch_clerk", "head", "reviewer", "registrar"])
def test_more_cases_ask_no_more_of_the_database(office, role, django_assert_max_num_queries):
    def ask():
        groups_of(again(getattr(office, role)))

    submitted(office)
    sheet = sheet_of(submitted(office, record=student(office.centre)))
    with CaptureQueriesContext(connection) as first:
        ask()
    for _ in range(4):
        submitted(office, record=student(office.centre))
    assert sheet.lines.count() == 6

    with django_assert_max_num_queries(len(first)):
        ask()
