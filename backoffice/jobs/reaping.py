"""Jobs whose worker is gone: taken up again, or ended with the reason why not."""

from django.db import transaction

from backoffice.jobs import presence
from backoffice.jobs.attempts import end, put_back
from backoffice.jobs.models import Job
from backoffice.jobs.queries import lease_began
from backoffice.jobs.registry import find_kind
from backoffice.jobs.states import MOST_ATTEMPTS, JobState
from backoffice.jobs.tasks import enqueue


def reap():
    """Take up, or end, the jobs whose worker is gone; return how many there were."""
    lost = [job for job in Job.objects.running() if is_lost(job)]
    return sum(_take_from_worker(job) for job in lost)


def sweep_workers():
    """Remove the files of dead workers, but for those whose jobs have yet to be taken from them."""
    presence.sweep(keep=set(Job.objects.running().values_list("worker", flat=True)))


def is_lost(job):
    """Tell whether the worker of a running job is gone.

    One of this machine is known to live or not; another is gone that was not heard of for
    longer than the lease.
    """
    lives = presence.is_present(job.worker)
    if lives is None:
        return job.worker != presence.own_name() and job.heartbeat_at < lease_began()
    return not lives


def seems_down(job):
    """Tell whether nobody seems to be there to work on an open job."""
    if job.state == JobState.RUNNING:
        return is_lost(job) and not _is_held(job)
    waits_long = job.created_at < lease_began()
    return job.is_open and waits_long and all(map(is_lost, Job.objects.running()))


def _take_from_worker(job):
    with transaction.atomic():
        rows = _not_held(Job.objects.running())
        same = {"pk": job.pk, "attempts": job.attempts, "heartbeat_at": job.heartbeat_at}
        found = rows.filter(**same).first()
        if found is None:
            return False
        kind = find_kind(found.kind)
        if found.cancel_asked:
            return end(found, JobState.CANCELLED)
        if kind and not kind.repeatable:
            return end(found, JobState.INTERRUPTED, failure="not-repeatable")
        if found.attempts >= MOST_ATTEMPTS:
            return end(found, JobState.INTERRUPTED, failure="killed-too-often")
        put_back(found, counted=True)
    enqueue(found.pk)
    return True


def _is_held(job):
    """Tell whether a transaction holds the row: somebody lives who cannot say so just now."""
    if not _can_skip():
        return False
    with transaction.atomic():
        return _not_held(Job.objects.filter(pk=job.pk)).first() is None


def _not_held(jobs):
    return jobs.select_for_update(skip_locked=_can_skip())


def _can_skip():
    return transaction.get_connection().features.has_select_for_update_skip_locked
