"""What a unit submitted in a period: the requests that its tables and its report are of."""

from django.db.models import Max, Q

from backoffice.corrections.models import CorrectionRequest
from backoffice.corrections.states import EDITABLE, Event, State
from backoffice.desk.printing.periods import moments
from backoffice.policies.choosing import choose_policy
from backoffice.policies.shelf import policy_of

_NOT_SUBMITTED = sorted({*EDITABLE, State.WITHDRAWN})


def submitted_requests(unit, first, last):
    """Return the requests of *unit* and below that were last submitted in the period.

    What was returned or withdrawn since is left out, and so are reversals, which are
    headquarters' own.
    """
    begins, ends = moments(first, last)
    rows = (
        CorrectionRequest.objects.filter(unit__path__startswith=unit.path, reverses=None)
        .exclude(state__in=_NOT_SUBMITTED)
        .annotate(submitted_at=Max("events__at", filter=Q(events__event=Event.SUBMIT)))
        .filter(submitted_at__gte=begins, submitted_at__lt=ends)
        .select_related("case__unit", "record__unit", "unit")
        .order_by("pk")
    )
    # By the number as text, as the office's tables are sorted.
    return sorted(rows, key=lambda request: (request.record.shown_number, request.pk))


def rules_of(unit, day):
    """Return the policy that is in force for *unit* on *day*; raises NoPolicy."""
    choice = choose_policy(unit, day)
    return policy_of(choice.policy, tuple(choice.overlays))


def latest_of(requests, first, last):
    """Return when the latest of *requests* was submitted, else when the period began."""
    return max((each.submitted_at for each in requests), default=moments(first, last)[0])
