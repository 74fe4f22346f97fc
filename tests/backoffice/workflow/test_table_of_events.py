"""Every state, event and person against the table in the docs: no more than it allows."""

import re
from copy import copy
from dataclasses import dataclass
from pathlib import Path

import pytest
from builders.office import (
    NAME,
    NAME_KINDS,
    Office,
    account,
    again,
    applied,
    approved,
    drafted,
    filed,
    request_of,
    set_aside,
    sheet_of,
    signed,
    student,
    submitted,
)
from django.db import transaction

from backoffice.audit.log import Log
from backoffice.corrections.chain import freeze
from backoffice.corrections.models import CorrectionRequest
from backoffice.corrections.states import Event, State
from backoffice.roll.models import ValueChange
from backoffice.units.models import Account
from backoffice.workflow.applying import apply_request
from backoffice.workflow.deciding import decide
from backoffice.workflow.intake import Wish
from backoffice.workflow.performing import lock_request, move
from backoffice.workflow.refusals import Refused
from backoffice.workflow.signing import withdraw
from correctionkit.policy.chains import Step
from correctionkit.policy.rule_rows import NO_CLAUSE
from correctionkit.terms import Act

pytestmark = pytest.mark.django_db

DOCS = Path(__file__).resolve().parents[3] / "docs" / "workflow.md"


@dataclass(frozen=True)
class Row:
    """One line of the table of events."""

    event: str
    sources: frozenset[str]
    target: str
    who: str
    when: str


@dataclass
class Variant:
    """A request in a state, with what its chain has due."""

    request: CorrectionRequest
    state: str
    due: tuple[str, str] | None  # the role and the place of the step that stands
    signing: frozenset[tuple[str, str]]
    holds: frozenset[str]


def table() -> list[Row]:
    lines = DOCS.read_text("utf-8").split("## Events", 1)[1].split("\n\n")[1].splitlines()
    cells = [[cell.strip() for cell in line.strip("|").split("|")] for line in lines[2:]]
    return [
        Row(event, frozenset(re.split(r",\s*", sources)), target, who, when)
        for event, sources, target, who, when in cells
    ]


def actors(office: Office) -> dict[tuple[str, str, str], Account]:
    """Everybody, by role, place and what they are to the cases."""
    return {
        ("clerk", "centre", "handler"): office.clerk,
        ("clerk", "centre", "colleague"): office.colleague,
        ("clerk", "branch", ""): office.branch_clerk,
        ("clerk", "elsewhere", ""): office.other_clerk,
        ("clerk", "headquarters", ""): account("clerk", office.headquarters),
        ("head", "branch", ""): office.head,
        ("head", "centre", ""): account("head", office.centre),
        ("head", "headquarters", ""): account("head", office.headquarters),
        ("head", "elsewhere", ""): office.other_head,
        ("president", "branch", ""): office.president,
        ("president", "elsewhere", ""): account("president", office.other_branch),
        ("consenting", "branch", ""): account("consenting", office.branch),
        ("reviewer", "headquarters", ""): office.reviewer,
        ("reviewer", "branch", ""): account("reviewer", office.branch),
        ("reviewer", "elsewhere", ""): account("reviewer", office.other_branch),
        ("registrar", "headquarters", ""): office.registrar,
        ("registrar", "elsewhere", ""): account("registrar", office.other_branch),
        ("auditor", "headquarters", ""): office.auditor,
        ("administrator", "headquarters", ""): office.administrator,
        ("superuser", "headquarters", ""): Account.objects.create_superuser("root", "x"),
        ("nobody", "", ""): Account.objects.create_user("guest", "x"),
    }


HEAD, PRESIDENT = ("head", "branch"), ("president", "branch")
REVIEWER, REGISTRAR = ("reviewer", "headquarters"), ("registrar", "headquarters")


def variants(office: Office) -> list[Variant]:
    """A request in each state, and in each place that a chain has inside a state."""

    def on_a_sheet_of_its_own(*wishes, **changes):
        case = submitted(office, *wishes, **changes)
        set_aside(sheet_of(case))
        return case

    def exceptional():
        wish = Wish("ethnicity", "回族", "entry_error")
        return on_a_sheet_of_its_own(
            wish,
            kinds=("id_card", "enrolment_form"),
            cause="当时未发现",
            record=student(office.centre),
        )

    def one(case, due=None, signing=frozenset({HEAD}), holds=()):
        request = case if isinstance(case, CorrectionRequest) else request_of(case)
        return Variant(request, request.state, due, frozenset(signing), frozenset(holds))

    plain = [
        one(drafted(office), signing=()),
        one(on_a_sheet_of_its_own(), HEAD, holds={"the last signature is due"}),
        one(filed(office), REVIEWER, holds={"a decision is due", "the last decision is due"}),
        one(approved(office), holds=set()),
        one(applied(office)),
    ]
    first = exceptional()
    both = {HEAD, PRESIDENT}
    plain.append(one(first, HEAD, both, {"another signature follows"}))
    revision = signed(office, NAME, kinds=NAME_KINDS, record=student(office.centre))
    plain.append(one(revision.frozen_lines.first().request, REVIEWER))
    second = exceptional()
    chained = request_of(second)
    _move_to(chained, step=1)
    plain.append(one(chained, PRESIDENT, both, {"the last signature is due"}))
    return plain + _rare(office, one, on_a_sheet_of_its_own)


