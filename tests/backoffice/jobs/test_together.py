"""Jobs that several want at the same time, each with a connection of their own."""

import threading
from datetime import timedelta

import pytest
from builders.together import at_once
from django.db import connection, transaction
from django.utils import timezone

from backoffice.jobs.attempts import take
from backoffice.jobs.models import Job
from backoffice.jobs.reaping import is_lost, reap, seems_down
from backoffice.jobs.services import TooLate, cancel, start
from backoffice.jobs.states import JobState
from backoffice.jobs.work import Work

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def _queued(settings):
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}


def waiting(office, **changes):
    return start("test-count", by=office.clerk, unit=office.centre, to=1, **changes)


def test_of_two_workers_one_takes_a_job(office):
    job = waiting(office)
    taken = []

    def work(name):
        return lambda: taken.append(take(job.pk, worker=name))

    assert at_once(work("w1"), work("w2")) == ["done", "done"]
    (one,) = [each for each in taken if each]
    job = Job.objects.get()
    assert (job.state, job.attempts, job.worker) == (JobState.RUNNING, 1, one.worker)


def test_two_who_start_the_same_work_at_once_get_one_job(office):
    def begin():
        waiting(office, ref="case:1")

    assert at_once(begin, begin, begin) == ["done"] * 3
    assert Job.objects.count() == 1


def test_a_job_that_is_being_written_is_neither_taken_up_nor_stopped(office, settings):
    if not connection.features.has_select_for_update_skip_locked:
        pytest.skip("on SQLite nobody else writes meanwhile")
    settings.OFFICE_WORKERS = None
    job = take(waiting(office).pk, worker="w1")
    long_ago = timezone.now() - timedelta(days=1)
    Job.objects.filter(pk=job.pk).update(heartbeat_at=long_ago)
    held, done = threading.Event(), threading.Event()

    def write():
        one = Work(job)
        with transaction.atomic():
            one.hold()
            held.set()
            done.wait(30)
        connection.close()

    writer = threading.Thread(target=write)
    writer.start()
    try:
        assert held.wait(30)
        silent = Job.objects.get(pk=job.pk)
        assert is_lost(silent)
        assert not seems_down(silent)
        assert reap() == 0
        with pytest.raises(TooLate):
            cancel(job.pk)
    finally:
        done.set()
        writer.join()
    assert seems_down(Job.objects.get(pk=job.pk))
    assert reap() == 1
