"""What is asked before a package comes in."""

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from backoffice.desk.evidence.bounded_uploads import MOST_SIGNED_IN
from backoffice.packages.incoming_queries import IMPORTING
from backoffice.units.models import Unit


class PackageForm(forms.Form):
    """For which unit, and the ZIP."""

    unit = forms.ModelChoiceField(
        Unit.objects.none(), label=gettext_lazy("Filed by"), empty_label=None
    )
    file = forms.FileField(
        label=gettext_lazy("Package"),
        help_text=gettext_lazy(
            "A ZIP with summary tables and a folder of scans for each student. Nothing is "
            "written before you have seen what was found."
        ),
        widget=forms.ClearableFileInput(attrs={"accept": ".zip"}),
    )

    def __init__(self, account, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["unit"].queryset = Unit.objects.visible_to(account, IMPORTING).order_by("path")

    def clean_file(self):
        """Refuse what did not come whole, since it is larger than a page takes."""
        file = self.cleaned_data["file"]
        if file.size >= MOST_SIGNED_IN:
            words = _(
                "The package has more than %(most)d MB. Split it, or have the operator take it "
                "in with the command import_package."
            )
            raise forms.ValidationError(words % {"most": MOST_SIGNED_IN // 1024**2})
        return file
