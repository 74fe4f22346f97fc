"""What the page of a student record shows, in rows."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.formats import date_format
from django.utils.text import capfirst

from backoffice.corrections.models import CorrectionRequest
from backoffice.roll.fields import CORRECTABLE, DocumentKind, RecordStatus, text_of
from backoffice.roll.models import StudentRecord, ValueChange
from backoffice.units.models import Unit
from backoffice.words import kit_language
from correctionkit.masking import mask_text
from correctionkit.numbers import identity
from correctionkit.render.wording import Wording
from correctionkit.requests.values import read_date

_CODES = ("number", "certificate_number")
_STUDY = ("major", "level")
_DAYS = ("enrolled_on", "graduated_on")
_CHOICES = {
    "status": dict(RecordStatus.choices),
    "document_kind": dict(DocumentKind.choices),
}


@dataclass(frozen=True, slots=True)
class ShownChange:
    """One value that became another; *case* is the one that it came from, if in sight."""

    field: str
    old: str
    new: str
    cause: str
    at: datetime
    by: str
    came_with: str
    case: int | None
    reference: str


@dataclass(frozen=True, slots=True)
class ShownRequest:
    """One request of the student."""

    case: int
    reference: str
    field: str
    old: str
    new: str
    reason: str
    state: str
    since: datetime


class RecordPage:
    """A record as *account* may see it; ID numbers are whole only where *revealed*."""

    def __init__(self, record, account, *, revealed):
        self.record = record
        self._account = account
        self._revealed = revealed

    def facts(self):
        """Return (label, text) of everything that the roll says now."""
        record = self.record
        yield label_of("unit"), " › ".join(unit.name for unit in Unit.objects.above(record.unit))
        for field in _CODES:
            yield label_of(field), getattr(record, field)
        yield label_of("status"), record.get_status_display()
        for field in CORRECTABLE:
            if field == "id_number":
                yield label_of("document_kind"), record.get_document_kind_display()
            yield label_of(field), self._shown(field, text_of(record, field))
        for field in _STUDY:
            yield label_of(field), getattr(record, field)
        for field in _DAYS:
            day = getattr(record, field)
            yield label_of(field), date_format(day) if day else ""

    def former_names(self):
        """Return the names that the student had before, the latest first."""
        return [each.name for each in self.record.former_names.all()]

    def changes(self):
        """Return how values came to be what they are, the latest first."""
        rows = list(
            ValueChange.objects.filter(record=self.record).select_related(
                "account__person", "carried_by"
            )
        )
        seen = self._requests_of_changes({each.carried_by_id or each.pk for each in rows})
        for each in rows:
            request = seen.get(each.carried_by_id or each.pk)
            yield ShownChange(
                field=label_of(each.field),
                old=self._shown(each.field, each.old),
                new=self._shown(each.field, each.new),
                cause=each.get_cause_display(),
                at=each.at,
                by=str(each.account or ""),
                came_with=label_of(each.carried_by.field) if each.carried_by else "",
                case=request and request.case_id,
                reference=request.case.reference if request else "",
            )

    def requests(self):
        """Return the student's requests that are in sight, the latest first."""
        rows = CorrectionRequest.objects.visible_to(self._account).filter(record=self.record)
        for each in rows.select_related("case").order_by("-pk"):
            wording = Wording(each.case.rules, kit_language())
            yield ShownRequest(
                case=each.case_id,
                reference=each.case.reference,
                field=wording.field(each.field),
                old=self._shown(each.field, each.old),
                new=self._shown(each.field, each.new),
                reason=wording.reason(each.reason),
                state=each.get_state_display(),
                since=each.state_since,
            )

    def _requests_of_changes(self, changes):
        rows = CorrectionRequest.objects.visible_to(self._account).filter(
            applied_change__in=changes
        )
        return {each.applied_change_id: each for each in rows.select_related("case")}

    def _shown(self, field, text):
        if field == "birth_date" or field in _DAYS:
            day = read_date(text)
            return date_format(day) if day else text
        if field in _CHOICES:
            return str(_CHOICES[field].get(text, text))
        if self._revealed or not text:
            return text
        # People type a number into the wrong box, too.
        return identity.masked(text) if field == "id_number" else mask_text(text)


def label_of(field):
    """Return what a field of the record is called."""
    return capfirst(str(StudentRecord._meta.get_field(field).verbose_name))
