"""Signing in: one answer to a wrong name, a wrong password, and an account that may not."""

import pytest
from builders.office import PASSWORD
from builders.speech import in_chinese
from django.urls import reverse

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("username", "password", "active"),
    [
        pytest.param("nobody", PASSWORD, True, id="unknown name"),
        pytest.param("clerk", "wrong", True, id="wrong password"),
        pytest.param("clerk", PASSWORD, False, id="closed account"),
    ],
)
def test_whatever_is_wrong_is_answered_alike(office, client, username, password, active):
    office.clerk.is_active = active
    office.clerk.save()

    page = client.post(reverse("admin:login"), {"username": username, "password": password})

    assert page.status_code == 200
    assert page.context["form"].non_field_errors() == [
        in_chinese("User name or password is wrong, or this account may not sign in.")
    ]


def test_the_right_password_leads_to_the_page_that_was_wanted(office, client):
    wanted = reverse("review:queue")

    page = client.post(
        f"{reverse('admin:login')}?next={wanted}",
        {"username": "reviewer", "password": PASSWORD, "next": wanted},
    )

    assert (page.status_code, page["Location"]) == (302, wanted)
