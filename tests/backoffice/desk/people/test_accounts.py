import re

import pytest
from builders.office import PASSWORD, account, again, join
from django.urls import reverse

from backoffice.audit.models import AuditEntry
from backoffice.units.models import Account, Person

ADD = "admin:units_account_add"
_GIVEN = re.compile(r'<code class="password">([a-z0-9-]+)</code>')


def given(answer):
    return _GIVEN.search(answer.content.decode())[1]


def change_of(made):
    return reverse("admin:units_account_change", args=[made.pk])


def new_password_of(made):
    return reverse("admin:units_account_password", args=[made.pk])


@pytest.fixture
def superior(office):
    """Return an administrator of everything."""
    return Account.objects.create_superuser("superior", PASSWORD)


def test_an_account_is_made_with_a_password_that_is_shown_once(office, client):
    person = Person.objects.create(name="新来")
    client.force_login(office.administrator)

    answer = client.post(
        reverse(ADD), {"person": person.pk, "username": "newcomer", "is_active": "on"}
    )

    made = Account.objects.get(username="newcomer")
    assert answer.status_code == 200
    assert "no-store" in answer["Cache-Control"]
    assert made.check_password(given(answer))
    assert made.must_change_password
    assert not made.is_administrator
    assert given(answer) not in client.get(change_of(made)).content.decode()
    entries = AuditEntry.objects.filter(ref=f"account:{made.pk}").order_by("sequence")
    assert [(each.act, each.chain, each.facts["fields"]) for each in entries] == [
        ("account-change", "office", ["person", "username"]),
        ("account-change", "office", ["password"]),
    ]


def test_a_taken_user_name_is_refused_and_nothing_is_made(office, client):
    client.force_login(office.administrator)

    answer = client.post(
        reverse(ADD), {"person": office.clerk.person_id, "username": "clerk", "is_active": "on"}
    )

    assert answer.status_code == 200
    assert list(answer.context["adminform"].form.errors) == ["username"]
    assert not AuditEntry.objects.filter(act="account-change").exists()


def test_a_new_password_ends_the_old_one_and_all_sessions(office, client):
    theirs = client_of(office.clerk)
    client.force_login(office.administrator)

    answer = client.post(new_password_of(office.clerk))

    clerk = again(office.clerk)
    assert clerk.check_password(given(answer))
    assert not clerk.check_password(PASSWORD)
    assert clerk.must_change_password
    assert theirs.get("/office/")["Location"].startswith(reverse("admin:login"))


def client_of(made):
    from django.test import Client

    client = Client()
    client.force_login(made)
    return client


def test_one_time_passwords_differ(office, client):
    client.force_login(office.administrator)

    first, second = (given(client.post(new_password_of(office.clerk))) for _time in range(2))

    assert first != second
    assert re.fullmatch("([a-z2-9]{4}-){3}[a-z2-9]{4}", first)


def test_a_new_password_is_given_by_posting_only(office, client):
    client.force_login(office.administrator)

    assert client.get(new_password_of(office.clerk)).status_code == 405
    assert again(office.clerk).check_password(PASSWORD)


@pytest.mark.parametrize("who", ["clerk", "head", "registrar", "auditor", "reviewer"])
def test_nobody_else_sees_or_touches_accounts(office, client, who):
    client.force_login(getattr(office, who))

    assert client.get(reverse("admin:units_account_changelist")).status_code == 403
    assert client.get(change_of(office.colleague)).status_code == 404
    assert client.post(new_password_of(office.colleague)).status_code == 404
    assert client.post(reverse(ADD), {"username": "x"}).status_code == 403
    assert again(office.colleague).check_password(PASSWORD)


def test_a_closed_account_signs_in_no_longer(office, client):
    theirs = client_of(office.clerk)
    client.force_login(office.administrator)

    answer = client.post(change_of(office.clerk), {"username": "clerk"})

    assert answer.status_code == 302
    assert not again(office.clerk).is_active
    assert theirs.get("/office/")["Location"].startswith(reverse("admin:login"))
    entry = AuditEntry.objects.get(act="account-change")
    assert entry.facts == {"fields": ["is_active"], "added": False}


def test_nobody_closes_their_own_account(office, client):
    client.force_login(office.administrator)

    answer = client.post(change_of(office.administrator), {"username": "administrator"})

    assert list(answer.context["adminform"].form.errors) == ["is_active"]
    assert again(office.administrator).is_active


def test_an_administrator_of_everything_stays_one(superior, client):
    client.force_login(superior)

    answer = client.post(change_of(superior), {"username": "superior", "is_active": "on"})

    assert list(answer.context["adminform"].form.errors) == ["is_administrator"]
    assert again(superior).is_administrator


