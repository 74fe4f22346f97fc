"""Filters of the list of sheets."""

from datetime import timedelta

from django.contrib.admin import SimpleListFilter
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from backoffice.desk.sheets.page import kind_label

_DAYS = {"today": 0, "week": 6, "month": 30}


class KindFilter(SimpleListFilter):
    """Kinds of requests that sheets in sight have."""

    title = _("kind")
    parameter_name = "kind"

    def lookups(self, request, model_admin):
        """Return the kinds that occur, as their policies call them."""
        rows = model_admin.get_queryset(request).order_by("kind", "-pk")
        sheets = {sheet.kind: sheet for sheet in rows.only("kind", "policy")[:2000]}
        return [(kind, kind_label(sheet)) for kind, sheet in sorted(sheets.items())]

    def queryset(self, request, queryset):
        """Return the sheets of the chosen kind."""
        return queryset.filter(kind=self.value()) if self.value() else queryset


class DayFilter(SimpleListFilter):
    """Sheets of the latest days."""

    title = _("day")
    parameter_name = "days"

    def lookups(self, request, model_admin):
        """Return the spans to choose from."""
        return [("today", _("Today")), ("week", _("Last 7 days")), ("month", _("Last 31 days"))]

    def queryset(self, request, queryset):
        """Return the sheets of the chosen span."""
        days = _DAYS.get(self.value())
        if days is None:
            return queryset
        return queryset.filter(day__gte=timezone.localdate() - timedelta(days=days))
