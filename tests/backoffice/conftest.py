"""What tests of the office share: private places for files, and an office to work in."""

import pytest
from builders.office import Office, build_office


@pytest.fixture(autouse=True)
def _own_files(settings, tmp_path):
    """Give each test storages of its own."""
    settings.STORAGES = {
        name: {**each, "OPTIONS": {**each["OPTIONS"], "location": tmp_path / name}}
        if each.get("OPTIONS", {}).get("location")
        else each
        for name, each in settings.STORAGES.items()
    }


@pytest.fixture
def office(db) -> Office:
    """Return the office of most tests."""
    return build_office()
