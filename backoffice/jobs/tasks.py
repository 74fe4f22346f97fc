"""The one task that workers run: a job, by its key."""

from django_tasks import task

from backoffice.jobs.models import Job
from backoffice.jobs.running import run


@task()
def run_job(job_pk):
    """Make an attempt at the job."""
    if run(job_pk):
        enqueue(job_pk)


def enqueue(job_pk):
    """Put the job into the queue of the workers.

    Twice does no harm: who comes second finds that it no longer waits.
    """
    result = run_job.enqueue(job_pk)
    Job.objects.filter(pk=job_pk).update(task_id=result.id)
