from datetime import timedelta

import pytest
from builders.office import account, again, join
from django.contrib.auth.models import Group
from django.urls import reverse
from django.utils import timezone

from backoffice.audit.models import AuditEntry
from backoffice.units.models import Membership

ADD = "admin:units_membership_add"


def form(person, unit, role="clerk", **changes):
    fields = {
        "person": person.pk,
        "unit": unit.pk,
        "role": Group.objects.get(name=role).pk,
        "first_day": timezone.localdate().isoformat(),
        "last_day": "",
    }
    return fields | changes


def change_of(membership):
    return reverse("admin:units_membership_change", args=[membership.pk])


def day(shift):
    return (timezone.localdate() + timedelta(shift)).isoformat()


def errors(answer):
    return answer.context["adminform"].form.errors


def test_a_role_is_given_and_holds_at_once(office, client):
    client.force_login(office.administrator)

    answer = client.post(
        reverse(ADD),
        form(office.clerk.person, office.branch, "reviewer", assigned=[office.centre.pk]),
    )

    assert answer.status_code == 302
    made = Membership.objects.get(person=office.clerk.person, role__name="reviewer")
    assert [each.pk for each in made.assigned.all()] == [office.centre.pk]
    assert again(office.clerk).has_perm("corrections.decide_correctionrequest", office.centre)
    assert not again(office.clerk).has_perm("corrections.decide_correctionrequest", office.branch)
    (entry,) = AuditEntry.objects.filter(act="membership-change")
    assert (entry.chain, entry.ref) == (f"unit-{office.branch.pk}", f"membership:{made.pk}")
    assert entry.facts["role"] == "reviewer"
    assert entry.facts["holder"] == office.clerk.person_id
    assert entry.facts["added"] is True


def test_roles_are_offered_in_words(office, client):
    client.force_login(office.administrator)

    field = client.get(reverse(ADD)).context["adminform"].form.fields["role"]

    assert len(field.choices) == 9
    assert "clerk" not in [str(label) for _key, label in field.choices]


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"unit": ""}, "unit"),
        ({"role": "999"}, "role"),
        ({"first_day": "soon"}, "first_day"),
        ({"last_day": "yesterday"}, "last_day"),
        ({"assigned": ["999999"]}, "assigned"),
    ],
)
def test_a_membership_that_cannot_be_is_refused_at_its_field(office, client, changes, field):
    client.force_login(office.administrator)
    before = Membership.objects.count()

    answer = client.post(reverse(ADD), form(office.clerk.person, office.branch) | changes)

    assert answer.status_code == 200
    assert list(errors(answer)) == [field]
    assert Membership.objects.count() == before


def test_a_membership_does_not_end_before_it_begins(office, client):
    client.force_login(office.administrator)

    answer = client.post(
        reverse(ADD), form(office.clerk.person, office.branch, first_day=day(5), last_day=day(4))
    )

    assert list(errors(answer)) == ["__all__"]


@pytest.mark.parametrize(("shift", "is_offered"), [(-1, False), (0, False), (1, True)])
def test_a_closed_unit_takes_nobody_new(office, client, shift, is_offered):
    office.centre.closed_on = timezone.localdate() + timedelta(shift)
    office.centre.save()
    client.force_login(office.administrator)

    answer = client.post(reverse(ADD), form(office.head.person, office.centre))

    assert (answer.status_code == 302) is is_offered
    assert is_offered or list(errors(answer)) == ["unit"]


def test_only_units_below_can_be_assigned(office, client):
    client.force_login(office.administrator)

    answer = client.post(
        reverse(ADD), form(office.clerk.person, office.branch, assigned=[office.other_centre.pk])
    )

    assert list(errors(answer)) == ["assigned"]
    assert "另一学习中心" in str(errors(answer))


@pytest.mark.parametrize(
    ("changes", "is_doubled"),
    [
        ({}, True),
        ({"first_day": "2019-12-01", "last_day": "2019-12-31"}, False),
        ({"role": "head"}, False),
        ({"unit": "branch"}, False),
    ],
)
def test_the_same_role_is_not_given_twice_at_once(office, client, changes, is_doubled):
    client.force_login(office.administrator)
    fields = form(office.clerk.person, office.centre, changes.pop("role", "clerk"))
    if changes.pop("unit", ""):
        fields["unit"] = office.branch.pk
    if "last_day" in changes:
        Membership.objects.filter(person=office.clerk.person).update(first_day="2030-01-01")
        changes = {"first_day": day(0), "last_day": day(9)}

    answer = client.post(reverse(ADD), fields | changes)

    assert (answer.status_code == 200) is is_doubled
    if is_doubled:
        assert list(errors(answer)) == ["__all__"]


