"""Jobs whose worker is gone, and what it left in the queue."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.core.files import locks
from django.utils import timezone
from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from backoffice.jobs import presence, reaping
from backoffice.jobs.attempts import take
from backoffice.jobs.models import Job
from backoffice.jobs.queue_rows import KEPT, close_left_running, prune, queue_forgotten
from backoffice.jobs.reaping import is_lost, reap, seems_down, sweep_workers
from backoffice.jobs.services import cancel, start
from backoffice.jobs.states import JobState
from backoffice.jobs.upkeep import Upkeep

pytestmark = pytest.mark.django_db

LEASE = 60


def running(office, kind="test-count", *, silent_for=LEASE + 1, worker="elsewhere", **changes):
    """Make a job that a worker took, which was last heard of so long ago."""
    job = start(kind, by=office.clerk, unit=office.centre, to=2)
    take(job.pk, worker=worker)
    heard = timezone.now() - timedelta(seconds=silent_for)
    Job.objects.filter(pk=job.pk).update(heartbeat_at=heard, **changes)
    return again(job)


def again(job):
    return Job.objects.get(pk=job.pk)


@pytest.fixture
def queued(settings):
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}


def worker_file(settings, name):
    settings.OFFICE_WORKERS.mkdir()
    path = settings.OFFICE_WORKERS / f"{name}.lock"
    path.touch()
    return path


def test_a_job_is_taken_up_after_the_lease_and_not_before(office, queued):
    dead, alive = running(office), running(office, silent_for=LEASE - 5)

    assert reap() == 1
    assert (again(dead).state, again(alive).state) == (JobState.WAITING, JobState.RUNNING)
    (task,) = DBTaskResult.objects.all()
    assert (str(task.pk), task.args_kwargs["args"]) == (again(dead).task_id, [dead.pk])


def test_a_job_taken_up_is_begun_anew(office):
    job = running(office, done=1, total=2)
    reap()

    job = again(job)
    assert (job.state, job.attempts, job.outcome) == (JobState.DONE, 2, {"written": 2})


def test_a_worker_of_this_machine_that_died_loses_its_job_at_once(office, settings):
    worker_file(settings, "killed")
    job = running(office, worker="killed", silent_for=0)

    assert is_lost(job)
    assert reap() == 1


def test_a_worker_of_this_machine_that_lives_keeps_its_job_however_silent(office, settings):
    path = worker_file(settings, "writes")
    job = running(office, worker="writes", silent_for=100 * LEASE)
    with path.open("rb+") as held:
        locks.lock(held, locks.LOCK_EX)

        assert not is_lost(job)
        assert reap() == 0
    assert reap() == 1


def test_without_files_of_workers_the_heartbeat_alone_tells(office, settings):
    settings.OFFICE_WORKERS = None

    assert is_lost(running(office))
    assert not is_lost(running(office, silent_for=0))


def test_a_worker_never_takes_its_own_job_from_itself(office, settings):
    settings.OFFICE_WORKERS = None
    with presence.present() as name:
        assert not is_lost(running(office, worker=name))


@pytest.mark.parametrize(
    ("kind", "attempts", "state", "failure"),
    [
        ("test-count", 2, JobState.WAITING, ""),
        ("test-count", 3, JobState.INTERRUPTED, "killed-too-often"),
        ("test-once", 1, JobState.INTERRUPTED, "not-repeatable"),
    ],
)
def test_a_job_is_begun_three_times_at_most(office, queued, kind, attempts, state, failure):
    job = running(office, kind, attempts=attempts)
    reap()

    job = again(job)
    assert (job.state, job.failure, bool(job.finished_at)) == (state, failure, bool(failure))
    assert DBTaskResult.objects.count() == (0 if failure else 1)


def test_a_lost_job_that_was_to_be_stopped_is(office):
    job = running(office)
    cancel(job.pk)
    reap()

    assert again(job).state == JobState.CANCELLED


def test_a_worker_that_is_heard_of_again_keeps_its_job(office, monkeypatch):
    job = running(office)

    def heard_of_meanwhile(looked_at):
        lost = is_lost(looked_at)
        Job.objects.filter(pk=job.pk).update(heartbeat_at=timezone.now())
        return lost

    monkeypatch.setattr(reaping, "is_lost", heard_of_meanwhile)

    assert reap() == 0
    assert again(job).state == JobState.RUNNING


@pytest.mark.parametrize(
    ("waited", "beside", "down"),
    [
        (LEASE + 1, None, True),
        (LEASE - 5, None, False),
        (LEASE + 1, 0, False),
        (LEASE + 1, LEASE + 1, True),
    ],
)
def test_nobody_seems_there_where_jobs_wait_and_none_goes_on(office, waited, beside, down):
    job = start("test-count", by=office.clerk, unit=office.centre, to=1)
    created = timezone.now() - timedelta(seconds=waited)
    Job.objects.filter(pk=job.pk).update(created_at=created)
    if beside is not None:
        running(office, silent_for=beside)

    assert seems_down(again(job)) is down


def test_an_ended_job_waits_for_nobody(office):
    long_ago = timezone.now() - timedelta(days=1)
    job = running(office, state=JobState.DONE, created_at=long_ago)

    assert not seems_down(job)


def test_a_waiting_job_that_the_queue_forgot_is_queued_again(office, queued):
    long_ago = timezone.now() - timedelta(seconds=LEASE + 1)
    forgotten, new, kept = (
        start("test-count", by=office.clerk, unit=office.centre, to=1) for _ in range(3)
    )
    task = task_row(status=TaskResultStatus.READY)
    Job.objects.exclude(pk=new.pk).update(created_at=long_ago)
    Job.objects.filter(pk=kept.pk).update(task_id=str(task.pk))

    assert queue_forgotten() == 1
    assert again(forgotten).task_id
    assert queue_forgotten() == 0


def task_row(**changes):
    fields = {
        "id": uuid4(),
        "args_kwargs": {"args": [1], "kwargs": {}},
        "task_path": "backoffice.jobs.tasks.run_job",
        "backend_name": "default",
        "exception_class_path": "",
        "traceback": "",
    }
    return DBTaskResult.objects.create(**fields | changes)


def test_tasks_left_running_are_closed_but_not_those_of_jobs_that_run(office):
    long_ago = timezone.now() - timedelta(seconds=LEASE + 1)
    left, working, new = (
        task_row(status=TaskResultStatus.RUNNING, started_at=started)
        for started in (long_ago, long_ago, timezone.now())
    )
    running(office, task_id=str(working.pk))

    assert close_left_running() == 1
    assert {each.pk: each.status for each in DBTaskResult.objects.all()} == {
        left.pk: TaskResultStatus.FAILED,
        working.pk: TaskResultStatus.RUNNING,
        new.pk: TaskResultStatus.RUNNING,
    }


def test_tasks_that_ended_long_ago_are_removed(db):
    now = timezone.now()
    done = {"status": TaskResultStatus.SUCCESSFUL}
    task_row(**done, finished_at=now - KEPT - timedelta(minutes=1))
    kept = [
        task_row(**done, finished_at=now - KEPT + timedelta(minutes=1)),
        task_row(status=TaskResultStatus.READY),
    ]

    assert prune() == 1
    assert set(DBTaskResult.objects.all()) == set(kept)


def test_the_file_of_a_dead_worker_stays_until_its_job_was_taken_from_it(office, queued, settings):
    path = worker_file(settings, "killed")
    running(office, worker="killed", silent_for=0)
    sweep_workers()
    assert path.exists()
    reap()
    sweep_workers()

    assert not path.exists()


def test_upkeep_reaps_at_its_first_turn_and_then_now_and_again(office, queued):
    upkeep = Upkeep()
    first = running(office)
    upkeep.turn()
    second = running(office)
    upkeep.turn()

    assert again(first).state == JobState.WAITING
    assert again(second).state == JobState.RUNNING


def test_what_is_due_hourly_is_done_at_the_first_turn_and_a_full_disk_ends_nothing(
    office, monkeypatch
):
    done = []

    def fails():
        done.append("fails")
        raise OSError

    monkeypatch.setattr("backoffice.jobs.upkeep.hourly_work", lambda: (fails,))
    upkeep = Upkeep()
    upkeep.turn()
    upkeep.turn()

    assert done == ["fails"]


def test_workers_show_that_they_live_and_are_swept_once_they_do_not(settings):
    with presence.present() as name:
        path = settings.OFFICE_WORKERS / f"{name}.lock"
        presence.sweep()
        assert (presence.own_name(), presence.is_present(name)) == (name, True)
        assert path.stat().st_mode & 0o077 == 0
    assert (presence.own_name(), presence.is_present(name)) == ("", False)
    presence.sweep()
    assert (path.exists(), presence.is_present(name)) == (False, None)
    assert presence.is_present("") is None
