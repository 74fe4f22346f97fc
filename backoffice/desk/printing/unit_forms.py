"""What the papers of a unit ask for: unit, period, status, and the words of a report."""

from django import forms
from django.utils.translation import gettext_lazy as _

from backoffice.desk.printing.periods import PeriodForm
from backoffice.roll.fields import RecordStatus
from backoffice.units.models import Unit

PRINTING = "sheets.print_requestsheet"
_STATUSES = [each for each in RecordStatus if each != RecordStatus.WITHDRAWN]
# Of each part, far from what one text may have on paper.
LONGEST_TEXT = 2000


class UnitPeriodForm(PeriodForm):
    """A unit that the account may print for, and a period."""

    field_order = ("unit", "first", "last")
    unit = forms.ModelChoiceField(Unit.objects.none(), label=_("Unit"), empty_label=None)

    def __init__(self, account, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["unit"].queryset = Unit.objects.visible_to(account, PRINTING).order_by("path")

    @property
    def what(self):
        """Return unit, first and last day, once the form is valid."""
        return self.cleaned_data["unit"], self.cleaned_data["first"], self.cleaned_data["last"]


class TableForm(UnitPeriodForm):
    """Of which status the table is."""

    field_order = ("unit", "status", "first", "last")
    status = forms.ChoiceField(
        label=_("Status of the students"),
        choices=[(each.value, each.label) for each in _STATUSES],
        initial=RecordStatus.ENROLLED.value,
    )


def _text(label, *, rows, required=True):
    return forms.CharField(
        label=label,
        required=required,
        max_length=LONGEST_TEXT,
        widget=forms.Textarea(attrs={"rows": rows, "cols": 80}),
    )


class ReportForm(UnitPeriodForm):
    """The words of a report, as the office leaves them; a line is a paragraph."""

    opening = _text(_("Opening words"), rows=5)
    causes = _text(_("Words before the exceptional cases"), rows=4, required=False)
    closing = _text(_("Closing words"), rows=3, required=False)
