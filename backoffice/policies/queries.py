"""Look-ups of policies in force."""

from django.db.models import Q

from backoffice.units.queries import ScopedQuerySet


class PolicyInForceQuerySet(ScopedQuerySet):
    """Policies in force, by unit and day."""

    def on(self, day):
        """Return those in force on *day*."""
        return self.filter(Q(last_day=None) | Q(last_day__gte=day), first_day__lte=day)

    def chosen_for(self, unit, day):
        """Return the choice that holds for *unit* on *day*, or None."""
        above = type(unit).objects.above(unit)
        return (
            self.on(day)
            .filter(unit__in=above)
            .select_related("unit")
            .order_by("-unit__path", "-first_day", "-pk")
            .first()
        )
