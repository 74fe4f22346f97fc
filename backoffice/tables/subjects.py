"""What tables can be of: the resources that the apps have, by subject."""

from django.utils import timezone

from backoffice.policies.choosing import NoPolicy, choose_policy
from backoffice.policies.shelf import policy_of
from backoffice.units.models import Unit
from correctionkit.policy.shelf import default_policy_id

_RESOURCES = {}


def brings_in(resource):
    """Class decorator: make tables of *resource*'s subject something that can be brought in."""
    if resource.subject in _RESOURCES:
        raise ValueError(f"two resources for {resource.subject}")
    _RESOURCES[resource.subject] = resource
    return resource


def resources():
    """Return the resources by subject."""
    return dict(_RESOURCES)


def resource_class(subject):
    """Return the resource of a subject; raises KeyError."""
    return _RESOURCES[subject]


def resource_to_take_out(subject, account):
    """Return the resource for what an account may take out of a subject, and its highest unit.

    Neither where it may take out nothing of that.
    """
    resource = _RESOURCES.get(subject)
    if resource is None or not resource.export_right:
        return None, None
    unit = Unit.objects.visible_to(account, resource.export_right).order_by("path").first()
    if unit is None:
        return None, None
    return resource(account, None, _rules(unit, timezone.localdate())), unit


def resource_for(subject, account, unit, day):
    """Return the resource of a subject, by the rules that hold for *unit* on *day*."""
    return _RESOURCES[subject](account, unit, _rules(unit, day))


def _rules(unit, day):
    try:
        choice = choose_policy(unit, day)
    except NoPolicy:
        # Its words and columns serve until the registrar has chosen one.
        return policy_of(default_policy_id())
    return policy_of(choice.policy, tuple(choice.overlays))
