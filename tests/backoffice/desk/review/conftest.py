"""Signing in, for tests of reviewing by HTTP."""

import pytest
from django.urls import reverse


@pytest.fixture
def at(client, office):
    """Sign somebody of the office in, and return the client."""

    def sign_in(who):
        client.force_login(getattr(office, who) if isinstance(who, str) else who)
        return client

    return sign_in


@pytest.fixture
def url():
    """Return the address of a page of reviewing."""
    return lambda name, *args: reverse(f"review:{name}", args=args)
