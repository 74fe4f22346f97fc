"""Policies as the rules know them: found by id, kept in memory, judged as of a day."""

from functools import lru_cache

from django.utils.translation import gettext as _

from correctionkit.policy.shelf import PolicyUnknown, find_policy, overlay_ids, policy_ids
from correctionkit.policy.toml_file import PolicyInvalid


@lru_cache(maxsize=64)
def policy_of(policy_id, overlays=()):
    """Return the policy of an id, narrowed by the overlays in order.

    Raises PolicyUnknown for an id that is not shipped: files of a server are not named in
    the database.
    """
    return find_policy(policy_id, overlays)


def fault_of(policy_id, overlays):
    """Say in words what is wrong with a choice of policy and overlays, or return None."""
    if policy_id not in policy_ids():
        return {"policy": _("There is no policy “%(id)s”.") % {"id": policy_id}}
    if not isinstance(overlays, list):
        return {"overlays": _("Overlays are a list of ids.")}
    for each in overlays:
        if each not in overlay_ids():
            return {"overlays": _("There is no overlay “%(id)s”.") % {"id": each}}
    try:
        policy_of(policy_id, tuple(overlays))
    except (PolicyUnknown, PolicyInvalid):
        return {"overlays": _("An overlay does not fit the policy.")}
    return None
