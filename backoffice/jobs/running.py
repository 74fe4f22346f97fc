"""Running one job: whatever comes of it is written down."""

import logging
import traceback

from django.db import OperationalError

from backoffice.jobs import presence
from backoffice.jobs.attempts import end, put_back, take
from backoffice.jobs.registry import find_kind
from backoffice.jobs.states import MOST_ATTEMPTS, JobState
from backoffice.jobs.work import Cancelled, JobFailed, Overtaken, Stopping, Work

_log = logging.getLogger(__name__)

# What this process works on now; read by the thread that keeps the attempt up.
_under_way = None


def under_way():
    """Return the work that this process does now, or None."""
    return _under_way


def run(pk):
    """Make an attempt at the job; return whether it waits for another."""
    global _under_way
    job = take(pk, worker=presence.own_name())
    if job is None:
        return False
    kind = find_kind(job.kind)
    if kind is None:
        end(job, JobState.FAILED, failure="unknown-kind")
        return False
    ending = _Ending(job, kind)
    with ending:
        _under_way = Work(job)
        outcome = kind.run(_under_way, **job.parameters)
        end(job, JobState.DONE, outcome=outcome)
    return ending.again


class _Ending:
    """Writes down how an attempt ended that did not come to its end."""

    def __init__(self, job, kind):
        self._job, self._kind = job, kind
        self.again = False

    def __enter__(self):
        return self

    def __exit__(self, _type, fault, trace):
        """Note what was raised; only what ends the process goes on."""
        global _under_way
        _under_way = None
        # None, or what ends the process: the job is then taken up by another.
        if not isinstance(fault, Exception):
            return False
        self._note(fault, trace)
        return True

    def _note(self, fault, trace):
        if isinstance(fault, Cancelled):
            end(self._job, JobState.CANCELLED)
        elif isinstance(fault, Overtaken):
            _log.warning("job %s was taken up by another worker", self._job.pk)
        elif isinstance(fault, Stopping):
            self.again = put_back(self._job, counted=False)
        elif isinstance(fault, JobFailed):
            end(self._job, JobState.FAILED, failure=fault.code, outcome=fault.facts)
        else:
            self._log(fault, trace)
            if isinstance(fault, OperationalError) and self._may_repeat:
                # The database was lost or busy for a moment.
                self.again = put_back(self._job, counted=True)
            else:
                end(self._job, JobState.FAILED, failure="fault")

    @property
    def _may_repeat(self):
        return self._kind.repeatable and self._job.attempts < MOST_ATTEMPTS

    def _log(self, fault, trace):
        # What a fault says of itself may quote a value; where it was raised does not.
        where = "".join(traceback.format_tb(trace))
        _log.error("job %s (%s): %s\n%s", self._job.pk, self._job.kind, type(fault).__name__, where)
