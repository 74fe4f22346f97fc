import pytest
from django.contrib.auth import authenticate
from django.contrib.auth.signals import user_logged_in, user_logged_out, user_login_failed

from backoffice.audit.models import AuditEntry
from backoffice.audit.sign_ins import name_digest
from backoffice.audit.verify import verify
from backoffice.sealing.digests import keyed_digest

pytestmark = pytest.mark.django_db

PLACE = "198.51.100.7"


class SomeAccount:
    pk, person_id, last_login = 7, 70, None

    def save(self, **fields):
        """Take the time of the last sign-in, which Django writes."""


@pytest.fixture
def request_from_outside(rf):
    return rf.post("/", REMOTE_ADDR=PLACE)


def logged():
    return list(
        AuditEntry.objects.values_list(
            "chain", "act", "account_id", "person_id", "ref", "digest", "facts"
        )
    )


def test_sign_in_and_sign_out_are_logged_with_the_digest_of_the_place(request_from_outside):
    account = SomeAccount()
    user_logged_in.send(SomeAccount, request=request_from_outside, user=account)
    user_logged_out.send(SomeAccount, request=request_from_outside, user=account)
    place = {"place": keyed_digest(PLACE, "address")}

    assert logged() == [
        ("office", "sign-in", 7, 70, "account:7", "", place),
        ("office", "sign-out", 7, 70, "account:7", "", place),
    ]
    assert list(verify()) == []


def test_a_sign_out_of_nobody_is_not_logged(request_from_outside):
    user_logged_out.send(None, request=request_from_outside, user=None)

    assert logged() == []


def test_a_failed_sign_in_is_logged_without_the_name(request_from_outside):
    assert authenticate(request_from_outside, username="wang.fang", password="wrong") is None  # noqa: S106 - it is wrong
    place = {"place": keyed_digest(PLACE, "address")}

    assert logged() == [
        ("office", "sign-in-failed", None, None, "", name_digest("wang.fang"), place)
    ]
    assert "wang" not in str(logged())


def test_failed_sign_ins_of_one_name_have_one_digest():
    assert name_digest("ｗang") == name_digest("wang")
    assert name_digest("wang") != name_digest("Wang")
    assert name_digest("wang") != keyed_digest("wang", "address")


@pytest.mark.parametrize("credentials", [{}, {"username": None}, {"username": "\ud800"}])
def test_a_failed_sign_in_without_a_usable_name_or_request_is_logged_too(credentials):
    user_login_failed.send(__name__, credentials=credentials, request=None)

    assert [row[1:5] + row[6:] for row in logged()] == [("sign-in-failed", None, None, "", {})]
