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

    Newcomers without a role anywhere are among them.
    """
    paths = account.standing_for(permission)
    if not paths:
        return Person.objects.none()
    if EVERYWHERE in paths:
        return Person.objects.all()
    lasting = Q(last_day=None) | Q(last_day__gte=timezone.localdate())
    outside = Membership.objects.filter(lasting).exclude(Membership.objects.below_paths(paths))
    return Person.objects.exclude(
        Q(pk__in=outside.values("person")) | Q(accounts__is_administrator=True)
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
