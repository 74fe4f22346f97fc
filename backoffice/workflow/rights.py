"""Who may cause which event: permission, relation to the request, four eyes."""

from dataclasses import dataclass
from enum import Enum, auto

from backoffice.corrections.models import RequestEvent
from backoffice.corrections.states import Event
from backoffice.workflow.refusals import Refusal, Refused

SUBMITTING = "submit"


class Relation(Enum):
    """What somebody must be to a request to cause an event."""

    HANDLER = auto()
    STEP_HOLDER = auto()
    SIGNER = auto()
    ANYBODY = auto()
    NOBODY = auto()


@dataclass(frozen=True, slots=True)
class Right:
    """What an event needs, and whether it counts for the four-eyes rule."""

    permission: str | None
    relation: Relation
    counts: bool


RIGHTS = {
    Event.SUBMIT: Right("corrections.submit_correctionrequest", Relation.HANDLER, True),
    Event.PASS_ON: Right("corrections.sign_correctionrequest", Relation.STEP_HOLDER, True),
    Event.SIGN_OFF: Right("corrections.sign_correctionrequest", Relation.STEP_HOLDER, True),
    Event.SEND_BACK: Right("corrections.sign_correctionrequest", Relation.SIGNER, True),
    # The consequence of another event on the same sheet.
    Event.LAPSE: Right(None, Relation.NOBODY, False),
    Event.FILE: Right("sheets.file_requestsheet", Relation.ANYBODY, False),
    Event.REPORT: Right("corrections.report_correctionrequest", Relation.STEP_HOLDER, True),
    Event.REFER: Right("corrections.decide_correctionrequest", Relation.STEP_HOLDER, True),
    Event.APPROVE: Right("corrections.decide_correctionrequest", Relation.STEP_HOLDER, True),
    Event.RETURN: Right("corrections.decide_correctionrequest", Relation.STEP_HOLDER, True),
    Event.REJECT: Right("corrections.decide_correctionrequest", Relation.STEP_HOLDER, True),
    Event.WITHDRAW: Right("corrections.withdraw_correctionrequest", Relation.HANDLER, False),
    Event.APPLY: Right("corrections.apply_correctionrequest", Relation.ANYBODY, False),
    Event.REOPEN: Right("corrections.apply_correctionrequest", Relation.ANYBODY, False),
    Event.RECONCILE: Right("corrections.reconcile_correctionrequest", Relation.ANYBODY, False),
}


def ask_right(event, request, by, unit_owner=None):
    """Raise Refused unless *by* may cause *event*.

    The permission is asked for the unit of *unit_owner* where another thing than the request
    carries it, such as its sheet.
    """
    right = RIGHTS[event]
    if right.relation is Relation.NOBODY:
        raise Refused(Refusal.NOT_PERMITTED, request)
    if not by.has_perm(right.permission, unit_owner or request):
        raise Refused(Refusal.NOT_PERMITTED, request)
    ask_relation(right.relation, request, by)
    if right.counts:
        ask_four_eyes(request, by, act_of(event, request, by))


def ask_relation(relation, request, by):
    """Raise Refused unless *by* is to the request what the relation says."""
    if relation is Relation.HANDLER and request.case.handler_id != by.person_id:
        raise Refused(Refusal.NOT_YOURS, request, person=request.case.handler.name)
    if relation is Relation.STEP_HOLDER and not holds_step(request.current_step, request, by):
        raise Refused(Refusal.NOT_YOUR_STEP, request)
    if relation is Relation.SIGNER and signing_step(request, by) is None:
        raise Refused(Refusal.NOT_YOUR_STEP, request)


def holds_step(step, request, by):
    """Tell whether *by* has the role of *step* in its unit, reaching the request's."""
    return step is not None and by.holds_role(step.role, step.unit, request.unit.path)


def may_take_step(request, by):
    """Tell whether the step that stands is one that *by* holds, and may take by four eyes."""
    step = request.current_step
    return holds_step(step, request, by) and not has_done_another(
        act_of_step(step), RequestEvent.objects.acts_on(request), by
    )


def signing_step(request, by):
    """Return the step before filing that *by* holds: the one that stands first, or None."""
    steps = [each for each in (request.current_step, *request.steps) if each]
    for step in steps:
        if step.is_before_filing and holds_step(step, request, by):
            return step
    return None


def act_of(event, request, by):
    """Name what *by* does by causing *event*, as the four-eyes rule counts it.

    Reporting is the last part of submitting; a step is known by what it is, not by its
    place, which differs between ordinary and exceptional chains.
    """
    right = RIGHTS[event]
    if not right.counts:
        return ""
    if event in (Event.SUBMIT, Event.REPORT):
        return SUBMITTING
    step = signing_step(request, by) if event is Event.SEND_BACK else request.current_step
    return act_of_step(step)


def act_of_step(step):
    """Name a step as the four-eyes rule counts it."""
    return f"{step.act}:{step.role}:{step.unit}"


def has_done_another(act, done, by):
    """Tell whether *done*, as (act, person), has another act than this by the person of *by*."""
    return any(person == by.person_id and other != act for other, person in done)


def ask_four_eyes(request, by, act):
    """Raise Refused if the person of *by* has done another counted act on the request."""
    if has_done_another(act, RequestEvent.objects.acts_on(request), by):
        raise Refused(Refusal.FOUR_EYES, request)
