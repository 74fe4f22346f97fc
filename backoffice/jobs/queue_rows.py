"""The rows of the workers' queue: what a kill left in them, and what nobody asks for any more."""

from datetime import timedelta

from django.utils import timezone
from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from backoffice.jobs.models import Job
from backoffice.jobs.queries import lease_began
from backoffice.jobs.tasks import enqueue

KEPT = timedelta(days=14)


def queue_forgotten():
    """Queue the jobs that wait without being in the queue, such as after a kill between the two."""
    waiting = Job.objects.waiting().filter(created_at__lt=lease_began())
    tasks = DBTaskResult.objects.filter(
        status__in=[TaskResultStatus.READY, TaskResultStatus.RUNNING]
    )
    queued = {str(key) for key in tasks.values_list("pk", flat=True)}
    forgotten = [job.pk for job in waiting if job.task_id not in queued]
    for pk in forgotten:
        enqueue(pk)
    return len(forgotten)


def close_left_running():
    """Close the tasks that a killed worker left running: the library leaves them for ever."""
    now = timezone.now()
    tasks = DBTaskResult.objects.filter(
        status=TaskResultStatus.RUNNING, started_at__lt=lease_began()
    )
    working = set(Job.objects.under_way().values_list("task_id", flat=True))
    left = [key for key in tasks.values_list("pk", flat=True) if str(key) not in working]
    return tasks.filter(pk__in=left).update(status=TaskResultStatus.FAILED, finished_at=now)


def prune():
    """Remove the tasks that ended long ago; what came of them stands with their jobs."""
    ended = DBTaskResult.objects.finished().filter(finished_at__lt=timezone.now() - KEPT)
    return ended.delete()[0]
