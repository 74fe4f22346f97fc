"""The policies that a package may be composed by, and what is proposed for it."""

from collections import Counter
from dataclasses import dataclass
from typing import Any

from django.utils import timezone

from backoffice.packages.outgoing_selection import MOST_REQUESTS, Order, candidates, policies_of
from backoffice.policies.choosing import NoPolicy, choose_policy
from backoffice.policies.shelf import policy_of
from backoffice.words import say


@dataclass(frozen=True, slots=True)
class Terms:
    """What can be chosen for a package: *policies* by key, of which *key* is chosen."""

    policies: dict[str, Any]
    key: str
    reason: str

    @property
    def rules(self):
        """Return the policy that is chosen."""
        return self.policies[self.key]

    def order(self, unit, first, last, sheets, reason):
        """Return the order of a package on these terms."""
        policy, *overlays = self.key.split("+")
        return Order(unit, policy, tuple(overlays), reason, first, last, tuple(sheets))


def terms_of(unit, first, last, sheets, chosen=""):
    """Return the terms for what was asked for; None where nothing was found to judge by.

    Of the policies of the requests that of the unit is proposed, else the first; the reason
    of most requests where the policy wants one.
    """
    rows = list(candidates(Order(unit, "", first=first, last=last, sheets=sheets))[:MOST_REQUESTS])
    found = {_key(*each): policy_of(*each) for each in policies_of(rows)}
    if not found:
        return None
    key = next((each for each in (chosen, _in_force(unit, last)) if each in found), min(found))
    reason = ""
    if not found[key].package.mixed_reasons:
        counted = Counter(each.reason for each in rows)
        known = found[key].vocabulary.reasons
        reason = max(known, key=lambda each: counted[each])
    return Terms(found, key, reason)


def policy_label(rules):
    """Return what a policy is called, with its overlays."""
    titles = [say(each.title) for each in (rules.heading, *rules.overlays)]
    return " + ".join(titles)


def _key(policy, overlays):
    return "+".join((policy, *overlays))


def _in_force(unit, day):
    try:
        choice = choose_policy(unit, day or timezone.localdate())
    except NoPolicy:
        return ""
    return _key(choice.policy, tuple(choice.overlays))
