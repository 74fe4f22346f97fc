"""The brake on guessing passwords: who it stops, and that it ends."""

from datetime import UTC, datetime, timedelta

import pytest
from builders.office import PASSWORD
from builders.speech import in_chinese
from django.urls import reverse
from django.utils import timezone

from backoffice.audit.models import AuditEntry
from backoffice.audit.sign_ins import sign_in_failed

pytestmark = pytest.mark.django_db

START = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)
BRAKED = "Signing in failed too often. It is refused for 15 minutes, with the right password too."


class Desk:
    """A sign-in page, and a clock that is set by hand."""

    def __init__(self, client, monkeypatch, rf):
        self.client, self.rf, self.now = client, rf, START
        monkeypatch.setattr(timezone, "now", lambda: self.now)

    def at(self, **later):
        self.now = START + timedelta(**later)
        return self

    def fail(self, name, times=1, place="127.0.0.1"):
        request = self.rf.post("/", REMOTE_ADDR=place)
        for _time in range(times):
            sign_in_failed({"username": name}, request)

    def answer(self, name="clerk", password=PASSWORD, place="127.0.0.1"):
        """Return what is said to somebody, or nothing where they are in."""
        page = self.client.post(
            reverse("admin:login"), {"username": name, "password": password}, REMOTE_ADDR=place
        )
        if page.status_code == 302:
            self.client.logout()
            return ""
        (said,) = page.context["form"].non_field_errors()
        return said


@pytest.fixture
def desk(office, client, monkeypatch, rf):
    return Desk(client, monkeypatch, rf)


@pytest.mark.parametrize(("failures", "is_braked"), [(9, False), (10, True)])
def test_the_tenth_wrong_password_brakes_the_right_one_too(desk, failures, is_braked):
    desk.fail("clerk", failures)

    assert desk.answer() == (in_chinese(BRAKED) if is_braked else "")
    assert desk.answer("head") == ""


@pytest.mark.parametrize("name", ["clerk", "nobody-of-that-name"])
def test_an_unknown_name_is_answered_alike(desk, name):
    wrong = [desk.answer(name, "wrong") for _time in range(11)]

    assert wrong[9] == in_chinese(
        "User name or password is wrong, or this account may not sign in."
    )
    assert wrong[10] == in_chinese(BRAKED)


def test_the_brake_ends_whoever_goes_on_trying(desk):
    desk.fail("clerk", 9)
    desk.at(minutes=14).fail("clerk")
    entries = AuditEntry.objects.count()

    for minute in range(15, 29):
        assert desk.at(minutes=minute).answer() == in_chinese(BRAKED)
    assert desk.at(minutes=28, seconds=59).answer("clerk", "wrong") == in_chinese(BRAKED)
    assert AuditEntry.objects.count() == entries
    assert desk.at(minutes=29).answer() == ""


@pytest.mark.parametrize(("seconds", "is_braked"), [(900, True), (901, False)])
def test_failures_count_within_a_quarter_of_an_hour(desk, seconds, is_braked):
    desk.fail("clerk", 9)

    desk.at(seconds=seconds).fail("clerk")

    assert bool(desk.answer()) is is_braked


@pytest.mark.parametrize(("failures", "is_braked"), [(49, False), (50, True)])
def test_fifty_of_one_address_brake_it_and_no_other(desk, failures, is_braked):
    for serial in range(failures):
        desk.fail(f"guess-{serial}", place="10.0.0.9")

    assert bool(desk.answer(place="10.0.0.9")) is is_braked
    assert desk.answer(place="10.0.0.8") == ""
