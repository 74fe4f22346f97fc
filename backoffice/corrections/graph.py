"""The state graph of a correction request: every way from one state to another, and no more.

Permissions and relations are asked by the one service that performs events; here stand the
states, and what must be true of the request itself.
"""

from django.db import models
from django_fsm import ConcurrentTransitionMixin, FSMField, transition

from backoffice.corrections.states import UNDECIDED, State
from correctionkit.terms import Act


def on_last_step_before_filing(request):
    """The step that stands is the last one that is signed before filing."""
    return _signs(request) and not _next_signs(request)


def on_earlier_step_before_filing(request):
    """Another signature, or the report, has to follow the one that stands."""
    return _signs(request) and _next_signs(request)


def on_report_step(request):
    """No sheet carries the request: its report files it."""
    return request.current_step is not None and request.current_step.act == Act.REPORT


def on_last_decision(request):
    """Nobody decides after this step."""
    return _decides(request) and request.step == len(request.steps) - 1


def on_earlier_decision(request):
    """A higher unit decides after this step."""
    return _decides(request) and request.step < len(request.steps) - 1


def on_any_decision(request):
    """A decision is due."""
    return _decides(request)


def old_value_stood(request):
    """The value was written, so that the request has what it asked for."""
    return request.applied_change_id is not None and not request.in_conflict


def conflict_was_found(request):
    """The record says something else than the request took for the old value."""
    return request.in_conflict


def _signs(request):
    return request.current_step is not None and request.current_step.is_before_filing


def _next_signs(request):
    following = request.steps[request.step + 1 : request.step + 2]
    return any(step.act != Act.DECIDE for step in following)


def _decides(request):
    return request.current_step is not None and request.current_step.act == Act.DECIDE


class RequestGraph(ConcurrentTransitionMixin, models.Model):
    """The fixed graph.  *step* counts the steps of the frozen chain that were taken."""

    state = FSMField(choices=State, default=State.DRAFT, protected=True, db_index=True)
    step = models.PositiveSmallIntegerField(default=0, editable=False)

    class Meta:
        abstract = True

    @transition(state, source=[State.DRAFT, State.RETURNED], target=State.SUBMITTED)
    def submit(self):
        """Begin the chain from its first step."""
        self.step = 0

    @transition(
        state,
        source=State.SUBMITTED,
        target=State.SUBMITTED,
        conditions=[on_earlier_step_before_filing],
    )
    def pass_on(self):
        """Sign, with another signature to follow."""
        self.step += 1

    @transition(
        state,
        source=State.SUBMITTED,
        target=State.SIGNED_OFF,
        conditions=[on_last_step_before_filing],
    )
    def sign_off(self):
        """Sign as the last one before filing."""
        self.step += 1

    @transition(state, source=[State.SUBMITTED, State.SIGNED_OFF], target=State.DRAFT)
    def send_back(self):
        """Give the request back to its clerk."""
        self.step = 0

    @transition(state, source=[State.SUBMITTED, State.SIGNED_OFF], target=State.SUBMITTED)
    def lapse(self):
        """Lose the signatures, since the sheet they stood on has changed."""
        self.step = 0

    @transition(state, source=State.SIGNED_OFF, target=State.FILED)
    def file(self):
        """Reach headquarters with the signed sheet."""

    @transition(state, source=State.SUBMITTED, target=State.FILED, conditions=[on_report_step])
    def report(self):
        """Reach the deciding unit by a report instead of a sheet."""
        self.step += 1

    @transition(state, source=State.FILED, target=State.FILED, conditions=[on_earlier_decision])
    def refer(self):
        """Approve, with a higher unit to decide."""
        self.step += 1

    @transition(state, source=State.FILED, target=State.APPROVED, conditions=[on_last_decision])
    def approve(self):
        """Decide in favour; the record has not changed yet."""
        self.step += 1

    @transition(state, source=State.FILED, target=State.RETURNED, conditions=[on_any_decision])
    def return_(self):
        """Ask the clerk for more."""
        self.step = 0

    @transition(state, source=State.FILED, target=State.REJECTED, conditions=[on_any_decision])
    def reject(self):
        """Decide against it."""

    @transition(state, source=sorted(UNDECIDED), target=State.WITHDRAWN)
    def withdraw(self):
        """Take the request back before it is decided."""

    @transition(state, source=State.APPROVED, target=State.APPLIED, conditions=[old_value_stood])
    def apply(self):
        """Stand in the record."""

    @transition(
        state, source=State.APPROVED, target=State.RETURNED, conditions=[conflict_was_found]
    )
    def reopen(self):
        """Go back to the clerk, since the record has moved on meanwhile."""
        self.step = 0
        self.in_conflict = False

    @transition(state, source=State.APPLIED, target=State.RECONCILED)
    def reconcile(self):
        """Stand in the outside register too."""
