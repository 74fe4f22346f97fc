"""What a worker does beside its job: it says that it lives, and looks after jobs of the dead."""

import logging
import threading
import time

from django.conf import settings
from django.db import DatabaseError, InterfaceError, connection

from backoffice.jobs.attempts import keep_up
from backoffice.jobs.queue_rows import close_left_running, prune, queue_forgotten
from backoffice.jobs.reaping import reap, sweep_workers
from backoffice.jobs.registry import hourly_work
from backoffice.jobs.running import under_way

_log = logging.getLogger(__name__)

_HOUR = 3600


class Upkeep(threading.Thread):
    """A thread with a connection of its own, which ends with the process."""

    def __init__(self):
        super().__init__(name="upkeep", daemon=True)
        self._end = threading.Event()
        # Several heartbeats a lease, so that one may be missed.
        self._beat = settings.OFFICE_JOB_LEASE / 12
        self._due = {}

    def run(self):
        """Keep up until told to end."""
        try:
            while True:
                self.turn()
                if self._end.wait(self._beat):
                    return
        finally:
            connection.close()

    def end(self):
        """End soon."""
        self._end.set()

    def turn(self):
        """Do what is due."""
        try:
            work = under_way()
            if work:
                keep_up(work.job, **work.figures)
            if self._is_due(reap, settings.OFFICE_JOB_LEASE / 4):
                reap()
                sweep_workers()
                queue_forgotten()
                close_left_running()
            for each in (prune, *hourly_work()):
                if self._is_due(each, _HOUR):
                    each()
        except (DatabaseError, InterfaceError, OSError) as fault:
            # Busy with one long transaction, or gone for a moment: there is a next turn.
            _log.info("upkeep put off: %s", type(fault).__name__)
            connection.close()

    def _is_due(self, what, every):
        now = time.monotonic()
        if now < self._due.get(what, now):
            return False
        self._due[what] = now + every
        return True
