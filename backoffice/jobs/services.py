"""Starting long work, and asking for it to be stopped."""

from functools import partial

from django.db import IntegrityError, OperationalError, transaction
from django.utils import timezone

from backoffice.audit.facts import checked_facts, checked_ref
from backoffice.jobs.models import Job
from backoffice.jobs.registry import kind_of
from backoffice.jobs.states import OPEN, JobState
from backoffice.jobs.tasks import enqueue


class TooLate(Exception):
    """A job cannot be stopped: it has ended, or is writing its result just now."""


def start(kind, *, by, unit, ref="", **parameters):
    """Start a job and return it; workers see it once the open transaction stands.

    Where one of that kind is under way about *ref*, that is returned.  Raises LookupError for an
    unknown kind, ValueError for parameters that are no keys, short words or numbers.
    """
    kind_of(kind)
    fields = {"kind": kind, "ref": checked_ref(ref)}
    parameters = checked_facts(parameters)
    if found := _under_way(**fields):
        return found
    try:
        with transaction.atomic():
            job = Job.objects.create(**fields, account=by, unit=unit, parameters=parameters)
    except IntegrityError:
        # Somebody was quicker by a moment.
        if found := _under_way(**fields):
            return found
        raise
    transaction.on_commit(partial(enqueue, job.pk))
    return job


def cancel(pk):
    """Stop the job: at once if it waits, else where it next says how far it is.

    Raises TooLate.
    """
    try:
        with transaction.atomic():
            job = Job.objects.select_for_update(skip_locked=_can_skip()).filter(pk=pk).first()
            if job is None or job.state not in OPEN:
                raise TooLate
            if job.state == JobState.WAITING:
                job.state, job.finished_at = JobState.CANCELLED, timezone.now()
            job.cancel_asked = True
            job.save(update_fields=["state", "finished_at", "cancel_asked"])
    except OperationalError as fault:
        # On SQLite a job that writes lets nobody else write.
        raise TooLate from fault
    return job


def _under_way(*, kind, ref):
    return Job.objects.under_way().filter(kind=kind, ref=ref).first() if ref else None


def _can_skip():
    return transaction.get_connection().features.has_select_for_update_skip_locked