def _rare(office, one, on_a_sheet_of_its_own):
    returned, rejected = request_of(filed(office)), request_of(filed(office))
    decide(returned.pk, Event.RETURN, by=again(office.other_reviewer), code="evidence-unreadable")
    decide(rejected.pk, Event.REJECT, by=again(office.other_reviewer), code="too-late")
    withdrawn = request_of(on_a_sheet_of_its_own())
    withdraw(withdrawn.pk, by=again(office.clerk))
    conflict = request_of(approved(office))
    conflict.record.ethnicity = "满族"
    conflict.record.save()
    apply_request(conflict.pk, by=again(office.registrar))
    reported = request_of(on_a_sheet_of_its_own())
    steps = [
        Step(Act.REPORT, "registrar", "headquarters", exceptional=False, clause=NO_CLAUSE),
        Step(Act.DECIDE, "reviewer", "headquarters", exceptional=False, clause=NO_CLAUSE),
        Step(Act.DECIDE, "registrar", "headquarters", exceptional=False, clause=NO_CLAUSE),
    ]
    CorrectionRequest.objects.filter(pk=reported.pk).update(chain=freeze(steps, office.centre))
    passed_up = request_of(filed(office))
    CorrectionRequest.objects.filter(pk=passed_up.pk).update(
        chain=freeze(steps, office.centre), step=1
    )
    ready_to_apply = request_of(approved(office))
    CorrectionRequest.objects.filter(pk=ready_to_apply.pk).update(
        applied_change=ValueChange.objects.create(
            record=ready_to_apply.record, field="ethnicity", cause="correction"
        )
    )
    reconciled = request_of(applied(office))
    _move_to(reconciled, state=State.RECONCILED)
    fresh = CorrectionRequest.objects.get
    return [
        one(fresh(pk=returned.pk)),
        one(fresh(pk=rejected.pk)),
        one(fresh(pk=withdrawn.pk)),
        one(fresh(pk=conflict.pk), holds={"the record has moved on"}),
        one(fresh(pk=reported.pk), REGISTRAR, (), {"a report is due"}),
        one(
            fresh(pk=passed_up.pk), REVIEWER, (), {"a decision is due", "another decision follows"}
        ),
        one(fresh(pk=ready_to_apply.pk), holds={"the old value stands"}),
        one(fresh(pk=reconciled.pk)),
    ]


def _move_to(request, **fields):
    CorrectionRequest.objects.filter(pk=request.pk).update(**fields)
    for name, value in fields.items():
        if name != "state":
            setattr(request, name, value)


def allowed(row: Row, variant: Variant, actor: tuple[str, str, str]) -> bool:
    """Read one line of the table for one person and one request."""
    role, place, relation = actor
    who = {
        "the case's clerk": relation == "handler",
        "the holder of the step": variant.due == (role, place),
        "a holder of a signing step": (role, place) in variant.signing,
        "nobody": False,
        # The sheet is the branch's; whoever is clerk there or above it brings its scan.
        "a clerk of the sheet's unit": role == "clerk" and place in ("branch", "headquarters"),
        "a registrar": (role, place) == REGISTRAR,
    }[row.who]
    when = row.when == "always" or row.when in variant.holds
    return variant.state in row.sources and who and when


def attempt(request: CorrectionRequest, event: Event, by: Account, sheet) -> str | None:
    """Cause the event and take it back; return the state it led to, None if it was refused."""
    with transaction.atomic():
        try:
            return move(copy(request), event, by=by, log=Log(by), sheet=sheet).state
        except Refused:
            return None
        finally:
            transaction.set_rollback(True)


def test_what_the_table_does_not_allow_is_refused_and_what_it_allows_is_done(office):
    rows = {row.event: row for row in table()}
    sheet = sheet_of(submitted(office))
    # What they may do is read once: their memberships stand still here.
    people = {actor: again(made) for actor, made in actors(office).items()}
    wrong = []
    tried = 0
    for number, variant in enumerate(variants(office)):
        request = lock_request(variant.request.pk)
        for event in Event:
            row = rows[event.value]
            for actor, made in people.items():
                tried += 1
                reached = attempt(request, event, made, sheet)
                expected = row.target if allowed(row, variant, actor) else None
                if reached != expected:
                    wrong.append((number, variant.state, event.value, actor, reached, expected))

    assert wrong == []
    assert tried == 16 * len(Event) * len(people)


def test_the_table_names_every_event_and_state():
    rows = table()

    assert sorted(row.event for row in rows) == sorted(Event.values)
    assert set().union(*(row.sources | {row.target} for row in rows)) == set(State.values)


def test_the_graph_has_the_ways_of_the_table_and_no_other():
    ways = {
        (transition.name.rstrip("_").replace("_", "-"), transition.source, transition.target)
        for transition in CorrectionRequest._meta.get_field("state").get_all_transitions(
            CorrectionRequest
        )
    }

    assert ways == {(row.event, source, row.target) for row in table() for source in row.sources}
