"""An attempt at a job: taken, kept up, ended.  What a later attempt overtook writes nothing."""

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from backoffice.audit.facts import checked_facts
from backoffice.jobs.models import Job
from backoffice.jobs.states import JobState


def take(pk, *, worker):
    """Begin an attempt at the job as *worker* and return it; None where it no longer waits."""
    now = timezone.now()
    taken = (
        Job.objects.waiting()
        .filter(pk=pk)
        .update(
            state=JobState.RUNNING,
            attempts=F("attempts") + 1,
            worker=worker,
            started_at=now,
            heartbeat_at=now,
            stage="",
            stage_since=None,
            done=0,
            total=0,
        )
    )
    return Job.objects.select_related("account__person", "unit").get(pk=pk) if taken else None


def attempt(job):
    """Return the row of *job* for as long as this attempt is the one that runs."""
    return Job.objects.running().filter(pk=job.pk, attempts=job.attempts)


def keep_up(job, **figures):
    """Tell that the attempt goes on, and how far it is; return whether it is still the one."""
    return bool(attempt(job).update(heartbeat_at=timezone.now(), **figures))


def end(job, state, *, failure="", outcome=None):
    """End the attempt; return whether it was still the one that runs.

    Raises ValueError for an outcome that could name a person.
    """
    facts = checked_facts(outcome or {})
    return bool(
        attempt(job).update(state=state, failure=failure, outcome=facts, finished_at=timezone.now())
    )


def put_back(job, *, counted):
    """Let the job wait for its turn again; return whether it does.

    *counted* where the attempt ended by a fault, not because the worker was told to stop.  One
    that was to be stopped meanwhile is.
    """
    with transaction.atomic():
        if attempt(job).filter(cancel_asked=True).exists():
            end(job, JobState.CANCELLED)
            return False
        back = {} if counted else {"attempts": F("attempts") - 1}
        return bool(attempt(job).update(state=JobState.WAITING, worker="", task_id="", **back))
