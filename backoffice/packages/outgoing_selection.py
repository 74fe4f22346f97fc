"""Which requests go into a package, which don't, and why not."""

import hashlib
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.db import models
from django.db.models import Max, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from backoffice.corrections.models import CorrectionRequest
from backoffice.corrections.states import EDITABLE, Event, State
from backoffice.packages.models import OutgoingLine, PartState
from backoffice.sheets.models import SheetLine
from backoffice.units.models import Unit
from correctionkit.packages.building.composing import folder_name
from correctionkit.packages.writer.writing import name_fault

MOST_REQUESTS = 5000
SENDABLE = frozenset({State.SIGNED_OFF, State.FILED})
# Those of which somebody may have received something.
GONE = (PartState.SENT, PartState.SENDING, PartState.UNCERTAIN)


class LeftOut(models.TextChoices):
    """Why a request is in no package."""

    WITH_CLERK = "with-clerk", _("Back with the clerk, who has not submitted it again")
    WITHDRAWN = "withdrawn", _("Withdrawn")
    NOT_SIGNED = "not-signed", _("Not signed off yet")
    DECIDED = "decided", _("Decided already")
    SENT_BEFORE = "sent-before", _("In a package that was sent")
    OTHER_POLICY = "other-policy", _("Judged by another policy: it needs a package of its own")
    NO_TABLE = "no-table", _("The policy has no summary table for the student's status")
    OTHER_REASON = "other-reason", _("Of another reason")
    FOLDER = "folder", _("No folder can be called after this student: a character is not allowed")


class TooMany(Exception):
    """More requests than one package takes: choose a shorter period."""


@dataclass(frozen=True, slots=True)
class Order:
    """What a package is to be of: a period or sheets, one policy, and maybe one reason.

    *anew* is the package whose place it takes, what of that was sent counting for nothing.
    """

    unit: Unit
    policy: str
    overlays: tuple[str, ...] = ()
    reason: str = ""
    first: date | None = None
    last: date | None = None
    sheets: tuple[int, ...] = ()
    anew: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Selection:
    """The requests of a package in the order of its tables, and those left out, with why."""

    taken: tuple[CorrectionRequest, ...]
    left: tuple[tuple[CorrectionRequest, LeftOut], ...]

    @property
    def digest(self):
        """Return what tells whether the same would still be taken as was shown."""
        keys = ",".join(f"{each.pk}:{each.version}" for each in self.taken)
        return hashlib.sha256(keys.encode()).hexdigest()


def select(order):
    """Return what goes into the package of *order*; raises TooMany."""
    found = candidates(order)
    rows = list(found[: MOST_REQUESTS + 1])
    if len(rows) > MOST_REQUESTS:
        raise TooMany
    sent = sent_before(rows, but=order.anew)
    taken, left = [], []
    for request in rows:
        why = _why_not(request, order, sent)
        if why is None:
            taken.append(request)
        else:
            left.append((request, why))
    return Selection(tuple(in_order(taken)), tuple(left))


def candidates(order):
    """Return the requests that an order speaks of, whatever became of them."""
    rows = submissions(order.unit)
    if order.sheets:
        lines = SheetLine.objects.filter(
            sheet__in=order.sheets, removed_at=None, voided_at=None
        ).values("request")
        return rows.filter(pk__in=lines)
    begins, ends = moments(order.first, order.last)
    return rows.filter(submitted_at__gte=begins, submitted_at__lt=ends)


def submissions(unit):
    """Return the requests of *unit* and below with when each was last submitted.

    Reversals are headquarters' own, and in no package.
    """
    return (
        CorrectionRequest.objects.filter(unit__path__startswith=unit.path, reverses=None)
        .annotate(submitted_at=Max("events__at", filter=Q(events__event=Event.SUBMIT)))
        .filter(submitted_at__isnull=False)
        .select_related("case__unit", "case__record", "record__unit", "unit")
        .order_by("pk")
    )


def moments(first, last):
    """Return the moment that a period of local days begins with, and the one it ends before."""
    return tuple(
        timezone.make_aware(datetime.combine(day, time.min))
        for day in (first, last + timedelta(days=1))
    )


def in_order(requests):
    """Sort requests as tables are: by number as text."""
    return sorted(requests, key=lambda each: (each.record.shown_number, each.pk))


def sent_before(requests, *, but=()):
    """Return the keys of those of *requests* that are in a package that was sent."""
    lines = OutgoingLine.objects.filter(request__in=requests, part__state__in=GONE)
    return set(lines.exclude(package__in=but).values_list("request_id", flat=True))


def policies_of(requests):
    """Return the policies that *requests* are judged by, as (id, overlays)."""
    return sorted({(each.case.policy, tuple(each.case.overlays)) for each in requests})


def _why_not(request, order, sent):
    case = request.case
    if why := _why_state(request, sent):
        return why
    if (case.policy, tuple(case.overlays)) != (order.policy, order.overlays):
        return LeftOut.OTHER_POLICY
    if request.status not in case.rules.statuses:
        return LeftOut.NO_TABLE
    if order.reason and request.reason != order.reason:
        return LeftOut.OTHER_REASON
    if name_fault(folder_name(request.record.shown_number, request.record.name)):
        return LeftOut.FOLDER
    return None


def _why_state(request, sent):
    state = State(request.state)
    if state in EDITABLE:
        return LeftOut.WITH_CLERK
    if state == State.WITHDRAWN:
        return LeftOut.WITHDRAWN
    if state == State.SUBMITTED:
        return LeftOut.NOT_SIGNED
    if state not in SENDABLE:
        return LeftOut.DECIDED
    return LeftOut.SENT_BEFORE if request.pk in sent else None
