"""Look-ups of units, memberships and accounts; the one place that says what is in sight."""

from django.db import models
from django.db.models import Q
from django.utils import timezone


class ScopedQuerySet(models.QuerySet):
    """Rows that belong to a unit and are seen by those who may see that unit's.

    *unit_path* is the look-up from a row to its unit's path.
    """

    unit_path = "unit__path"

    def visible_to(self, account, permission=None):
        """Return the rows that *account* may see, or may use *permission* on.

        The permission defaults to viewing this model.
        """
        needed = permission or f"{self.model._meta.app_label}.view_{self.model._meta.model_name}"
        return self.below(account.standing_for(needed))

    def held(self):
        """Hold these rows until the transaction ends, and return them as they are by then.

        Ascending, so that nobody waits in a ring.  They are read once they are held: what a
        locking query joins is as old as its beginning, however long it waited.
        """
        rows = self.select_related(None).order_by("pk").select_for_update(no_key=True)
        return self.filter(pk__in=list(rows.values_list("pk", flat=True)))

    def below(self, paths):
        """Return the rows of the units at *paths* and below them."""
        if not paths:
            return self.none()
        if "" in paths:
            return self
        return self.filter(self.below_paths(paths))

    def below_paths(self, paths):
        """Return the condition that a row belongs to a unit at or below one of *paths*."""
        condition = Q()
        for path in paths:
            condition |= Q(**{f"{self.unit_path}__startswith": path})
        return condition


class UnitQuerySet(ScopedQuerySet):
    """Units, found by their place in the tree."""

    unit_path = "path"

    def above(self, unit, *, including=True):
        """Return the units from the root down to *unit*."""
        codes = unit.path.split("/")[:-1]
        last = len(codes) + (1 if including else 0)
        return self.filter(path__in=["/".join(codes[:n]) + "/" for n in range(1, last)])

    def open_on(self, day):
        """Return the units that are not closed on *day*."""
        return self.exclude(closed_on__lte=day)

    def nearest(self, unit, level):
        """Return *unit* or the nearest above it of that level, or None."""
        return self.above(unit).filter(level=level).order_by("-path").first()


class MembershipQuerySet(ScopedQuerySet):
    """Memberships, by unit and by day."""

    def in_force(self, day=None):
        """Return those in force on a local day, today if none is given."""
        day = day or timezone.localdate()
        return self.filter(Q(last_day=None) | Q(last_day__gte=day), first_day__lte=day)


class AccountQuerySet(models.QuerySet):
    """Accounts, seen by administrators and by those who see the units their people work in."""

    def visible_to(self, account, permission="units.view_account"):
        """Return the accounts that *account* may see."""
        paths = account.standing_for(permission)
        if not paths:
            return self.none()
        if "" in paths:
            return self
        memberships = self.model._meta.get_field("person").related_model._meta.get_field(
            "memberships"
        )
        rows = memberships.related_model.objects.below(paths)
        return self.filter(person__in=rows.values("person"))
