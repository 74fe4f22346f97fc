"""A clock that tests set by hand, in the office's own time zone."""

from datetime import datetime

import pytest
from django.utils import timezone


@pytest.fixture
def clock(monkeypatch):
    """Return what sets the time: ``clock(2026, 12, 31, 23, 59, 59)``."""

    def set_to(*parts):
        now = timezone.make_aware(datetime(*parts))  # noqa: DTZ001 - made aware here
        monkeypatch.setattr(timezone, "now", lambda: now)
        return now

    return set_to
