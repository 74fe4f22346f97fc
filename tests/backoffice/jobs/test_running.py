"""A job and whatever comes of it, in this process."""

import pytest
from builders.jobs import MADE_UP, again, facts, waiting
from django.db import OperationalError, transaction

from backoffice.jobs.models import Job
from backoffice.jobs.registry import Kind, find_kind, job_kind, kind_of
from backoffice.jobs.running import run, under_way
from backoffice.jobs.services import cancel
from backoffice.jobs.states import JobState
from backoffice.jobs.work import stopping

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _goes_on():
    yield
    stopping.clear()


def patched(monkeypatch, slug, function):
    kind = kind_of(slug)
    fields = {name: getattr(kind, name) for name in Kind.__dataclass_fields__}
    monkeypatch.setitem(job_kind.__globals__["_kinds"], slug, Kind(**{**fields, "run": function}))


def test_a_job_of_another_release_fails_in_words(office):
    job = Job.objects.create(kind="gone", account=office.clerk, unit=office.centre)
    run(job.pk)

    assert facts(job, "state", "failure") == {
        "state": JobState.FAILED,
        "failure": "unknown-kind",
    }
    assert str(again(job)) == "gone"
    assert find_kind("gone") is None


def test_a_known_failure_keeps_its_code_and_facts(office):
    job = waiting(office, "test-once", to=7)
    run(job.pk)

    assert facts(job, "state", "failure", "outcome") == {
        "state": JobState.FAILED,
        "failure": "too-many",
        "outcome": {"counted": 7},
    }


def test_an_unexpected_fault_is_logged_without_what_it_says(office, caplog):
    job = waiting(office, to=1, fail="fault")
    run(job.pk)

    assert facts(job, "state", "failure") == {"state": JobState.FAILED, "failure": "fault"}
    assert "ValueError" in caplog.text
    assert "builders/jobs.py" in caplog.text
    assert MADE_UP not in caplog.text


def test_a_lost_database_is_tried_three_times(office, monkeypatch):
    def lose(work, **_):
        raise OperationalError("gone")

    patched(monkeypatch, "test-count", lose)
    job = waiting(office)
    waits = [run(job.pk) for _ in range(3)]

    assert waits == [True, True, False]
    assert facts(job, "state", "failure", "attempts") == {
        "state": JobState.FAILED,
        "failure": "fault",
        "attempts": 3,
    }


def test_a_job_not_to_be_repeated_is_not(office, monkeypatch):
    def lose(work, **_):
        raise OperationalError("gone")

    patched(monkeypatch, "test-once", lose)
    job = waiting(office, "test-once")

    assert run(job.pk) is False
    assert again(job).state == JobState.FAILED


def test_an_outcome_that_could_name_somebody_is_a_fault(office, monkeypatch):
    patched(monkeypatch, "test-count", lambda work, to: {"name": "张三"})
    job = waiting(office)
    run(job.pk)

    assert facts(job, "state", "failure", "outcome") == {
        "state": JobState.FAILED,
        "failure": "fault",
        "outcome": {},
    }


def test_what_ends_the_process_leaves_the_job_to_the_next(office, monkeypatch):
    def leave(work, **_):
        raise SystemExit(1)

    patched(monkeypatch, "test-count", leave)
    job = waiting(office)
    with pytest.raises(SystemExit):
        run(job.pk)

    assert again(job).state == JobState.RUNNING
    assert under_way() is None


def test_a_stopped_job_undoes_what_it_wrote(office, monkeypatch):
    def write(work, **_):
        with transaction.atomic():
            office.centre.__class__.objects.filter(pk=office.centre.pk).update(name="新")
            cancel(work.job.pk)
            work.progress(1, 1)
        raise AssertionError

    patched(monkeypatch, "test-count", write)
    job = waiting(office)
    run(job.pk)
    office.centre.refresh_from_db()

    # The request to stop was of the same transaction here, and went with it.
    assert office.centre.name != "新"
    assert again(job).state == JobState.CANCELLED


def test_a_worker_told_to_stop_puts_its_job_back_and_counts_no_attempt(office):
    stopping.set()
    job = waiting(office)

    assert run(job.pk) is True
    assert facts(job, "state", "attempts", "worker") == {
        "state": JobState.WAITING,
        "attempts": 0,
        "worker": "",
    }
