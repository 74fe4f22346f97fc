"""From one day to another: the form, and the moments that it means."""

from datetime import datetime, time, timedelta

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from backoffice.desk.printing.paper import written_day

LONGEST = 366


def _day_field(label):
    return forms.DateField(
        label=label, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )


class PeriodForm(forms.Form):
    """The first and the last day."""

    first = _day_field(gettext_lazy("First day"))
    last = _day_field(gettext_lazy("Last day"))

    def clean(self):
        """Refuse a period that ends before it begins, or takes more than a year."""
        cleaned = super().clean()
        first, last = cleaned.get("first"), cleaned.get("last")
        if not first or not last:
            return cleaned
        if last < first:
            self.add_error("last", _("The last day is before the first."))
        elif (last - first).days >= LONGEST:
            self.add_error("last", _("At most one year."))
        elif last.year > timezone.localdate().year + 1 or first.year < 1900:
            self.add_error("first", _("This day is out of the calendar of the office."))
        return cleaned


def this_month():
    """Return what a form begins with: the month so far."""
    today = timezone.localdate()
    return {"first": today.replace(day=1), "last": today}


def moments(first, last):
    """Return the moment that a period begins with, and the one it ends before."""
    return _midnight(first), _midnight(last + timedelta(days=1))


def written_period(first, last):
    """Return a period as papers have it."""
    return written_day(first) if first == last else f"{written_day(first)}至{written_day(last)}"


def _midnight(day):
    return timezone.make_aware(datetime.combine(day, time.min))