def test_only_an_administrator_of_everything_makes_another(office, superior, client):
    fields = {"username": "clerk", "is_active": "on", "is_administrator": "on"}
    client.force_login(office.administrator)
    client.post(change_of(office.clerk), fields)
    assert not again(office.clerk).is_administrator

    client.force_login(superior)
    client.post(change_of(office.clerk), fields)
    assert again(office.clerk).is_administrator


def test_an_account_stays_with_its_person(office, client):
    client.force_login(office.administrator)

    client.post(
        change_of(office.clerk),
        {"username": "clerk", "is_active": "on", "person": office.head.person_id},
    )

    assert again(office.clerk).person_id == office.clerk.person_id


def test_an_administrator_of_a_branch_reaches_nobody_who_stands_elsewhere(office, superior, client):
    join(office.head.person, "reviewer", office.headquarters)
    client.force_login(account("administrator", office.branch))

    for made, status in (
        (office.clerk, 200),
        (office.president, 200),
        (office.head, 404),
        (office.registrar, 404),
        (office.other_clerk, 404),
        (superior, 404),
    ):
        assert client.post(new_password_of(made)).status_code == status, made
        assert client.get(change_of(made)).status_code == status, made


def test_who_stood_elsewhere_and_nowhere_since_is_no_newcomer(office, client):
    gone = Person.objects.create(name="已离任")
    join(gone, "clerk", office.other_centre, last_day="2021-01-01")
    join(gone, "clerk", office.centre, first_day="2019-01-01", last_day="2020-01-01")
    left = Account.objects.create_user("left", PASSWORD, person=gone)
    client.force_login(account("administrator", office.branch))

    assert client.get(change_of(left)).status_code == 404
    assert client.post(new_password_of(left)).status_code == 404
    join(gone, "clerk", office.centre)
    assert client.get(change_of(left)).status_code == 200


def test_who_stood_elsewhere_once_is_reached_again(office, client):
    join(office.clerk.person, "clerk", office.other_centre, last_day="2021-01-01")
    client.force_login(account("administrator", office.branch))

    assert client.get(change_of(office.clerk)).status_code == 200


def test_people_out_of_reach_are_not_offered(office, client):
    client.force_login(account("administrator", office.branch))

    page = client.get(reverse(ADD))
    offered = {each.name for each in page.context["adminform"].form.fields["person"].queryset}
    answer = client.post(
        reverse(ADD),
        {"person": office.registrar.person_id, "username": "second", "is_active": "on"},
    )

    assert "clerk某" in offered
    assert "registrar某" not in offered
    assert list(answer.context["adminform"].form.errors) == ["person"]


def test_people_are_listed_and_changed_within_reach(office, client):
    client.force_login(office.administrator)
    page = reverse("admin:units_person_change", args=[office.clerk.person_id])

    answer = client.post(page, {"name": "经办甲", "staff_number": "A-7"})

    assert answer.status_code == 302
    assert Person.objects.get(pk=office.clerk.person_id).name == "经办甲"
    entry = AuditEntry.objects.get(ref=f"person:{office.clerk.person_id}")
    assert entry.facts == {"fields": ["name", "staff_number"], "added": False}
    found = client.post(reverse("admin:units_person_search"), {"text": "A-7"}, follow=True)
    assert [each.name for each in found.context["cl"].result_list] == ["经办甲"]


def test_a_person_shows_roles_and_accounts(office, client):
    client.force_login(office.administrator)

    text = client.get(
        reverse("admin:units_person_change", args=[office.clerk.person_id])
    ).content.decode()

    assert change_of(office.clerk) in text
    assert "示例学习中心" in text


def test_accounts_are_found_by_user_name_and_name(office, client):
    client.force_login(office.administrator)

    def found(text):
        page = client.post(reverse("admin:units_account_search"), {"text": text}, follow=True)
        return [each.username for each in page.context["cl"].result_list]

    assert found("colleague") == ["colleague"]
    assert found("other-") == ["other-clerk", "other-head", "other-reviewer"]


def test_roles_themselves_have_no_page(office, client):
    client.force_login(office.administrator)

    assert client.get("/office/auth/group/").status_code == 404
    assert client.get("/office/auth/").status_code == 404


@pytest.mark.parametrize("has_it", [True, False])
def test_nobody_makes_themselves_an_administrator_or_none(superior, client, has_it):
    second = Account.objects.create_user(
        "second", PASSWORD, person=superior.person, is_administrator=has_it
    )
    client.force_login(superior)
    ticked = {} if has_it else {"is_administrator": "on"}

    changed = client.post(change_of(second), {"username": "second", "is_active": "on", **ticked})
    added = client.post(
        reverse(ADD),
        {
            "person": superior.person_id,
            "username": "third",
            "is_active": "on",
            "is_administrator": "on",
        },
    )

    for answer in (changed, added):
        assert list(answer.context["adminform"].form.errors) == ["is_administrator"]
    assert again(second).is_administrator is has_it
    assert not Account.objects.filter(username="third").exists()
