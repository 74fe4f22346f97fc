"""What is typed on the page of a case: one form a field, and one for the case as a whole."""

from django import forms
from django.utils.translation import gettext_lazy as _

from backoffice.corrections.models import Case
from backoffice.words import kit_language, say
from correctionkit.codes import education, ethnicity, gender
from correctionkit.readings import read_text
from correctionkit.requests.values import read_date
from correctionkit.terms import ValueType

_TYPED = {"autocomplete": "off", "spellcheck": "false"}
_LISTED = {ValueType.GENDER: gender, ValueType.ETHNICITY: ethnicity}


class FieldForm(forms.Form):
    """One field: whether it is asked for, the new value, why, and since when.

    Values are kept as they are typed, spaces too: the rules say what is wrong with them.
    """

    asked = forms.BooleanField(required=False, label=_("Correct this"))
    new = forms.CharField(required=False, strip=False, max_length=200, label=_("New value"))
    reason = forms.ChoiceField(required=False, label=_("Reason"))
    change_date = forms.CharField(
        required=False,
        max_length=40,
        label=_("Date of the change"),
        widget=forms.TextInput({**_TYPED, "placeholder": "2024-05-31", "size": 12}),
    )

    def __init__(self, field, reasons, *args, **kwargs):
        super().__init__(*args, prefix=f"field-{field.id}", use_required_attribute=False, **kwargs)
        self.kind = field.value
        self.fields["new"].widget = self._widget(field, self.initial.get("new", ""))
        self.fields["reason"].choices = reasons
        for part in self.fields.values():
            # Each control of a row is told apart by those who do not see the table.
            label = f"{say(field.label)} · {part.label}"
            part.widget.attrs["aria-label"] = label

    def _widget(self, field, stored):
        if field.value in _LISTED:
            return forms.Select(choices=_choices(_LISTED[field.value], stored))
        attrs = dict(_TYPED)
        if field.value is ValueType.EDUCATION:
            attrs["list"] = "education-words"
        elif field.value is ValueType.DATE:
            attrs["placeholder"] = "1994-08-23"
        return forms.TextInput(attrs)

    def clean_change_date(self):
        """Return the day that was typed, in any of the ways that dates are written."""
        text = read_text(self.cleaned_data["change_date"]).read
        if not text:
            return None
        day = read_date(text)
        if day is None:
            raise forms.ValidationError(_("This is no date. Write it like 2024-05-31."))
        return day

    @property
    def is_asked(self):
        """Tell whether the field is ticked, in what was posted or else in what is stored."""
        if not self.is_bound:
            return bool(self.initial.get("asked"))
        widget = self.fields["asked"].widget
        return bool(widget.value_from_datadict(self.data, self.files, self.add_prefix("asked")))

    def typed(self, part):
        """Return what was typed for a part, or what is stored of it, as text."""
        if not self.is_bound:
            return str(self.initial.get(part) or "")
        return self.data.get(self.add_prefix(part), "")


class CaseForm(forms.Form):
    """What holds for the whole case, and what its page showed when it was opened."""

    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0)
    before = forms.CharField(widget=forms.HiddenInput, required=False, strip=False)
    cause = forms.CharField(
        required=False,
        max_length=4000,
        label=Case._meta.get_field("cause").verbose_name,
        help_text=Case._meta.get_field("cause").help_text,
        widget=forms.Textarea({"rows": 3, "cols": 70}),
    )
    remark = forms.CharField(
        required=False,
        max_length=Case._meta.get_field("remark").max_length,
        label=Case._meta.get_field("remark").verbose_name,
        widget=forms.TextInput({"size": 70}),
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, prefix="case", use_required_attribute=False, **kwargs)

    def typed(self, part):
        """Return what was typed for a part, or what is stored of it, as text."""
        if not self.is_bound:
            return str(self.initial.get(part) or "")
        return self.data.get(self.add_prefix(part), "")


class HandOverForm(forms.Form):
    """Who takes a case over."""

    receiver = forms.TypedChoiceField(coerce=int, label=_("Hand over to"))
    version = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=0)

    def __init__(self, receivers, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["receiver"].choices = [("", "—"), *receivers]


class HandOverAllForm(HandOverForm):
    """Whose drafts and returned cases go to whom."""

    giver = forms.TypedChoiceField(coerce=int, label=_("Hand over from"))
    field_order = ("giver", "receiver")

    def __init__(self, givers, receivers, *args, **kwargs):
        super().__init__(receivers, *args, **kwargs)
        self.fields["giver"].choices = [("", "—"), *givers]

    def clean(self):
        """Refuse to give from somebody to themselves."""
        cleaned = super().clean()
        if cleaned.get("giver") and cleaned.get("giver") == cleaned.get("receiver"):
            raise forms.ValidationError(_("Choose two different people."))
        return cleaned


def education_words():
    """Return the words that are offered while an education is typed."""
    return [row.zh for row in education.table().rows]


def _choices(table, stored):
    language = kit_language()
    choices = [("", "—")]
    choices += [(row.zh, row.label(language)) for row in table.table().rows]
    if stored and all(stored != value for value, _label in choices):
        choices.append((stored, stored))
    return choices
