"""The demo's units, people and sign-ins, and the policy that is in force for them."""

import secrets
from datetime import date

from django.contrib.auth.hashers import make_password
from django.contrib.auth.models import Group

from backoffice.policies.models import PolicyInForce
from backoffice.policies.shelf import policy_of
from backoffice.units.models import Account, Membership, Person, Unit
from backoffice.units.roles import Role
from correctionkit.policy.shelf import default_policy_id

_SINCE = date(2020, 1, 1)
# Nothing that is taken for another character; in groups, to be typed.
_LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"
_GROUPS, _GROUP = 3, 4


def found_units(plan):
    """Make the units, put the shipped default policy in force, and return the units by code."""
    policy = default_policy_id()
    heading = policy_of(policy).heading
    units = {}
    for row in plan:
        units[row.code] = Unit.objects.create(
            code=row.code,
            level=row.level,
            name=row.name,
            parent=units.get(row.above),
            institution="" if row.above else heading.institution_id,
        )
        if not row.above:
            PolicyInForce.objects.create(
                unit=units[row.code], policy=policy, first_day=heading.in_force.since or _SINCE
            )
    return units


def found_accounts(plan, units, password):
    """Make the people and their accounts, which all take *password*; return them by user name."""
    sealed = make_password(password)
    accounts = {}
    for row in plan:
        person = Person.objects.create(name=row.name, staff_number=f"D{len(accounts) + 1:03}")
        administers = row.role == Role.ADMINISTRATOR
        accounts[row.username] = Account.objects.create(
            username=row.username,
            person=person,
            password=sealed,
            is_administrator=administers,
        )
        if administers:
            continue
        membership = Membership.objects.create(
            person=person,
            unit=units[row.unit],
            role=Group.objects.get(name=row.role),
            first_day=_SINCE,
        )
        membership.assigned.set(units[code] for code in row.assigned)
    return accounts


def new_password():
    """Return a password that nobody guesses and everybody can type."""
    groups = ("".join(secrets.choice(_LETTERS) for _ in range(_GROUP)) for _ in range(_GROUPS))
    return "-".join(groups)