@pytest.mark.parametrize(("shift", "is_taken"), [(-2, False), (-1, True), (0, True), (30, True)])
def test_a_membership_is_ended_yesterday_at_the_earliest(office, client, shift, is_taken):
    kept = office.clerk.person.memberships.get()
    client.force_login(office.administrator)

    answer = client.post(change_of(kept), {"last_day": day(shift)})

    assert (answer.status_code == 302) is is_taken
    kept.refresh_from_db()
    assert kept.last_day == (timezone.localdate() + timedelta(shift) if is_taken else None)
    can_draft = again(office.clerk).has_perm("corrections.add_case", office.centre)
    assert can_draft is (shift != -1)


def test_what_is_over_stays_as_it_was(office, client):
    over = join(office.clerk.person, "head", office.centre, last_day="2021-01-01")
    client.force_login(office.administrator)

    assert client.get(change_of(over)).status_code == 200
    assert client.post(change_of(over), {"last_day": ""}).status_code == 403
    over.refresh_from_db()
    assert str(over.last_day) == "2021-01-01"


def test_who_where_and_what_stay_once_given(office, client):
    kept = office.clerk.person.memberships.get()
    client.force_login(office.administrator)

    client.post(change_of(kept), form(office.head.person, office.headquarters, "registrar"))

    kept.refresh_from_db()
    assert (kept.person, kept.unit, kept.role.name) == (office.clerk.person, office.centre, "clerk")


def test_a_membership_is_never_deleted(office, client):
    kept = office.clerk.person.memberships.get()
    client.force_login(office.administrator)

    answer = client.post(reverse("admin:units_membership_delete", args=[kept.pk]), {"post": "yes"})

    assert answer.status_code == 403
    assert Membership.objects.filter(pk=kept.pk).exists()


def test_an_administrator_of_a_branch_gives_roles_there_alone(office, client):
    client.force_login(account("administrator", office.branch))

    for unit, person, field in (
        (office.headquarters, office.clerk.person, "unit"),
        (office.branch, office.registrar.person, "person"),
    ):
        answer = client.post(reverse(ADD), form(person, unit, "head"))
        assert list(errors(answer)) == [field]
    assert client.post(reverse(ADD), form(office.clerk.person, office.branch)).status_code == 302
    other = office.other_clerk.person.memberships.get()
    assert client.get(change_of(other)).status_code == 404


@pytest.mark.parametrize("who", ["clerk", "head", "registrar", "auditor"])
def test_nobody_else_gives_roles(office, client, who):
    client.force_login(getattr(office, who))

    assert client.get(reverse("admin:units_membership_changelist")).status_code == 403
    assert client.post(reverse(ADD), form(office.clerk.person, office.centre)).status_code == 403


@pytest.mark.parametrize(("chosen", "count"), [("yes", 1), ("ended", 1), ("later", 1), ("", 3)])
def test_memberships_are_filtered_by_whether_they_hold(office, client, chosen, count):
    Membership.objects.exclude(person=office.clerk.person).delete()
    join(office.clerk.person, "head", office.centre, last_day=day(-1))
    join(office.clerk.person, "head", office.branch, first_day=day(1))
    administrator = account("administrator", office.headquarters)
    Membership.objects.filter(person=administrator.person).update(first_day=day(0))
    client.force_login(administrator)

    page = client.get(
        reverse("admin:units_membership_changelist"), {"in_force": chosen} if chosen else {}
    )

    rows = [each for each in page.context["cl"].result_list if each.person == office.clerk.person]
    assert len(rows) == count


def test_nobody_gives_or_ends_a_role_of_their_own(office, client):
    own = office.administrator.person
    client.force_login(office.administrator)

    added = client.post(reverse(ADD), form(own, office.headquarters, "registrar"))
    ended = client.post(change_of(own.memberships.get()), {"last_day": day(0)})

    for answer in (added, ended):
        assert (answer.status_code, list(errors(answer))) == (200, ["__all__"])
    assert [(each.role.name, each.last_day) for each in own.memberships.all()] == [
        ("administrator", None)
    ]
