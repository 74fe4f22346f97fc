"""Filters of the audit trail."""

from datetime import datetime, time, timedelta

from django.contrib.admin import SimpleListFilter
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from backoffice.audit.acts import Act
from backoffice.units.models import Account
from correctionkit.requests.values import read_date


class ActFilter(SimpleListFilter):
    """Entries of one act."""

    title = _("act")
    parameter_name = "act"

    def lookups(self, request, model_admin):
        """Return the acts."""
        return Act.choices

    def queryset(self, request, queryset):
        """Return the entries of the chosen act."""
        return queryset.filter(act=self.value()) if self.value() else queryset


class DayFilter(SimpleListFilter):
    """Entries of one local day."""

    title = _("day")
    parameter_name = "day"
    template = "desk/trail/day_filter.html"

    def lookups(self, request, model_admin):
        """Return today and the days before."""
        today = timezone.localdate()
        days = [today, today - timedelta(1)]
        return list(
            zip((day.isoformat() for day in days), (_("Today"), _("Yesterday")), strict=True)
        )

    def queryset(self, request, queryset):
        """Return the entries of the chosen day; none for what is no day."""
        if not self.value():
            return queryset
        day = read_date(self.value())
        if day is None:
            return queryset.none()
        start = timezone.make_aware(datetime.combine(day, time.min))
        return queryset.filter(at__gte=start, at__lt=start + timedelta(1))

    def choices(self, changelist):
        """Yield the choices, and what the form needs to keep the other filters."""
        for choice in super().choices(changelist):
            yield choice | {
                "day": self.value() or "",
                "kept": [
                    (name, value)
                    for name, values in changelist.filter_params.items()
                    if name != self.parameter_name
                    for value in values
                ],
            }


class AccountFilter(SimpleListFilter):
    """Entries of one account, chosen from an entry."""

    title = _("account")
    parameter_name = "account"

    def lookups(self, request, model_admin):
        """Return the chosen account; others are found by searching."""
        value = self.used_parameters.get(self.parameter_name, "")
        if not (value.isascii() and value.isdigit()):
            return []
        found = Account.objects.filter(pk=value).first()
        return [(value, found.username if found else value)]

    def queryset(self, request, queryset):
        """Return the entries of the chosen account."""
        return queryset.filter(account_id=self.value()) if self.value() else queryset
