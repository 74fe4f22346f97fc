"""Whom an administrator of some units may touch: nobody who stands anywhere else.

Otherwise whoever keeps the accounts of one branch could set the password of headquarters'.
"""

from django.db.models import Q
from django.utils import timezone

from backoffice.units.models import Membership, Person, Unit
from backoffice.units.standing import EVERYWHERE


def reaches_everything(account, permission):
    """Tell whether *account* holds *permission* whatever unit it is about."""
    return EVERYWHERE in account.standing_for(permission)


def people_in_reach(account, permission):
    """Return the people none of whose standing is outside the units of *permission*.

    Newcomers are among them: who never had a role outside.  Who had one there once, and has
    none inside now, is for the office above to place.
    """
    paths = account.standing_for(permission)
    if not paths:
        return Person.objects.none()
    if EVERYWHERE in paths:
        return Person.objects.all()
    lasting = Q(last_day=None) | Q(last_day__gte=timezone.localdate())
    inside = Membership.objects.below(paths)
    outside = Membership.objects.exclude(Membership.objects.below_paths(paths))
    strangers = outside.exclude(person__in=inside.filter(lasting).values("person"))
    return Person.objects.exclude(
        Q(pk__in=outside.filter(lasting).values("person"))
        | Q(pk__in=strangers.values("person"))
        | Q(accounts__is_administrator=True)
    )


def staff_of(unit):
    """Return who has a role in *unit* today."""
    return (
        Membership.objects.in_force()
        .filter(unit=unit)
        .select_related("person", "role")
        .prefetch_related("assigned")
    )


def units_of(account, permission):
    """Return the units for which *account* holds *permission*."""
    return Unit.objects.visible_to(account, permission)
