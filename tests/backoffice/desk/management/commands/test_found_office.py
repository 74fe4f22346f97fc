"""How a real office starts: one unit, one policy, one administrator."""

import re
from datetime import date

import pytest
from django.core.management import CommandError, call_command
from django.urls import reverse

from backoffice.audit.models import AuditEntry
from backoffice.policies.models import PolicyInForce
from backoffice.units.models import Account, Person, Unit
from correctionkit.policy.shelf import default_policy_id

pytestmark = pytest.mark.django_db


def found(**changes):
    call_command("found_office", **{"name": "国家开放大学", "code": "a00"} | changes)


def test_an_office_is_founded_and_its_administrator_signs_in_once(client, capsys):
    found(administrator="keeper")

    unit, choice, account = Unit.objects.get(), PolicyInForce.objects.get(), Account.objects.get()
    assert (unit.name, unit.path, unit.level) == ("国家开放大学", "A00/", "headquarters")
    assert (choice.unit, choice.policy, choice.overlays) == (unit, default_policy_id(), [])
    assert choice.first_day <= date.today()  # noqa: DTZ011 - any day near
    assert account.is_administrator
    assert account.must_change_password
    password = re.search("([a-z2-9]{4}-){3}[a-z2-9]{4}", capsys.readouterr().out)[0]
    signed_in = client.post(
        reverse("admin:login"), {"username": "keeper", "password": password}, follow=True
    )
    assert signed_in.redirect_chain[-1][0] == reverse("admin:password_change")
    acts = AuditEntry.objects.exclude(act="sign-in").order_by("pk").values_list("act", flat=True)
    assert sorted(acts) == ["account-change", "account-change", "policy-change", "unit-change"]


def test_what_is_named_holds():
    found(level="branch", institution="ouc", policy="ouc-2021")

    unit = Unit.objects.get()
    assert (unit.level, unit.institution) == ("branch", "ouc")
    assert PolicyInForce.objects.get().policy == "ouc-2021"


def test_where_an_office_is_nothing_is_founded(office):
    before = Unit.objects.count(), Account.objects.count(), AuditEntry.objects.count()

    with pytest.raises(CommandError) as refused:
        found()

    assert refused.value.returncode == 1
    assert before == (Unit.objects.count(), Account.objects.count(), AuditEntry.objects.count())


@pytest.mark.parametrize(
    ("changes", "field"),
    [({"code": "3-5"}, "code"), ({"name": ""}, "name"), ({"administrator": "a b"}, "username")],
)
def test_what_cannot_be_is_told_and_nothing_is_founded(changes, field):
    with pytest.raises(CommandError, match=f"^{field}: ") as refused:
        found(**changes)

    assert refused.value.returncode == 1
    assert not Unit.objects.exists()
    assert not Person.objects.exists()
    assert not AuditEntry.objects.exists()


@pytest.mark.parametrize("changes", [{"level": "galaxy"}, {"policy": "none"}])
def test_a_level_or_policy_that_there_is_not_is_refused(changes):
    with pytest.raises(CommandError):
        call_command(
            "found_office", "--name=甲", "--code=1", *(f"--{k}={v}" for k, v in changes.items())
        )

    assert not Unit.objects.exists()
