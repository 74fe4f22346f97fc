"""What a package is asked for by: first of what, then on which terms."""

import re
from datetime import timedelta

from django import forms
from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from backoffice.desk.packages_out.terms import policy_label
from backoffice.packages.models import PackageAddress
from backoffice.packages.outgoing_services import ADDING
from backoffice.sheets.models import RequestSheet
from backoffice.units.models import Unit
from backoffice.words import say

LONGEST_PERIOD = 366
MOST_SHEETS = 200
MOST_MB = 4000
_DAYS_AWAY = 366
_BETWEEN = re.compile(r"[\s,，、;；]+")


def _day(label, *, required=True):
    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    return forms.DateField(label=label, required=required, widget=widget)


class WhatForm(forms.Form):
    """Of which unit, and of which days or sheets."""

    unit = forms.ModelChoiceField(Unit.objects.none(), label=gettext_lazy("Unit"), empty_label=None)
    first = _day(gettext_lazy("Submitted from"), required=False)
    last = _day(gettext_lazy("Submitted until"), required=False)
    sheets = forms.CharField(
        label=gettext_lazy("Or: numbers of request sheets"),
        required=False,
        max_length=20_000,
        widget=forms.Textarea(attrs={"rows": 3, "cols": 50}),
        help_text=gettext_lazy("Instead of days. One a line, or with commas between them."),
    )

    def __init__(self, account, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self._account = account
        units = Unit.objects.visible_to(account, ADDING).order_by("path")
        self.fields["unit"].queryset = units

    def clean_sheets(self):
        """Return the keys of the sheets that were named; those out of sight do not exist."""
        typed = _BETWEEN.split(self.cleaned_data["sheets"])
        numbers = [each for each in dict.fromkeys(typed) if each]
        if len(numbers) > MOST_SHEETS:
            raise forms.ValidationError(_("At most %(most)d sheets.") % {"most": MOST_SHEETS})
        unit = self.cleaned_data.get("unit")
        found = RequestSheet.objects.visible_to(self._account).filter(number__in=numbers)
        if unit:
            found = found.filter(unit__path__startswith=unit.path)
        keys = dict(found.values_list("number", "pk"))
        for number in numbers:
            if unit and number not in keys:
                words = _("There is no request sheet “%(number)s” of this unit.")
                raise forms.ValidationError(words % {"number": number})
        return tuple(sorted(keys.values()))

    def clean(self):
        """Ask for days or sheets, and for a period that can be."""
        cleaned = super().clean()
        first, last = cleaned.get("first"), cleaned.get("last")
        if "sheets" not in cleaned or {"first", "last"} & set(self.errors):
            return cleaned
        if cleaned["sheets"]:
            cleaned["first"] = cleaned["last"] = None
        elif not first or not last:
            self.add_error("first", _("Give the first and the last day, or numbers of sheets."))
        elif last < first:
            self.add_error("last", _("The last day is before the first."))
        elif (last - first).days >= LONGEST_PERIOD:
            self.add_error("last", _("At most one year."))
        elif first.year < 1900 or last.year > timezone.localdate().year + 1:
            self.add_error("first", _("This day is out of the calendar of the office."))
        return cleaned


class TermsForm(forms.Form):
    """By which policy and reason, under which number and date, in mails of which size."""

    policy = forms.ChoiceField(label=gettext_lazy("Policy"))
    reason = forms.ChoiceField(label=gettext_lazy("Reason"), required=False)
    platform = forms.ChoiceField(label=gettext_lazy("Platform"))
    batch = forms.IntegerField(
        label=gettext_lazy("Batch"),
        min_value=1,
        max_value=99_999,
        help_text=gettext_lazy("The next free number of this unit and year is proposed."),
    )
    day = _day(gettext_lazy("Date in the subject"))
    limit_mb = forms.IntegerField(
        label=gettext_lazy("A mail may have at most (MB)"), min_value=1, max_value=MOST_MB
    )

    def __init__(self, terms, *args, **kwargs):
        """Offer what *terms* allow."""
        super().__init__(*args, **kwargs)
        self.fields["limit_mb"].help_text = _(
            "As it travels: the ZIP may have about three quarters of it. What is larger goes in "
            "several mails, whole students each. %(default)d MB unless your mail system says "
            "otherwise."
        ) % {"default": settings.OFFICE_MAIL_LIMIT_MB}
        self.fields["policy"].choices = [
            (key, policy_label(rules)) for key, rules in terms.policies.items()
        ]
        rules = terms.rules
        reasons = [(code, say(term.label)) for code, term in rules.vocabulary.reasons.items()]
        if rules.package.mixed_reasons:
            reasons = [("", _("All reasons together")), *reasons]
        self.fields["reason"].choices = reasons
        self.fields["reason"].required = not rules.package.mixed_reasons
        if rules.package.platforms:
            self.fields["platform"].choices = [(each, each) for each in rules.package.platforms]
        else:
            del self.fields["platform"]

    def clean_day(self):
        """Refuse a day that no package can have in its subject."""
        day = self.cleaned_data["day"]
        if abs(day - timezone.localdate()) > timedelta(days=_DAYS_AWAY):
            raise forms.ValidationError(_("At most a year from today."))
        return day


class AddressForm(forms.ModelForm):
    """Where packages for a unit are sent."""

    class Meta:
        model = PackageAddress
        fields = ("unit", "email")
        help_texts = {
            "unit": gettext_lazy("Packages of the units below it are sent there."),
        }
