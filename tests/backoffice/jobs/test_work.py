"""An attempt at a job: how far it is, and where it has to end."""

import pytest
from builders.jobs import again, facts, taken, waiting
from django.db import transaction

from backoffice.jobs import work as work_module
from backoffice.jobs.attempts import end, put_back, take
from backoffice.jobs.running import run
from backoffice.jobs.services import cancel
from backoffice.jobs.states import JobState
from backoffice.jobs.work import SHORTEST, Cancelled, Overtaken, Stopping, Work, stopping

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _goes_on():
    yield
    stopping.clear()


@pytest.fixture
def clock(monkeypatch):
    """A clock that stands still until it is moved."""
    now = [1000.0]
    monkeypatch.setattr(work_module.time, "monotonic", lambda: now[0])

    def move(seconds):
        now[0] += seconds

    return move


def test_a_job_is_taken_once(office):
    job = waiting(office)

    assert take(job.pk, worker="w1").attempts == 1
    assert take(job.pk, worker="w2") is None
    assert run(job.pk) is False
    assert again(job).worker == "w1"


def test_progress_is_written_twice_a_second_at_most(office, clock, django_assert_num_queries):
    job = taken(office)
    work = Work(job)
    work.progress(1, 10, stage="rows")
    clock(SHORTEST - 0.01)
    with django_assert_num_queries(0):
        work.progress(2, 10, stage="rows")
    assert facts(job, "done", "total", "stage") == {"done": 1, "total": 10, "stage": "rows"}
    clock(0.01)
    work.progress(3, 10, stage="rows")

    assert facts(job, "done", "total", "stage") == {"done": 3, "total": 10, "stage": "rows"}


def test_a_stage_is_as_old_as_its_first_word(office, clock):
    job = taken(office)
    work = Work(job)
    seen = []
    for done, stage in ((1, "rows"), (2, "rows"), (1, "files")):
        work.progress(done, 10, stage=stage)
        clock(1)
        seen.append(again(job).stage_since)

    assert seen[0] == seen[1] < seen[2]


def test_inside_a_transaction_nothing_is_written_and_the_newest_figure_is_kept(office, clock):
    job = taken(office)
    work = Work(job)
    with transaction.atomic():
        work.progress(5, 10, stage="writing")
        clock(1)
        assert again(job).done == 0
    work.progress(6, 10, stage="writing")

    assert work.figures["done"] == 6
    # A second had not passed since it was last looked at outside.
    assert again(job).done == 6


def test_a_running_job_is_stopped_where_it_next_says_how_far_it_is(office, clock):
    job = taken(office)
    work = Work(job)
    work.progress(1, 10)
    assert cancel(job.pk).state == JobState.RUNNING
    work.progress(2, 10)
    clock(SHORTEST)
    with pytest.raises(Cancelled):
        work.progress(3, 10)


def test_an_attempt_that_was_overtaken_writes_nothing_more(office, clock):
    job = taken(office)
    late = Work(job)
    put_back(job, counted=True)
    newer = take(job.pk, worker="w2")

    with pytest.raises(Overtaken):
        late.progress(9, 10)
    with pytest.raises(Overtaken), transaction.atomic():
        late.hold()
    assert end(job, JobState.DONE) is False
    assert put_back(job, counted=True) is False
    assert facts(job, "state", "done", "attempts", "worker") == {
        "state": JobState.RUNNING,
        "done": 0,
        "attempts": 2,
        "worker": "w2",
    }
    one = Work(newer)
    with transaction.atomic():
        one.hold()


def test_a_job_is_held_by_a_transaction(office):
    work = Work(taken(office))
    with pytest.raises(RuntimeError):
        work.hold()


def test_a_worker_told_to_stop_says_so_however_soon(office, clock):
    work = Work(taken(office))
    work.progress(1, 2)
    stopping.set()
    with pytest.raises(Stopping):
        work.progress(2, 2)


def test_a_job_to_be_stopped_is_not_put_back(office):
    job = taken(office)
    cancel(job.pk)

    assert put_back(job, counted=False) is False
    assert again(job).state == JobState.CANCELLED


def test_progress_costs_two_short_queries(office, clock, django_assert_num_queries):
    work = Work(taken(office))
    with django_assert_num_queries(2):
        work.progress(1, 2)
