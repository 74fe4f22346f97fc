"""What the frame of every page and the home page show of who is signed in."""

from django import template

from backoffice.desk.home.menu import menu_of
from backoffice.desk.home.queues import groups_of
from backoffice.units.models import Membership
from backoffice.units.roles import Role

register = template.Library()


@register.simple_tag
def standing_of(account):
    """Return what somebody is where today, one text a membership."""
    rows = Membership.objects.in_force().filter(person=account.person_id)
    places = [f"{row.role_label} · {row.unit}" for row in rows.select_related("unit", "role")]
    if account.is_administrator:
        places.append(str(Role.ADMINISTRATOR.label))
    return places


@register.simple_tag
def queues_of(account):
    """Return the groups of queues of somebody."""
    return groups_of(account)


@register.simple_tag
def desk_menu(apps, account, path):
    """Return the menu of somebody, with the lists in *apps*."""
    return menu_of(apps, account, path)
