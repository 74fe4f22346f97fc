"""Cases walked at random by people who may and people who may not: what must hold, holds."""

import json
from collections import Counter, defaultdict
from contextlib import suppress
from functools import wraps

import pytest
from builders.office import (
    account,
    again,
    build_office,
    give_evidence,
    load_roles,
    request_of,
    set_aside,
    signed_page,
    student,
)
from django.db import transaction
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from backoffice.audit.models import AuditEntry
from backoffice.audit.verify import verify
from backoffice.corrections.models import Case, CorrectionRequest, RequestEvent
from backoffice.corrections.states import CLOSED, EDITABLE, ON_ITS_WAY, UNDECIDED, Event, State
from backoffice.roll.fields import text_of
from backoffice.roll.models import StudentRecord
from backoffice.sheets.models import RequestSheet, SheetLine, SheetRevision, SheetState
from backoffice.sheets.services import active_lines, hash_of_lines
from backoffice.workflow.applying import apply_request, reopen
from backoffice.workflow.deciding import decide, release_case, take_case
from backoffice.workflow.filing import file_sheet
from backoffice.workflow.handover import hand_over
from backoffice.workflow.intake import Wish, begin_case, write_requests
from backoffice.workflow.refusals import Refused, SubmissionBlocked
from backoffice.workflow.reversing import ask_reversal
from backoffice.workflow.sheeting import close_sheet
from backoffice.workflow.signing import send_back, sign_sheet, withdraw
from backoffice.workflow.submission import submit_case

pytestmark = pytest.mark.django_db

# Somebody at random, or (None) whoever should: else few walks would get far.
WHO = st.one_of(st.none(), st.integers(0, 9), st.none())
PICK = st.integers(0, 7)
WISHES = (
    Wish("ethnicity", "回族", "change"),
    Wish("ethnicity", "满族", "entry_error"),
    Wish("name", "张叁", "change"),
    # Contradicts the ID number: always blocked.
    Wish("gender", "女", "change"),
)
FILINGS = [{WISHES[0]}, {WISHES[1]}, {WISHES[2]}, {WISHES[0], WISHES[2]}, {WISHES[3]}, set()]

CHECKS = []


def now_and_then(check):
    """Make a check one that is held after every eighth step, and at the end of a walk."""

    @wraps(check)
    def held(self, whatever=False):
        if whatever or self.steps % 8 == 7:
            check(self)

    CHECKS.append(held)
    return invariant()(held)


