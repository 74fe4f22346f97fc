"""Forms of sheets: the signed scan that comes back, a line that goes back."""

from django import forms
from django.utils.translation import gettext_lazy as _

from backoffice.corrections.models import DecisionReason

MOST_FILES = 20
LONGEST_OPINION = 1000


class _Files(forms.FileField):
    """Several files of one field."""

    widget = type("ManyFiles", (forms.ClearableFileInput,), {"allow_multiple_selected": True})

    def clean(self, data, initial=None):
        """Return the files that were chosen, each fit to be one."""
        one = super().clean
        files = list(data) if isinstance(data, (list, tuple)) else [data]
        return [one(each, initial) for each in files if each] or [one(None, initial)]


class FilingForm(forms.Form):
    """The pages of a signed sheet's scan, and its code where it cannot be read on them."""

    scans = _Files(
        label=_("Scan of the signed sheet"),
        help_text=_("All pages, as JPG, PNG or PDF, in one file or several."),
        widget=_Files.widget(attrs={"accept": ".jpg,.jpeg,.png,.pdf"}),
        error_messages={"empty": _("One of the files is empty.")},
    )
    code = forms.CharField(
        label=_("Code on the signed print"),
        max_length=120,
        required=False,
        help_text=_(
            "Only where it could not be read from the scan: it stands at the foot of each page. "
            "Spaces, case and width of letters don't matter."
        ),
        widget=forms.TextInput(attrs={"size": 40, "autocomplete": "off"}),
    )

    def clean_scans(self):
        """Refuse more files than a sheet can have."""
        files = self.cleaned_data["scans"]
        if len(files) > MOST_FILES:
            words = _("At most %(most)d files; put several pages into one PDF.")
            raise forms.ValidationError(words % {"most": MOST_FILES})
        return files


class SendBackForm(forms.Form):
    """Why a line goes back to its clerk."""

    code = forms.ChoiceField(label=_("Reason of sending back"), required=False)
    opinion = forms.CharField(
        label=_("Opinion"),
        required=False,
        max_length=LONGEST_OPINION,
        widget=forms.Textarea(attrs={"rows": 2, "cols": 60}),
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        reasons = DecisionReason.objects.filter(
            verdict=DecisionReason.Verdict.SEND_BACK, in_use=True
        )
        chosen = [(reason.code, str(reason)) for reason in reasons]
        self.fields["code"].choices = [("", "—"), *chosen]
