"""A real worker, killed in the middle of a job: all of it or nothing, and nothing twice."""

import os
import signal
import subprocess
import sys
import time

import pytest
from builders.jobs import MARKS
from django.conf import settings as office_settings
from django.db import connection
from django.utils import timezone
from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from backoffice.jobs.models import Job
from backoffice.jobs.reaping import is_lost
from backoffice.jobs.services import cancel, start
from backoffice.jobs.states import JobState
from backoffice.units.models import Person

pytestmark = pytest.mark.django_db(transaction=True)

AT_MOST = 60


@pytest.fixture
def place(tmp_path, settings):
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
    (tmp_path / "marks").mkdir()
    return tmp_path


def worker(place):
    words = [connection.settings_dict["NAME"], office_settings.OFFICE_WORKERS]
    return subprocess.Popen(
        [sys.executable, "-m", "builders.worker", *map(str, words)],
        cwd=office_settings.ROOT,
        env={
            **os.environ,
            "PYTHONPATH": os.pathsep.join(
                [str(office_settings.ROOT), str(office_settings.ROOT / "tests")]
            ),
            "DJANGO_SETTINGS_MODULE": "backoffice.settings.test",
            "TMPDIR": str(place),
            MARKS: str(place / "marks"),
        },
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )


def ended(process):
    said, _ = process.communicate(timeout=AT_MOST)
    return process.returncode, said


def wait_for(path, process):
    deadline = time.monotonic() + AT_MOST
    while not path.exists():
        assert process.poll() is None, process.communicate()[0]
        assert time.monotonic() < deadline
        time.sleep(0.02)


def begun(office, place, hangs):
    job = start("test-person", by=office.clerk, unit=office.centre, hangs=hangs)
    process = worker(place)
    wait_for(place / "marks" / "attempt-1", process)
    return job, process


def test_a_job_whose_worker_was_killed_is_done_once_by_the_next(office, place):
    job, process = begun(office, place, "inside")
    # In a long transaction it could write no heartbeat to SQLite; that it lives is seen anyway.
    assert not is_lost(Job.objects.get(pk=job.pk))
    process.send_signal(signal.SIGKILL)
    assert ended(process)[0] == -signal.SIGKILL

    job = Job.objects.get(pk=job.pk)
    assert (job.state, is_lost(job)) == (JobState.RUNNING, True)
    assert Person.objects.filter(name="长工甲").count() == 0
    assert DBTaskResult.objects.get().status == TaskResultStatus.RUNNING

    assert ended(worker(place)) == (0, "")
    job = Job.objects.get(pk=job.pk)
    made = Person.objects.get(name="长工甲")
    assert (job.state, job.attempts, job.outcome) == (
        JobState.DONE,
        2,
        {"person": made.pk, "new": True},
    )


def test_a_worker_told_to_stop_puts_its_job_back(office, place):
    job, process = begun(office, place, "outside")
    process.send_signal(signal.SIGTERM)
    status, said = ended(process)
    assert status == 0, said

    waits = Job.objects.get(pk=job.pk)
    assert (waits.state, waits.attempts, waits.worker) == (JobState.WAITING, 0, "")
    (place / "marks" / "go-on").touch()
    assert ended(worker(place))[0] == 0
    assert Job.objects.get(pk=job.pk).state == JobState.DONE
    assert Person.objects.filter(name="长工甲").count() == 1


def test_a_running_job_is_stopped_by_request(office, place):
    job, process = begun(office, place, "outside")
    before = timezone.now()
    cancel(job.pk)

    assert ended(process) == (0, "")
    job = Job.objects.get(pk=job.pk)
    assert (job.state, job.finished_at > before) == (JobState.CANCELLED, True)
    assert Person.objects.filter(name="长工甲").count() == 0
    assert DBTaskResult.objects.get().status == TaskResultStatus.SUCCESSFUL
