"""Who a command acts for where nobody is named: the nearest account that has the right."""

from django.utils.translation import gettext as _

from backoffice.units.models import Account, Membership


class NoImporter(Exception):
    """No account has the right; *message* says so."""

    def __init__(self, message):
        super().__init__(message)
        self.message = message


def importer_for(permissions, unit):
    """Return the first of the accounts that hold all *permissions* for *unit*.

    Those of the unit itself come first, then those of the nearest above; there the order is
    that of the user names.  Raises NoImporter.
    """
    holders = [each for each in _candidates(permissions[0]) if _may(each, permissions, unit)]
    if not holders:
        raise NoImporter(_("Nobody may do this for %(unit)s.") % {"unit": unit.name})
    return min(holders, key=lambda each: (-_nearness(each, permissions[0], unit), each.username))


def chosen_words(accounts):
    """Return the line that says whom nobody named but the order chose."""
    names = ", ".join(sorted({each.username for each in accounts}))
    words = _("As %(names)s: the first by unit and user name who may. --by USERNAME says another.")
    return words % {"names": names}


def _candidates(permission):
    app, _dot, codename = permission.partition(".")
    memberships = Membership.objects.in_force().filter(
        role__permissions__content_type__app_label=app, role__permissions__codename=codename
    )
    accounts = Account.objects.filter(is_active=True, person__memberships__in=memberships)
    return accounts.select_related("person").distinct()


def _may(account, permissions, unit):
    return all(account.has_perm(each, unit) for each in permissions)


def _nearness(account, permission, unit):
    """Return how much of the unit's path the account's own has: more is nearer."""
    paths = account.standing_for(permission)
    return max(len(path) for path in paths if unit.path.startswith(path))
