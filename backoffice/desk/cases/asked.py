"""What a case asks for, as those see it who do not write it."""

from dataclasses import dataclass
from datetime import date, datetime

from django.utils.formats import date_format

from backoffice.corrections.models import RequestEvent
from backoffice.corrections.states import State
from backoffice.desk.cases.marking import Marked, marked
from backoffice.roll.fields import same_value, text_of
from backoffice.sheets.models import RequestSheet, SheetLine
from backoffice.words import say
from correctionkit.masking import mask_number, mask_text
from correctionkit.requests.values import read_date
from correctionkit.terms import ValueType


@dataclass(frozen=True, slots=True)
class ShownRequest:
    """One request: both values with what differs marked, and where it stands.

    *stands* is what the record says by now, where that is neither of the two.
    """

    pk: int
    label: str
    values: Marked
    reason: str
    change_date: date | None
    exceptional: bool
    in_conflict: bool
    state: str
    state_label: str
    since: datetime
    stands: str
    sheet: RequestSheet | None
    reverses: object


@dataclass(frozen=True, slots=True)
class ShownEvent:
    """One thing that happened to a request of the case."""

    label: str
    event: str
    source: str
    target: str
    person: str
    reason: str
    opinion: str
    at: datetime


def shown_requests(case, requests, account, *, revealed):
    """Return the requests of a case in words; sheets are named where *account* may see them."""
    sheets = _sheets(requests, account)
    return [_shown(case, each, sheets.get(each.pk), revealed) for each in requests]


def shown_events(case, *, revealed):
    """Return what happened to the requests of a case, the latest first."""
    rows = RequestEvent.objects.filter(request__case=case).order_by("-at", "-pk")
    fields = case.rules.vocabulary.fields
    return [
        ShownEvent(
            label=say(fields[row.request.field].label),
            event=row.get_event_display(),
            source=row.get_source_display(),
            target=row.get_target_display(),
            person=str(row.person or ""),
            reason=str(row.reason or ""),
            opinion=row.opinion if revealed else mask_text(row.opinion),
            at=row.at,
        )
        for row in rows.select_related("request", "person", "reason")
    ]


def _shown(case, request, sheet, revealed):
    terms = case.rules.vocabulary
    field, reason = terms.fields[request.field], terms.reasons.get(request.reason)
    return ShownRequest(
        pk=request.pk,
        label=say(field.label),
        values=marked(
            field.value,
            readable(field.value, request.old, revealed=revealed),
            readable(field.value, request.new, revealed=revealed),
            revealed=revealed,
        ),
        reason=say(reason.label) if reason else "",
        change_date=request.change_date,
        exceptional=request.exceptional,
        in_conflict=request.in_conflict,
        state=request.state,
        state_label=request.get_state_display(),
        since=request.state_since,
        stands=_stands(case.record, request, field, revealed),
        sheet=sheet,
        reverses=request.reverses,
    )


def readable(kind, text, *, revealed):
    """Return a value as people read it; numbers that strayed into another field are masked."""
    if kind is ValueType.DATE:
        day = read_date(text)
        return date_format(day) if day else text
    if kind is ValueType.ID_NUMBER or revealed:
        return text
    return mask_text(text)


def _stands(record, request, field, revealed):
    if request.state in (State.APPLIED, State.RECONCILED, State.REJECTED, State.WITHDRAWN):
        return ""
    text = text_of(record, request.field)
    if same_value(field.value, request.old, text):
        return ""
    if field.value is ValueType.ID_NUMBER and not revealed:
        return mask_number(text)
    return readable(field.value, text, revealed=revealed)


def _sheets(requests, account):
    lines = SheetLine.objects.filter(request__in=[each.pk for each in requests], removed_at=None)
    return {
        line.request_id: line.sheet
        for line in lines.select_related("sheet__unit")
        if account.has_perm("sheets.view_requestsheet", line.sheet)
    }
