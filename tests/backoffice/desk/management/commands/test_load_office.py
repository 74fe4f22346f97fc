"""Loading of what every office has."""

import json
from pathlib import Path

import pytest
from django.contrib.auth.models import Group
from django.core.management import call_command

from backoffice.corrections.models import DecisionReason
from backoffice.units.roles import Role

pytestmark = pytest.mark.django_db

FIXTURES = Path(__file__).parents[5] / "fixtures"


def roles():
    return {
        group.name: sorted(group.permissions.values_list("codename", flat=True))
        for group in Group.objects.all()
    }


def test_every_role_gets_its_permissions_and_every_reason_its_words():
    call_command("load_office", verbosity=0)

    written = {
        row["fields"]["name"]: sorted(each[0] for each in row["fields"]["permissions"])
        for row in json.loads((FIXTURES / "roles.json").read_text("utf-8"))
    }
    reasons = json.loads((FIXTURES / "decision_reasons.json").read_text("utf-8"))
    assert roles() == written
    assert set(written) == set(Role)
    assert sorted(DecisionReason.objects.values_list("code", "words_zh")) == sorted(
        (row["fields"]["code"], row["fields"]["words_zh"]) for row in reasons
    )


def test_a_second_run_puts_roles_right_and_leaves_reasons_as_they_were_changed(capsys):
    call_command("load_office")
    before = roles()
    Group.objects.get(name="clerk").permissions.clear()
    DecisionReason.objects.filter(code="duplicate").update(words_zh="改过的文字", in_use=False)
    DecisionReason.objects.filter(code="too-late").delete()

    call_command("load_office")

    changed = DecisionReason.objects.get(code="duplicate")
    assert roles() == before
    assert (changed.words_zh, changed.in_use) == ("改过的文字", False)
    assert DecisionReason.objects.filter(code="too-late").exists()
    first, second = capsys.readouterr().out.splitlines()
    assert first != second
