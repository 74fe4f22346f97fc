from datetime import date, timedelta

import pytest
from builders.office import POLICY, account
from django.urls import reverse
from django.utils import timezone

from backoffice.audit.models import AuditEntry
from backoffice.policies.choosing import choose_policy
from backoffice.policies.models import PolicyInForce

ADD = "admin:policies_policyinforce_add"
LIST = "admin:policies_policyinforce_changelist"


def day(shift):
    return timezone.localdate() + timedelta(shift)


def form(where, **changes):
    fields = {
        "unit": where.pk,
        "policy": "ouc-2021",
        "overlays": [],
        "first_day": day(0).isoformat(),
        "last_day": "",
    }
    return fields | changes


def change_of(choice):
    return reverse("admin:policies_policyinforce_change", args=[choice.pk])


def errors(answer):
    return answer.context["adminform"].form.errors


@pytest.fixture
def standing(office):
    """Return the choice that holds for the whole office."""
    return PolicyInForce.objects.get()


def test_a_policy_is_chosen_with_overlays_and_that_is_logged(office, client):
    client.force_login(office.registrar)

    page = client.get(reverse(ADD)).content.decode()
    answer = client.post(reverse(ADD), form(office.branch, policy=POLICY, overlays=["hubei-2019"]))

    assert 'type="checkbox" name="overlays"' in page
    assert answer.status_code == 302
    choice = choose_policy(office.centre, day(0))
    assert (choice.policy, choice.overlays) == (POLICY, ["hubei-2019"])
    (entry,) = AuditEntry.objects.filter(act="policy-change")
    assert (entry.chain, entry.ref) == (f"unit-{office.branch.pk}", f"policyinforce:{choice.pk}")
    assert entry.facts["policy"] == POLICY
    assert entry.facts["overlays"] == ["hubei-2019"]


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"policy": "no-such-policy"}, "policy"),
        ({"policy": "../../etc/passwd.toml"}, "policy"),
        ({"overlays": ["no-such-overlay"]}, "overlays"),
        ({"unit": "999999"}, "unit"),
        ({"first_day": ""}, "first_day"),
        ({"last_day": "2020-01-01"}, "last_day"),
    ],
)
def test_a_choice_that_cannot_be_is_refused_at_its_field(office, client, changes, field):
    client.force_login(office.registrar)

    answer = client.post(reverse(ADD), form(office.branch, **changes))

    assert answer.status_code == 200
    assert list(errors(answer)) == [field]
    assert PolicyInForce.objects.count() == 1


def test_a_choice_does_not_end_before_it_begins(office, client):
    client.force_login(office.registrar)

    answer = client.post(
        reverse(ADD),
        form(office.branch, first_day=day(5).isoformat(), last_day=day(4).isoformat()),
    )

    assert list(errors(answer)) == ["last_day"]


@pytest.mark.parametrize(("shift", "is_taken"), [(-1, False), (0, True), (1, True)])
def test_where_a_policy_held_another_begins_today_at_the_earliest(office, client, shift, is_taken):
    client.force_login(office.registrar)

    answer = client.post(reverse(ADD), form(office.headquarters, first_day=day(shift).isoformat()))

    assert (answer.status_code == 302) is is_taken
    if not is_taken:
        assert list(errors(answer)) == ["first_day"]


def test_the_first_choice_of_a_unit_may_have_begun_before(office, client):
    client.force_login(office.registrar)

    answer = client.post(reverse(ADD), form(office.branch, first_day="2021-03-01"))

    assert answer.status_code == 302


def test_two_choices_do_not_begin_on_one_day(office, client):
    client.force_login(office.registrar)
    client.post(reverse(ADD), form(office.branch))

    answer = client.post(reverse(ADD), form(office.branch))

    assert answer.status_code == 200
    assert list(errors(answer)) == ["__all__"]


def test_what_has_begun_is_ended_and_nothing_else(office, standing, client):
    client.force_login(office.registrar)

    answer = client.post(
        change_of(standing),
        form(office.branch, first_day="2030-01-01", last_day=day(7).isoformat()),
    )

    assert answer.status_code == 302
    standing.refresh_from_db()
    assert standing.last_day == day(7)
    assert (standing.unit, standing.policy, standing.first_day) == (
        office.headquarters,
        POLICY,
        date(2016, 9, 1),
    )


@pytest.mark.parametrize(("shift", "is_taken"), [(-2, False), (-1, True)])
def test_it_is_ended_yesterday_at_the_earliest(office, standing, client, shift, is_taken):
    client.force_login(office.registrar)

    answer = client.post(change_of(standing), {"last_day": day(shift).isoformat()})

    assert (answer.status_code == 302) is is_taken


def test_what_is_over_stays_as_it_was(office, standing, client):
    PolicyInForce.objects.update(last_day=day(-1))
    client.force_login(office.registrar)

    assert client.get(change_of(standing)).status_code == 200
    assert client.post(change_of(standing), {"last_day": ""}).status_code == 403


def test_what_has_not_begun_is_changed_freely(office, client):
    later = PolicyInForce.objects.create(unit=office.branch, policy=POLICY, first_day=day(3))
    client.force_login(office.registrar)

    answer = client.post(change_of(later), form(office.other_branch, first_day=day(4).isoformat()))

    assert answer.status_code == 302
    later.refresh_from_db()
    assert (later.unit, later.policy, later.first_day) == (
        office.other_branch,
        "ouc-2021",
        day(4),
    )


def test_the_page_says_what_the_policy_says(office, standing, client):
    client.force_login(office.auditor)

    text = client.get(change_of(standing)).content.decode()

    assert '<pre class="policy"' in text
    assert "证明材料" in text
    assert "身份证" in text


def test_a_policy_that_is_shipped_no_longer_is_said_to_be(office, client):
    gone = PolicyInForce.objects.create(unit=office.branch, policy="gone-1999")
    client.force_login(office.registrar)

    page = client.get(change_of(gone))

    assert page.status_code == 200
    assert page.context["says"] == ""
    assert client.get(reverse(LIST)).status_code == 200


@pytest.mark.parametrize(
    ("who", "status"),
    [("registrar", 200), ("auditor", 200), ("clerk", 403), ("head", 403), ("administrator", 403)],
)
def test_who_sees_policies_in_force(office, client, who, status):
    client.force_login(getattr(office, who))

    assert client.get(reverse(LIST)).status_code == status


@pytest.mark.parametrize("who", ["auditor", "clerk", "administrator"])
def test_nobody_else_puts_a_policy_in_force(office, standing, client, who):
    client.force_login(getattr(office, who))

    assert client.post(reverse(ADD), form(office.branch)).status_code == 403
    assert client.post(change_of(standing), {"last_day": ""}).status_code in {403, 404}


def test_a_registrar_of_a_branch_chooses_for_it_alone(office, standing, client):
    client.force_login(account("registrar", office.branch))

    assert client.get(change_of(standing)).status_code == 404
    answer = client.post(reverse(ADD), form(office.other_branch))
    assert list(errors(answer)) == ["unit"]
    assert client.post(reverse(ADD), form(office.centre)).status_code == 302
