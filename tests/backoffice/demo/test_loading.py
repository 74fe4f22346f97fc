"""When the demo is loaded and when it is refused; the week itself is lived in test_serving."""

import json

import pytest
from builders.office import unit
from django.core.management import CommandError, call_command

from backoffice.audit.log import OFFICE, note
from backoffice.audit.models import AuditEntry
from backoffice.demo import loading
from backoffice.demo.founding import found_accounts, found_units, new_password
from backoffice.demo.loading import DemoRefusal, DemoRefused, load_demo
from backoffice.demo.plan import read_plan
from backoffice.demo.sign_ins import kept, place
from backoffice.policies.choosing import choose_policy
from backoffice.units.models import Account, Unit
from correctionkit.policy.shelf import default_policy_id

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _own_data(settings, tmp_path):
    settings.DATA = tmp_path


@pytest.fixture
def founded():
    """Found the demo's office without its week, as if it were loaded."""
    call_command("load_office", verbosity=0)
    plan = read_plan()
    units = found_units(plan.units)
    accounts = found_accounts(plan.accounts, units, "a password")
    note("demo-load", by=None, chain=OFFICE, ref="")
    return units, accounts


def test_an_office_for_real_work_takes_no_demo(settings):
    settings.OFFICE_ALLOWS_DEMO = False

    with pytest.raises(DemoRefused) as refused:
        load_demo(400)

    assert refused.value.refusal is DemoRefusal.NOT_HERE
    assert not Unit.objects.exists()


def test_the_command_says_so_and_exits_with_one(settings):
    settings.OFFICE_ALLOWS_DEMO = False

    with pytest.raises(CommandError) as refused:
        call_command("load_demo")

    assert refused.value.returncode == 1
    assert str(refused.value) == str(DemoRefusal.NOT_HERE.value)


def test_a_database_with_an_office_takes_no_demo():
    unit("350", "branch")

    with pytest.raises(DemoRefused) as refused:
        load_demo(400)

    assert refused.value.refusal is DemoRefusal.NOT_EMPTY
    assert Unit.objects.count() == 1


@pytest.mark.parametrize("count", ["399", "20001", "many", "-1", "²"])
def test_a_number_of_students_that_cannot_be_made_is_a_wrong_call(count):
    with pytest.raises(CommandError):
        call_command("load_demo", f"--students={count}")


def test_what_is_interrupted_leaves_an_empty_office(monkeypatch):
    def interrupt(*args, **options):
        raise KeyboardInterrupt

    monkeypatch.setattr(loading, "plan_week", interrupt)
    with pytest.raises(KeyboardInterrupt):
        load_demo(400)

    assert (Unit.objects.count(), Account.objects.count(), kept()) == (0, 0, None)
    assert loading.is_possible()


def test_units_stand_below_one_another_with_the_default_policy_in_force(founded):
    units, _accounts = founded
    centre = units["90102"]

    assert centre.path == "900/901/90102/"
    assert choose_policy(centre, centre.memberships.first().first_day).policy == default_policy_id()


def test_accounts_hold_the_roles_they_are_named_for(founded):
    units, accounts = founded

    assert accounts["head"].has_perm("sheets.sign_requestsheet", units["901"])
    assert not accounts["head"].has_perm("sheets.sign_requestsheet", units["902"])
    assert accounts["reviewer-2"].has_perm("corrections.decide_correctionrequest", units["90301"])
    assert not accounts["reviewer-2"].has_perm(
        "corrections.decide_correctionrequest", units["90101"]
    )
    assert accounts["administrator"].has_perm("units.add_account")
    assert not accounts["administrator"].has_perm("corrections.view_case")
    assert accounts["clerk"].check_password("a password")


def test_a_second_run_makes_nothing_and_gives_what_was_kept(founded, capsys):
    load_demo()
    first = kept()
    entries = AuditEntry.objects.count()

    call_command("load_demo", "--format=json")

    rows = json.loads(capsys.readouterr().out)
    assert rows == [each.public() for each in first]
    assert {"username", "password", "role", "unit"} <= rows[0].keys()
    assert AuditEntry.objects.count() == entries


def test_sign_ins_that_are_gone_are_made_anew_and_logged(founded):
    place().unlink(missing_ok=True)
    Account.objects.filter(username="auditor").update(is_active=False)

    made = load_demo()

    assert made == kept()
    assert "auditor" not in {each.username for each in made}
    clerk = Account.objects.get(username="clerk")
    assert clerk.check_password(made[0].password)
    assert not clerk.check_password("a password")
    entry = AuditEntry.objects.get(act="password-change", ref=f"account:{clerk.pk}")
    assert (entry.chain, entry.account_id) == (OFFICE, None)


def test_passwords_are_not_twice_the_same():
    assert len({new_password() for _ in range(50)}) == 50
    assert all(len(new_password()) == 14 for _ in range(5))
