"""What an account may do where, as of today: its person's memberships, read once a request."""

from dataclasses import dataclass
from functools import cached_property

from django.contrib.auth.models import Permission

from backoffice.units.roles import Role

EVERYWHERE = ""


@dataclass(frozen=True, slots=True)
class Standing:
    """One membership in force: *paths* are the units it reaches, all below included."""

    unit_id: int | None
    role: str
    paths: tuple[str, ...]
    permissions: frozenset[str]

    def reaches(self, path):
        """Tell whether the unit at *path* is at or below one of those reached."""
        return any(path.startswith(each) for each in self.paths)


class HasStanding:
    """Gives an account its standings."""

    @cached_property
    def standings(self):
        """Return the memberships in force today, with their permissions."""
        return tuple(_standings(self))

    def standing_for(self, permission):
        """Return the paths of the units for which *permission* is held."""
        return tuple(
            sorted(
                {
                    path
                    for each in self.standings
                    if permission in each.permissions
                    for path in each.paths
                }
            )
        )

    def holds_role(self, role, unit_id, path):
        """Tell whether the role is held in that very unit, reaching the unit at *path*."""
        return any(
            each.role == role and each.unit_id == unit_id and each.reaches(path)
            for each in self.standings
        )


def _standings(account):
    if not account.is_active:
        return
    if account.is_administrator:
        permissions = _permissions([Role.ADMINISTRATOR])
        yield Standing(None, Role.ADMINISTRATOR, (EVERYWHERE,), permissions[Role.ADMINISTRATOR])
    memberships = list(
        account.person.memberships.in_force()
        .select_related("unit", "role")
        .prefetch_related("assigned")
    )
    permissions = _permissions({each.role.name for each in memberships})
    for each in memberships:
        assigned = [unit.path for unit in each.assigned.all()]
        inside = tuple(path for path in assigned if path.startswith(each.unit.path))
        paths = inside if assigned else (each.unit.path,)
        yield Standing(each.unit_id, each.role.name, paths, permissions[each.role.name])


def _permissions(roles):
    held = {role: set() for role in roles}
    rows = Permission.objects.filter(group__name__in=list(roles)).values_list(
        "group__name", "content_type__app_label", "codename"
    )
    for role, app, codename in rows:
        held[role].add(f"{app}.{codename}")
    return {role: frozenset(codes) for role, codes in held.items()}
