"""Filters of the lists of cases and of requests."""

from django.contrib.admin import SimpleListFilter
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from backoffice.corrections.models import Case, CorrectionRequest
from backoffice.corrections.states import State
from backoffice.policies.shelf import policy_of
from backoffice.roll.fields import CORRECTABLE
from backoffice.roll.models import StudentRecord
from backoffice.words import say


class MineFilter(SimpleListFilter):
    """What lies with whoever looks."""

    title = gettext_lazy("whose turn")
    parameter_name = "mine"

    def lookups(self, request, model_admin):
        """Return the ways in which a case can be one's own."""
        return [
            ("hands", _("Lies with me")),
            ("turn", _("Waits for me")),
            ("desk", _("Taken by me")),
            ("clerk", _("All that I began or took over")),
        ]

    def queryset(self, request, queryset):
        """Return the cases of one's own."""
        person = request.user.person_id
        match self.value():
            case "hands":
                return queryset.filter(pk__in=Case.objects.in_hands_of(person).values("pk"))
            case "turn":
                return queryset.filter(turn__lte=2)
            case "desk":
                return queryset.filter(taken_by=person)
            case "clerk":
                return queryset.filter(handler=person)
        return queryset


class OfRequests(SimpleListFilter):
    """A filter by the requests of a case, or by a request itself."""

    def narrow(self, value):
        """Return what requests must be, as look-ups."""
        raise NotImplementedError

    def queryset(self, request, queryset):
        """Return the cases that have such a request, or such requests."""
        if not self.value() or self.value() not in dict(self.lookup_choices):
            return queryset
        narrowed = self.narrow(self.value())
        if queryset.model is CorrectionRequest:
            return queryset.filter(**narrowed)
        rows = CorrectionRequest.objects.filter(**narrowed)
        return queryset.filter(pk__in=rows.values("case"))


class StateFilter(OfRequests):
    """By the state of a request."""

    title = gettext_lazy("state")
    parameter_name = "state"

    def lookups(self, request, model_admin):
        """Return the states."""
        return State.choices

    def narrow(self, value):
        """Return the requests of a state."""
        return {"state": value}


class FieldFilter(OfRequests):
    """By the field that a request corrects."""

    title = gettext_lazy("field")
    parameter_name = "field"

    def lookups(self, request, model_admin):
        """Return the fields that the roll keeps."""
        named = StudentRecord._meta.get_field
        return [(field, capfirst(str(named(field).verbose_name))) for field in CORRECTABLE]

    def narrow(self, value):
        """Return the requests for a field."""
        return {"field": value}


class ExceptionalFilter(OfRequests):
    """Exceptional cases, and conflicts with the record."""

    title = gettext_lazy("special")
    parameter_name = "special"

    def lookups(self, request, model_admin):
        """Return what can be special about a request."""
        return [("exceptional", _("Exceptional")), ("conflict", _("In conflict with the record"))]

    def narrow(self, value):
        """Return the requests that are special so."""
        return {"exceptional": True} if value == "exceptional" else {"in_conflict": True}


class KindFilter(SimpleListFilter):
    """By kind of request."""

    title = gettext_lazy("kind")
    parameter_name = "kind"

    def lookups(self, request, model_admin):
        """Return the kinds of the policies that cases in sight are judged by."""
        rows = Case.objects.visible_to(request.user).order_by().values_list("policy", "kind")
        return sorted({kind: _kind_label(policy, kind) for policy, kind in rows.distinct()}.items())

    def queryset(self, request, queryset):
        """Return the cases of a kind."""
        return queryset.filter(kind=self.value()) if self.value() else queryset


def _kind_label(policy, kind):
    kinds = policy_of(policy).kinds
    return say(kinds[kind].label) if kind in kinds else kind
