"""What tests of the office share: private places for files, and an office to work in."""

from contextlib import ExitStack

import pytest
from builders.office import Office, build_office, load_roles
from django.db import connections
from django.test import TransactionTestCase

from backoffice.audit import guards


@pytest.fixture(scope="session", autouse=True)
def guards_make_way_for_flushes():
    """Tests with real transactions empty the tables at their end, which the guards refuse."""
    flush = TransactionTestCase._fixture_teardown

    def flush_without_guards(case):
        with ExitStack() as stack:
            for each in connections.all():
                stack.enter_context(guards.lifted(each))
            flush(case)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(TransactionTestCase, "_fixture_teardown", flush_without_guards)
        yield


@pytest.fixture(autouse=True)
def _own_files(settings, tmp_path):
    """Give each test storages of its own."""
    settings.STORAGES = {
        name: {**each, "OPTIONS": {**each["OPTIONS"], "location": tmp_path / name}}
        if each.get("OPTIONS", {}).get("location")
        else each
        for name, each in settings.STORAGES.items()
    }


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup, django_db_blocker):
    """Load once what every office has; tests that empty the tables load it again."""
    with django_db_blocker.unblock():
        load_roles()


@pytest.fixture
def office(db) -> Office:
    """Return the office of most tests."""
    return build_office()
