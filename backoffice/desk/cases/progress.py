"""How far a case has come: the steps of its chain, taken, standing and to come, with who."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from itertools import groupby

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from backoffice.corrections.chain import LevelMissing, freeze, thaw
from backoffice.corrections.models import RequestEvent
from backoffice.corrections.states import Event, State
from backoffice.units.models import Unit
from backoffice.words import kit_language, say
from correctionkit.render.phrases import listed
from correctionkit.terms import Act

_ACTS = {
    Act.SIGN_OFF: gettext_lazy("Sign"),
    Act.CONSENT: gettext_lazy("Consent"),
    Act.REPORT: gettext_lazy("Report"),
    Act.DECIDE: gettext_lazy("Decide"),
}
_ENDED = {State.REJECTED, State.WITHDRAWN}
_FILE, _APPLY, _RECONCILE = "file", "apply", "reconcile"
_EVENTS = {_FILE: Event.FILE, _APPLY: Event.APPLY, _RECONCILE: Event.RECONCILE}


class Place(StrEnum):
    """Where a step lies, seen from where the request stands."""

    DONE = "done"
    NOW = "now"
    NEXT = "next"
    STOPPED = "stopped"


@dataclass(frozen=True, slots=True)
class Stage:
    """One step: what is to be done by which role of which unit, and who did it when."""

    label: str
    who: str
    place: Place
    person: str = ""
    at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Strip:
    """The steps of those fields of a case that stand at the same place."""

    fields: tuple[str, ...]
    stages: tuple[Stage, ...]
    state_label: str

    @property
    def label(self):
        """Return the fields in a row."""
        return listed(self.fields, kit_language())


def strips(case, requests):
    """Return one strip for all requests of a case that have come equally far."""
    fields = case.rules.vocabulary.fields
    events = _events(case)
    chains = {request.pk: _chain(case, request) for request in requests}
    names = _unit_names(chains.values())
    found = []
    for _key, group in groupby(sorted(requests, key=_standing), key=_standing):
        same = list(group)
        found.append(
            Strip(
                fields=tuple(say(fields[each.field].label) for each in same),
                stages=tuple(
                    _stages(case, same[0], chains[same[0].pk], events.get(same[0].pk, []), names)
                ),
                state_label=same[0].get_state_display(),
            )
        )
    return found


def _standing(request):
    chain = [f"{step['act']}:{step['role']}:{step['unit']}" for step in request.chain]
    return (request.state, request.step, request.exceptional, chain)


def _stages(case, request, chain, events, names):
    now = _now(request, case, chain)
    done = _done(events)
    marks = ["submit"]
    marks += [index for index, step in enumerate(chain) if step.is_before_filing]
    if case.kind_rules.sheet:
        marks.append(_FILE)
    marks += [index for index, step in enumerate(chain) if not step.is_before_filing]
    marks += [_APPLY, _RECONCILE]
    at = marks.index(now) if now in marks else len(marks)
    for index, mark in enumerate(marks):
        place = Place.DONE if index < at else Place.NOW if index == at else Place.NEXT
        if request.state in _ENDED and place is Place.NOW:
            place = Place.STOPPED
        label, who = _words(mark, case, chain, names)
        key = _key(mark, chain)
        event = done.get(key) if place is Place.DONE else None
        yield Stage(
            label=label,
            who=who,
            place=place,
            person=str(event.person or "") if event else "",
            at=event.at if event else None,
        )


def _words(mark, case, chain, names):
    if mark == "submit":
        return _("Enter and submit"), case.handler.name
    if mark == _FILE:
        return _("Return the signed sheet"), ""
    if mark == _APPLY:
        return _("Write to the record"), ""
    if mark == _RECONCILE:
        return _("Reconcile"), ""
    step = chain[mark]
    roles = case.rules.vocabulary.roles
    role = say(roles[step.role].label) if step.role in roles else step.role
    return str(_ACTS[Act(step.act)]), f"{names.get(step.unit, '')} {role}".strip()


def _now(request, case, chain):
    """Return the mark at which the request stands; none of them once it is reconciled."""
    state = State(request.state)
    if state is State.WITHDRAWN or state is State.REJECTED:
        return request.step if request.step < len(chain) and request.chain else "submit"
    if state is State.SIGNED_OFF:
        return _FILE if case.kind_rules.sheet else request.step
    if state in (State.SUBMITTED, State.FILED):
        return request.step
    return {State.APPROVED: _APPLY, State.APPLIED: _RECONCILE, State.RECONCILED: None}.get(
        state, "submit"
    )


def _key(mark, chain):
    if mark == "submit":
        return Event.SUBMIT
    if mark in _EVENTS:
        return _EVENTS[mark]
    step = chain[mark]
    return Act.REPORT if step.act == Act.REPORT else f"{step.act}:{step.role}:{step.unit}"


def _done(events):
    """Return the events since the last submission, by what they were an act of."""
    done = {}
    for event in events:
        if event.event == Event.SUBMIT:
            done = {Event.SUBMIT: event}
        elif event.event == Event.LAPSE:
            done = {Event.SUBMIT: done.get(Event.SUBMIT)}
        elif event.event == Event.REPORT:
            # Reporting counts as part of submitting; its step is known by what it is.
            done[Act.REPORT] = event
        else:
            done[event.act or event.event] = event
    return done


def _events(case):
    rows = RequestEvent.objects.filter(request__case=case).select_related("person")
    events = {}
    for row in rows.order_by("at", "pk"):
        events.setdefault(row.request_id, []).append(row)
    return events


def _chain(case, request):
    """Return the steps that a request takes, as they would be frozen where it is a draft."""
    if request.chain and request.state != State.DRAFT:
        return thaw(request.chain)
    try:
        return thaw(freeze(case.kind_rules.chain(request.exceptional), case.unit))
    except LevelMissing:
        return ()


def _unit_names(chains):
    keys = {step.unit for chain in chains for step in chain}
    return dict(Unit.objects.filter(pk__in=keys).values_list("pk", "name"))
