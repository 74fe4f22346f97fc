import pytest
from builders.office import PASSWORD, again
from django.urls import reverse

from backoffice.audit.models import AuditEntry
from backoffice.desk.people.passwords import give_password

PAGE = "/office/password_change/"
NEW = "a-fresh-horse-9"


@pytest.fixture
def newcomer(office, client):
    """Sign in with a one-time password."""
    password = give_password(office.clerk, by=office.administrator)
    assert client.login(username="clerk", password=password)
    return password


@pytest.mark.parametrize(
    "path", ["/office/", "/office/roll/studentrecord/", "/office/units/unit/1/change/", "/"]
)
def test_a_one_time_password_leads_to_changing_it(newcomer, client, path):
    answer = client.get(path)

    assert answer.status_code == 302
    assert answer["Location"] == PAGE
    assert client.post(path, {}).status_code == 302


def test_the_way_out_and_the_language_stay_open(newcomer, client):
    assert client.get(PAGE).status_code == 200
    answer = client.post(reverse("set_language"), {"language": "en", "next": PAGE})
    assert answer["Location"] == PAGE
    assert client.cookies["django_language"].value == "en"
    assert client.post(reverse("admin:logout")).status_code == 200


def test_a_changed_password_opens_the_office_and_is_logged(office, newcomer, client):
    answer = client.post(
        PAGE, {"old_password": newcomer, "new_password1": NEW, "new_password2": NEW}
    )

    assert answer.status_code == 302
    assert again(office.clerk).check_password(NEW)
    assert not again(office.clerk).must_change_password
    assert client.get("/office/").status_code == 200
    (entry,) = AuditEntry.objects.filter(act="password-change")
    assert (entry.chain, entry.ref) == ("office", f"account:{office.clerk.pk}")
    assert entry.facts == {}


@pytest.mark.parametrize(
    "changes",
    [
        {"old_password": "wrong"},
        {"new_password2": "another-horse-9"},
        {"new_password1": "12345678", "new_password2": "12345678"},
        {"new_password1": "short", "new_password2": "short"},
    ],
)
def test_a_password_that_will_not_do_is_refused(office, newcomer, client, changes):
    fields = {"old_password": newcomer, "new_password1": NEW, "new_password2": NEW} | changes

    answer = client.post(PAGE, fields)

    assert answer.status_code == 200
    assert answer.context["form"].errors
    assert again(office.clerk).check_password(newcomer)
    assert again(office.clerk).must_change_password
    assert not AuditEntry.objects.filter(act="password-change").exists()


def test_the_one_time_password_itself_is_not_taken_again(office, newcomer, client):
    answer = client.post(
        PAGE, {"old_password": newcomer, "new_password1": newcomer, "new_password2": newcomer}
    )

    assert list(answer.context["form"].errors) == ["new_password1"]
    assert again(office.clerk).must_change_password


def test_anybody_changes_their_own_password_at_any_time(office, client):
    client.force_login(office.clerk)

    answer = client.post(
        PAGE, {"old_password": PASSWORD, "new_password1": NEW, "new_password2": NEW}
    )

    assert answer.status_code == 302
    assert again(office.clerk).check_password(NEW)


def test_ones_own_new_password_is_chosen_by_oneself(office, client):
    client.force_login(office.administrator)

    answer = client.post(reverse("admin:units_account_password", args=[office.administrator.pk]))

    assert answer["Location"] == PAGE
    assert again(office.administrator).check_password(PASSWORD)
