"""What a job's function is given: its job, and how to tell how far it is."""

import threading
import time

from django.db import connection
from django.utils import timezone

from backoffice.jobs.attempts import attempt, keep_up

# Seconds between two writes of progress.
SHORTEST = 0.5

# Set when the worker was told to stop.
stopping = threading.Event()


class Cancelled(Exception):
    """The job is to be stopped, as its starter asked."""


class Overtaken(Exception):
    """Another worker has taken the job up: this attempt must write nothing more."""


class Stopping(Exception):
    """The worker is to stop; the job goes on with the next."""


class JobFailed(Exception):
    """The job cannot be done; *code* is one of its kind's failures, *facts* go to its outcome."""

    def __init__(self, code, **facts):
        super().__init__(code)
        self.code = code
        self.facts = facts


class Work:
    """One attempt at a job."""

    def __init__(self, job):
        self.job = job
        self._outside = len(connection.atomic_blocks)
        self._figures = {}
        self._told_at = None

    @property
    def account(self):
        """Return who started the job."""
        return self.job.account

    @property
    def unit(self):
        """Return the unit that the job is for."""
        return self.job.unit

    @property
    def figures(self):
        """Return how far the job is, as last said."""
        return self._figures

    def progress(self, done, total=0, *, stage=""):
        """Say that *done* of *total* parts of a stage are done; 0 for a total not known.

        Call it often: it writes twice a second at most, and nothing inside a transaction, whose
        end would have to come first.  Raises Cancelled, Overtaken or Stopping where the job is to
        end here; let them through.
        """
        if stopping.is_set():
            raise Stopping
        self._note(done, total, stage)
        now = time.monotonic()
        if self._told_at is not None and now - self._told_at < SHORTEST:
            return
        self._told_at = now
        if self._is_inside:
            self._ask_goes_on(attempt(self.job))
        elif not keep_up(self.job, **self._figures):
            raise Overtaken
        else:
            self._ask_goes_on(attempt(self.job))

    def hold(self):
        """Keep the job this attempt's until the open transaction ends.

        Call it first in the transaction that writes: nobody takes the job up meanwhile, and who
        asks to stop it is told that it is too late.  Raises Cancelled, Overtaken; RuntimeError
        outside a transaction.
        """
        if not self._is_inside:
            raise RuntimeError("a job is held by the transaction that writes its work")
        self._ask_goes_on(attempt(self.job).select_for_update())

    @property
    def _is_inside(self):
        return len(connection.atomic_blocks) > self._outside

    def _note(self, done, total, stage):
        since = self._figures.get("stage_since")
        if since is None or stage != self._figures["stage"]:
            since = timezone.now()
        # Replaced as a whole: another thread reads it.
        self._figures = {"done": done, "total": total, "stage": stage, "stage_since": since}

    def _ask_goes_on(self, rows):
        asked = rows.values_list("cancel_asked", flat=True).first()
        if asked is None:
            raise Overtaken
        if asked:
            raise Cancelled
