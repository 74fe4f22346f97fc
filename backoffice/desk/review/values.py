"""Approved requests in rows: both values with what differs marked, and the record's."""

from dataclasses import dataclass

from django.utils import timezone

from backoffice.corrections.models import CorrectionRequest
from backoffice.desk.cases.asked import readable
from backoffice.desk.cases.marking import Marked, marked
from backoffice.roll.fields import text_of
from backoffice.words import say
from correctionkit.masking import mask_number, mask_text
from correctionkit.terms import ValueType


@dataclass(frozen=True, slots=True)
class ValueRow:
    """One request of a list."""

    request: CorrectionRequest
    field: str
    values: Marked
    record_value: str
    days: int


def value_rows(requests):
    """Return rows for requests that come with case, record and unit."""
    return [value_row(each) for each in requests]


def value_row(request):
    """Return the row of one request; ID numbers are masked."""
    field = request.case.rules.vocabulary.fields[request.field]
    old = readable(field.value, request.old, revealed=False)
    new = readable(field.value, request.new, revealed=False)
    return ValueRow(
        request=request,
        field=say(field.label),
        values=marked(field.value, old, new, revealed=False),
        record_value=hidden(field.value, text_of(request.record, request.field)),
        days=(timezone.localdate() - timezone.localdate(request.state_since)).days,
    )


def hidden(kind, text):
    """Return a value as lists may show it."""
    if kind is ValueType.ID_NUMBER:
        return mask_number(text)
    return mask_text(readable(kind, text, revealed=False))
