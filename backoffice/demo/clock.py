"""A clock that stands still, so that the demo's week can be lived through by the services."""

from contextlib import contextmanager
from datetime import datetime, timedelta

from django.utils import timezone


@contextmanager
def clock(moment):
    """Let it be *moment* for everything that asks Django for the time, in all threads.

    What Django's ``now`` reads is put in its place, not ``now`` itself: fields of models hold
    that as their default and would go on asking it.
    """

    class Standing(datetime):
        @classmethod
        def now(cls, tz=None):
            return moment.astimezone(tz)

    running = timezone.datetime
    timezone.datetime = Standing
    try:
        yield
    finally:
        timezone.datetime = running


class Calendar:
    """The working days that end with the day of *now*, and moments of them."""

    def __init__(self, now):
        self._now = timezone.localtime(now)
        self._midnight = self._now.replace(hour=0, minute=0, second=0, microsecond=0)

    def day(self, days_ago):
        """Return the working day so many before today; today itself is one, whatever it is."""
        return self._start(days_ago).date()

    def moment(self, days_ago, hour):
        """Return the time of day *hour* (a number, 8.5 being half past eight) of a working day.

        Of today only what is over by now can be had: its hours are as much shorter.
        """
        start = self._start(days_ago)
        if days_ago:
            return start + timedelta(hours=hour)
        return start + (self._now - start) * (hour / 24)

    def _start(self, days_ago):
        if days_ago < 0:
            raise ValueError("the day has not come yet")
        start = self._midnight
        for _ in range(days_ago):
            start -= timedelta(days=1)
            while start.weekday() > _FRIDAY:
                start -= timedelta(days=1)
        return start


_FRIDAY = 4