class Walks(RuleBasedStateMachine):
    """An office where everybody tries everything; each walk is undone at its end."""

    def __init__(self):
        super().__init__()
        self.steps = 0
        self.undone = transaction.atomic()
        self.undone.__enter__()
        office = build_office()
        centre = office.centre
        clerk_and_head = account("head", office.branch, person=office.clerk.person)
        clerk_and_reviewer = account(
            "reviewer", office.headquarters, person=office.colleague.person
        )
        head_and_reviewer = account("reviewer", office.headquarters, person=office.head.person)
        self.people = [
            office.clerk,
            office.colleague,
            office.branch_clerk,
            office.head,
            office.president,
            office.reviewer,
            office.registrar,
            clerk_and_head,
            clerk_and_reviewer,
            head_and_reviewer,
        ]
        self.students = [student(centre, name=name) for name in ("张三", "李四", "王五", "赵六")]

    def teardown(self):
        for check in CHECKS:
            check(self, whatever=True)
        transaction.set_rollback(True)
        self.undone.__exit__(None, None, None)

    def by(self, who, proper):
        return again(self.people[proper if who is None else who])

    def pick(self, queryset, number):
        """Return one of the rows; of all of that kind where the number is high."""
        self.steps += 1
        if number > 5:
            queryset = queryset.model.objects.all()
        rows = list(queryset.order_by("pk").distinct())
        return rows[number % len(rows)] if rows else None

    def attempt(self, service, *args, **details):
        with suppress(Refused, SubmissionBlocked):
            service(*args, **details)

    @rule(who=WHO, which=st.integers(0, 3), wishes=st.sampled_from(FILINGS))
    def file_a_case(self, who, which, wishes):
        try:
            self.steps += 1
            case = begin_case(self.students[which], by=self.by(who, 0))
            write_requests(case.pk, sorted(wishes, key=str), by=self.by(who, 0), cause="未发现")
        except Refused:
            return
        give_evidence(case, "id_card", "household_register", "enrolment_form")

    @precondition(lambda self: Case.objects.filter(requests__state__in=sorted(EDITABLE)).exists())
    @rule(who=WHO, number=PICK)
    def submit(self, who, number):
        case = self.pick(Case.objects.filter(requests__state__in=sorted(EDITABLE)), number)
        if case:
            self.attempt(submit_case, case.pk, by=self.by(who, 0))

    @precondition(lambda self: RequestSheet.objects.filter(state="open").exists())
    @rule(who=WHO, number=PICK)
    def close(self, who, number):
        sheet = self.pick(RequestSheet.objects.filter(state="open"), number)
        if sheet:
            if sheet.state == SheetState.OPEN:
                # As if a day had passed since the last one was closed.
                set_aside(sheet)
            self.attempt(close_sheet, sheet.pk, by=self.by(who, 2))

    @precondition(lambda self: RequestSheet.objects.filter(state="closed").exists())
    @rule(who=WHO, number=PICK)
    def sign(self, who, number):
        sheet = self.pick(RequestSheet.objects.filter(state="closed"), number)
        if sheet:
            for proper in (3, 4):
                by = self.by(who, proper)
                self.attempt(sign_sheet, sheet.pk, by=by, revision=sheet.revision)

    @precondition(lambda self: SheetRevision.objects.filter(sheet__state="signed").exists())
    @rule(who=WHO, number=PICK)
    def come_back_signed(self, who, number):
        revision = self.pick(SheetRevision.objects.filter(sheet__state="signed"), number)
        if revision:
            self.attempt(file_sheet, revision.code, [signed_page()], by=self.by(who, 2))

    @precondition(
        lambda self: (
            CorrectionRequest.objects.filter(state__in=sorted(UNDECIDED)).exists()
            and self.steps % 4 == 0
        )
    )
    @rule(who=WHO, number=PICK, what=st.sampled_from(["send_back", "withdraw"]))
    def leave(self, who, number, what):
        request = self.pick(CorrectionRequest.objects.filter(state__in=sorted(UNDECIDED)), number)
        if request and what == "withdraw":
            self.attempt(withdraw, request.pk, by=self.by(who, 0))
        elif request:
            by = self.by(who, 3)
            self.attempt(send_back, request.pk, by=by, code="fault-in-values")

    @precondition(lambda self: CorrectionRequest.objects.filter(state="filed").exists())
    @rule(
        who=WHO,
        number=PICK,
        verdict=st.sampled_from(
            [(Event.APPROVE, ""), (Event.RETURN, "reason-wrong"), (Event.REJECT, "too-late")]
        ),
    )
    def give_a_decision(self, who, number, verdict):
        request = self.pick(CorrectionRequest.objects.filter(state=State.FILED), number)
        if request:
            event, code = verdict
            self.attempt(decide, request.pk, event, by=self.by(who, 5), code=code)

    @precondition(
        lambda self: Case.objects.filter(requests__state="filed").exists() and self.steps % 4 == 0
    )
    @rule(who=WHO, number=PICK, what=st.sampled_from([take_case, release_case]))
    def take(self, who, number, what):
        case = self.pick(Case.objects.filter(requests__state="filed"), number)
        if case:
            self.attempt(what, case.pk, by=self.by(who, 5))

    @precondition(
        lambda self: (
            Case.objects.filter(requests__state__in=sorted(EDITABLE)).exists()
            and self.steps % 4 == 0
        )
    )
    @rule(who=WHO, to=WHO, number=PICK)
    def give_away(self, who, to, number):
        case = self.pick(Case.objects.filter(requests__state__in=sorted(EDITABLE)), number)
        if case:
            self.attempt(hand_over, case.pk, self.by(to, 1), by=self.by(who, 0))

    @precondition(lambda self: CorrectionRequest.objects.filter(state="approved").exists())
    @rule(who=WHO, number=PICK)
    def apply(self, who, number):
        request = self.pick(CorrectionRequest.objects.filter(state=State.APPROVED), number)
        if request:
            self.attempt(apply_request, request.pk, by=self.by(who, 6))
            self.attempt(reopen, request.pk, by=self.by(who, 6))

    @precondition(lambda self: CorrectionRequest.objects.filter(state="applied").exists())
    @rule(who=WHO, number=PICK)
    def take_back(self, who, number):
        request = self.pick(CorrectionRequest.objects.filter(state=State.APPLIED), number)
        if request:
            self.attempt(ask_reversal, request.pk, by=self.by(who, 6), cause="误批")

    @now_and_then
    def one_open_request_a_student_and_field(self):
        rows = CorrectionRequest.objects.exclude(state__in=sorted(CLOSED))
        counted = Counter(rows.values_list("record", "field"))
        assert all(number == 1 for number in counted.values())

    @now_and_then
    def approved_is_not_applied(self):
        done = {State.APPLIED, State.RECONCILED}
        for request in CorrectionRequest.objects.all():
            assert (request.applied_change_id is not None) == (request.state in done)
        for record in StudentRecord.objects.all():
            for field in ("ethnicity", "name", "gender"):
                last = record.changes.filter(field=field).order_by("pk").last()
                assert last is None or last.new == text_of(record, field)

    @now_and_then
    def nobody_takes_two_of_submit_sign_decide(self):
        acts = defaultdict(set)
        for event in RequestEvent.objects.exclude(act=""):
            acts[event.request_id, event.person_id].add(event.act)
        assert all(len(each) == 1 for each in acts.values())

    @now_and_then
    def the_audit_trail_is_complete_and_whole(self):
        logged = Counter(
            AuditEntry.objects.filter(ref__startswith="correctionrequest:").values_list(
                "ref", "act"
            )
        )
        for (request, event), number in Counter(
            RequestEvent.objects.values_list("request", "event")
        ).items():
            assert logged[f"correctionrequest:{request}", f"request-{event}"] == number
        assert list(verify()) == []

    @now_and_then
    def every_state_is_where_the_last_event_led(self):
        for request in CorrectionRequest.objects.all():
            last = request.events.order_by("pk").last()
            assert request.state == (last.target if last else State.DRAFT)

    @now_and_then
    def sheets_hold_what_is_on_its_way_and_their_hashes_stand(self):
        for request in CorrectionRequest.objects.filter(reverses=None):
            on_sheet = SheetLine.objects.filter(request=request, removed_at=None, voided_at=None)
            if request.state in ON_ITS_WAY:
                assert on_sheet.count() == 1
        for sheet in RequestSheet.objects.exclude(revision=0):
            revision = sheet.revision_in_force
            contents = [json.loads(line.content) for line in revision.frozen_lines.all()]
            assert revision.lines_hash == hash_of_lines(sheet, contents)
            if sheet.state in (SheetState.CLOSED, SheetState.SIGNED):
                assert [line.request_id for line in revision.frozen_lines.all()] == [
                    line.request_id for line in active_lines(sheet)
                ]
            states = {line.request.state for line in active_lines(sheet)}
            if sheet.state == SheetState.SIGNED:
                assert states == {State.SIGNED_OFF}
            if sheet.state == SheetState.CLOSED:
                assert states - {State.SIGNED_OFF} == {State.SUBMITTED}


def test_random_walks_keep_what_must_hold():
    load_roles()
    run_state_machine_as_test(
        Walks,
        settings=settings(
            max_examples=8,
            stateful_step_count=40,
            deadline=None,
            suppress_health_check=list(HealthCheck),
        ),
    )


def test_the_walks_go_somewhere():
    """The steps of the random walks, taken in their order, reach the record."""
    walk = Walks()
    try:
        walk.file_a_case(0, 0, {WISHES[0]})
        walk.submit(0, 0)
        walk.close(2, 0)
        walk.sign(3, 0)
        walk.come_back_signed(2, 0)
        walk.give_a_decision(5, 0, (Event.APPROVE, ""))
        walk.apply(6, 0)
        request = request_of(Case.objects.get())
        assert request.state == State.APPLIED
        walk.take_back(6, 0)
        assert CorrectionRequest.objects.get(reverses=request).state == State.FILED
    finally:
        walk.teardown()
