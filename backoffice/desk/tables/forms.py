"""What is asked before a table comes in."""

from django import forms
from django.utils.translation import gettext_lazy as _

from backoffice.desk.purpose import SHORTEST
from backoffice.tables.exports import ExportForm
from backoffice.units.models import Unit
from correctionkit.masking import mask_text


class TableUploadForm(forms.Form):
    """For which unit, and the file."""

    unit = forms.ModelChoiceField(Unit.objects.none(), label=_("Unit"), empty_label=None)
    file = forms.FileField(
        label=_("Table"),
        help_text=_("Excel (.xlsx, .xls) or CSV. Nothing is written before you have seen it."),
        widget=forms.ClearableFileInput(attrs={"accept": ".xlsx,.xls,.csv,.txt"}),
    )

    as_it_stands = forms.BooleanField(
        label=_("Take doubtful ID numbers and names as they stand"),
        help_text=_("For a roll with old mistakes: such rows get a remark and are not refused."),
        required=False,
    )

    def __init__(self, account, resource, *args, **kwargs):
        super().__init__(*args, **kwargs)
        units = Unit.objects.visible_to(account, resource.import_right)
        self.fields["unit"].queryset = units.order_by("path")
        if not resource.knows_doubts:
            del self.fields["as_it_stands"]


class ColumnsForm(forms.Form):
    """Which heading of the file stands for which column; headings go by their place.

    The row that was chosen may be none of headings, and hold numbers of people.
    """

    def __init__(self, columns, headings, *args, guessed=None, **kwargs):
        places = {text: str(place) for place, text in enumerate(headings)}
        kwargs["initial"] = {
            column: places[text] for column, text in (guessed or {}).items() if text in places
        }
        super().__init__(*args, **kwargs)
        self._headings = headings
        choices = [("", "—"), *[(place, mask_text(text)) for text, place in places.items()]]
        for column in columns:
            self.fields[column.id] = forms.ChoiceField(
                label=column.headings[0], choices=choices, required=False
            )

    def clean(self):
        """Refuse one heading for two columns."""
        cleaned = super().clean()
        taken = {}
        for column, heading in list(cleaned.items()):
            if heading and heading in taken:
                self.add_error(column, _("This heading stands for another column already."))
            taken.setdefault(heading, column)
        return cleaned

    @property
    def columns(self):
        """Return the headings by column, once the form is valid."""
        return {
            column: self._headings[int(place)]
            for column, place in self.cleaned_data.items()
            if place
        }


class TakeOutForm(forms.Form):
    """As what kind of file a list goes out, and whether with whole ID numbers."""

    form = forms.ChoiceField(
        label=_("Kind of file"),
        choices=ExportForm.choices,
        widget=forms.RadioSelect,
        initial=ExportForm.XLSX,
    )
    whole_numbers = forms.BooleanField(
        label=_("With whole ID numbers; it is logged"), required=False
    )
    purpose = forms.CharField(
        label=_("What you need the whole numbers for"), required=False, max_length=200
    )

    def __init__(self, *args, may_see_whole, needs_purpose, **kwargs):
        super().__init__(*args, **kwargs)
        self._needs_purpose = needs_purpose
        if not may_see_whole:
            del self.fields["whole_numbers"]
        if not (may_see_whole and needs_purpose):
            del self.fields["purpose"]

    def clean(self):
        """Refuse whole numbers without the purpose that this account must state."""
        cleaned = super().clean()
        cleaned.setdefault("whole_numbers", False)
        words = " ".join(cleaned.get("purpose", "").split())
        if cleaned["whole_numbers"] and self._needs_purpose and len(words) < SHORTEST:
            self.add_error("purpose", _("State in a few words what you need the numbers for."))
        return cleaned
