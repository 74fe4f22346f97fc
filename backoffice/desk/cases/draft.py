"""A case as its clerk has it before them: what is stored, what is typed, what may be asked."""

from functools import cached_property

from django.utils.translation import gettext as _

from backoffice.corrections.models import CorrectionRequest
from backoffice.desk.cases.forms import CaseForm, FieldForm
from backoffice.roll.fields import CORRECTABLE, text_of
from backoffice.words import say
from backoffice.workflow.intake import Wish, bring_up_to_date
from backoffice.workflow.judging import as_on_record
from backoffice.workflow.refusals import Refused
from correctionkit.requests.offers import offers
from correctionkit.requests.values import read_value
from correctionkit.terms import ValueType


class Draft:
    """The forms of one case, filled with *data* as posted, or else with what is stored.

    Whole ID numbers stand in it only where they were typed just now, or are *revealed*.
    """

    def __init__(self, case, data=None, *, revealed=False):
        self.case, self.record = case, case.record
        self.revealed = revealed
        self.trouble = _bring_up_to_date(case)
        self.rules = case.rules
        # The latest request of each field, and of these what lies with the clerk.
        self.latest = {request.field: request for request in case.requests.order_by("pk")}
        self.stored = {
            field: self.latest[field]
            for field in self.vocabulary
            if field in self.latest and self.latest[field].is_editable
        }
        for request in self.stored.values():
            # As submitting will judge it: the student may have graduated meanwhile.
            request.status = self.record.status
        self.data = self._revealed(data) if data is not None and revealed else data
        self.forms = {field: self._form(field) for field in self._fields()}
        # Posted, but not to be had any more: somebody else asks for it, or the rules changed.
        self.shut = {field: self._form(field) for field in self._posted_besides()}
        shown = {"version": case.version, "cause": case.cause, "remark": case.remark}
        self.paper = CaseForm(data, initial=shown)

    @property
    def vocabulary(self):
        """Return the fields that the policy knows, by id."""
        return self.rules.vocabulary.fields

    @property
    def is_typed(self):
        """Tell whether this is what was posted."""
        return self.data is not None

    @cached_property
    def offers(self):
        """Return what the policy takes for the student today: offers by reason, by field."""
        taken = {}
        if self.record.status not in self.rules.statuses:
            return taken
        for offer in offers(
            self.rules,
            self.record.status,
            self.case.judged_on(),
            as_on_record(self.record),
            number=self.record.shown_number,
        ):
            if offer.field in CORRECTABLE:
                taken.setdefault(offer.field, {})[offer.reason] = offer
        return taken

    @cached_property
    def open_elsewhere(self):
        """Return the student's open requests that block a field here, by field."""
        rows = CorrectionRequest.objects.open().filter(record=self.record)
        rows = rows.select_related("case__unit").exclude(
            pk__in=[request.pk for request in self.stored.values()]
        )
        return {request.field: request for request in rows}

    @cached_property
    def asked(self):
        """Return the fields that are asked for, in the order of the policy."""
        return [field for field, form in self.forms.items() if form.is_asked]

    @property
    def shut_out(self):
        """Return the fields that were ticked and cannot be asked for any more."""
        return [field for field, form in self.shut.items() if form.is_asked]

    def is_valid(self):
        """Tell whether all that was posted can be kept, right or wrong."""
        forms = [self.forms[field].is_valid() for field in self.asked]
        return self.paper.is_valid() and all(forms)

    def requests(self):
        """Return the requests as they stand on the page, for the rules to judge; none is saved."""
        if not self.is_typed:
            return list(self.stored.values())
        return [
            CorrectionRequest(
                case=self.case,
                record=self.record,
                unit=self.case.unit,
                status=self.record.status,
                field=field,
                old=self._old_of(field) or text_of(self.record, field),
                new=self.new_of(field),
                reason=self._reason_of(field),
                change_date=self._day_of(field),
            )
            for field in self.asked
        ]

    def wishes(self, taking_over=frozenset()):
        """Return what is asked for; old values of *taking_over* become those of the record."""
        return [
            Wish(
                field,
                self.new_of(field),
                self._reason_of(field),
                self._day_of(field),
                None if field in taking_over else self._old_of(field),
            )
            for field in self.asked
        ]

    def left_out(self):
        """Return the fields that something was typed for without a tick."""
        return [
            field
            for field, form in self.forms.items()
            if field not in self.asked and field not in self.stored and form.typed("new").strip()
        ]

    def new_of(self, field):
        """Return the new value as typed; an ID number left empty is the one that is stored."""
        typed = self.forms[field].typed("new")
        if not typed and field in self.stored and self.is_hidden(field):
            return self.stored[field].new
        return typed

    def posted(self, field, part):
        """Return a part of a field as it was posted, dates as they are stored."""
        form = self.forms.get(field) or self.shut[field]
        typed = form.typed(part)
        if part == "new" and not typed and self.is_hidden(field) and field in self.latest:
            return self.latest[field].new
        if part == "change_date" and (day := _day(form)):
            return day.isoformat()
        return typed

    def is_hidden(self, field):
        """Tell whether the field's values are shown masked."""
        return self.vocabulary[field].value is ValueType.ID_NUMBER

    def label(self, field):
        """Return what a field is called."""
        return say(self.vocabulary[field].label)

    def reading(self, field):
        """Return how the rules read what is typed for a field."""
        return read_value(self.vocabulary[field].value, self.new_of(field))

    def _fields(self):
        return [
            field
            for field in self.vocabulary
            if field in self.stored or (field in self.offers and field not in self.open_elsewhere)
        ]

    def _posted_besides(self):
        if self.data is None:
            return []
        return [
            field
            for field in self.vocabulary
            if field not in self.forms and f"field-{field}-asked" in self.data
        ]

    def _form(self, field):
        request = self.stored.get(field)
        initial = {}
        if request:
            hidden = self.is_hidden(field) and not self.revealed
            initial = {
                "asked": True,
                "new": "" if hidden else request.new,
                "reason": request.reason,
                "change_date": request.change_date and request.change_date.isoformat(),
            }
        return FieldForm(
            self.vocabulary[field], self._reasons(field, request), self.data, initial=initial
        )

    def _reasons(self, field, request):
        terms = self.rules.vocabulary.reasons
        taken = self.offers.get(field, {})
        choices = [("", "—")]
        for reason, offer in taken.items():
            label = say(terms[reason].label)
            if offer.exceptional:
                label = _("%(reason)s (exceptional)") % {"reason": label}
            choices.append((reason, label))
        if request and request.reason and request.reason not in taken:
            term = terms.get(request.reason)
            label = say(term.label) if term else request.reason
            choices.append((request.reason, _("%(reason)s (not accepted)") % {"reason": label}))
        return choices

    def _revealed(self, data):
        """Fill stored ID numbers in where nothing was typed in their place."""
        data = data.copy()
        for field, request in self.stored.items():
            if self.is_hidden(field) and not data.get(f"field-{field}-new"):
                data[f"field-{field}-new"] = request.new
        return data

    def _old_of(self, field):
        return self.stored[field].old if field in self.stored else None

    def _reason_of(self, field):
        form = self.forms[field]
        typed = form.typed("reason")
        # What is not offered is told beside the field; the rules know no such word.
        return typed if typed in dict(form.fields["reason"].choices) else ""

    def _day_of(self, field):
        return _day(self.forms[field])


def _day(form):
    form.is_valid()
    return form.cleaned_data.get("change_date")


def _bring_up_to_date(case):
    """Let the page judge a draft by today's policy; say why where that cannot be."""
    try:
        bring_up_to_date(case)
    except Refused as fault:
        return fault.message
    return ""
