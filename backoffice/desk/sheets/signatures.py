"""Who has signed a sheet, and whose signature is missing on which lines."""

from dataclasses import dataclass, field
from datetime import datetime

from backoffice.corrections.models import RequestEvent
from backoffice.corrections.states import ON_ITS_WAY, Event
from backoffice.units.models import Unit
from backoffice.words import say

_SIGNING = frozenset({Event.PASS_ON, Event.SIGN_OFF})
_BEGINNING_ANEW = frozenset({Event.SUBMIT, Event.LAPSE, Event.SEND_BACK})


@dataclass
class Signature:
    """One signature that was given, or is missing: by which role of which unit, on which lines."""

    role: str
    unit: str
    person: str = ""
    at: datetime | None = None
    opinion: str = ""
    positions: list[int] = field(default_factory=list)

    @property
    def is_given(self):
        """Tell whether it was given."""
        return self.at is not None


def signatures_of(lines):
    """Return the signatures on a sheet's lines, given ones first, then those missing."""
    positions = {line.request.pk: line.position for line in lines}
    names = dict(Unit.objects.filter(pk__in=_units(lines)).values_list("pk", "name"))
    given = _given(positions)
    shown = {}
    for line in lines:
        request = line.request
        signed = given.get(request.pk, [])
        steps = [step for step in request.steps if step.is_before_filing]
        for number, step in enumerate(steps):
            event = signed[number] if number < len(signed) else None
            if event is None and request.state not in ON_ITS_WAY:
                continue
            key = (step.role, step.unit, event and event.person_id)
            one = shown.setdefault(key, _signature(request, step, event, names))
            one.positions.append(line.position)
    missing = [one for one in shown.values() if not one.is_given]
    signed = [one for one in shown.values() if one.is_given]
    return [*sorted(signed, key=lambda one: one.at), *missing]


def _given(positions):
    """Return for each request the events by which it is signed now, in their order."""
    given = {}
    rows = RequestEvent.objects.filter(request__in=positions).select_related("person")
    for event in rows.order_by("at", "pk"):
        if event.event in _BEGINNING_ANEW:
            given[event.request_id] = []
        elif event.event in _SIGNING:
            given.setdefault(event.request_id, []).append(event)
    return given


def _signature(request, step, event, names):
    role = request.case.rules.vocabulary.roles[step.role]
    return Signature(
        role=say(role.label),
        unit=names.get(step.unit, ""),
        person=str(event.person) if event else "",
        at=event.at if event else None,
        opinion=event.opinion if event else "",
    )


def _units(lines):
    return {step.unit for line in lines for step in line.request.steps}
