"""Starting jobs, stopping them, and who sees them."""

import pytest
from builders.jobs import again, facts, waiting
from django.db import transaction

from backoffice.jobs.models import Job
from backoffice.jobs.registry import job_kind
from backoffice.jobs.running import run, under_way
from backoffice.jobs.services import TooLate, cancel, start
from backoffice.jobs.states import JobState

pytestmark = pytest.mark.django_db


def test_a_started_job_waits_until_the_transaction_stands(
    office, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        job = waiting(office, to=3)
        assert facts(job, "state", "attempts") == {"state": JobState.WAITING, "attempts": 0}

    job = again(job)
    assert (job.state, job.outcome, job.attempts) == (JobState.DONE, {"written": 3}, 1)
    assert job.task_id
    assert job.created_at <= job.started_at <= job.finished_at
    assert under_way() is None


def test_a_job_of_a_transaction_that_was_undone_is_none(office, django_capture_on_commit_callbacks):
    def start_and_fail():
        with transaction.atomic():
            waiting(office)
            raise ZeroDivisionError

    with (
        django_capture_on_commit_callbacks(execute=True) as callbacks,
        pytest.raises(ZeroDivisionError),
    ):
        start_and_fail()

    assert (Job.objects.count(), callbacks) == (0, [])


def test_what_is_under_way_about_a_thing_is_not_started_twice(office):
    first = start("test-count", by=office.clerk, unit=office.centre, ref="case:1", to=1)
    second = start("test-count", by=office.colleague, unit=office.centre, ref="case:1", to=1)
    other = start("test-count", by=office.clerk, unit=office.centre, ref="case:2", to=1)
    run(first.pk)
    later = start("test-count", by=office.clerk, unit=office.centre, ref="case:1", to=1)

    assert second == first
    assert len({first.pk, other.pk, later.pk}) == 3


def test_jobs_about_nothing_in_particular_are_each_their_own(office):
    assert waiting(office).pk != waiting(office).pk


@pytest.mark.parametrize(
    "parameters", [{"to": 110101199003070011}, {"name": "张三"}, {"to": {"deep": 1}}]
)
def test_parameters_name_nobody(office, parameters):
    with pytest.raises(ValueError, match="the fact"):
        waiting(office, **parameters)

    assert Job.objects.count() == 0


def test_an_unknown_kind_is_refused_at_once(office):
    with pytest.raises(LookupError):
        start("nothing", by=office.clerk, unit=office.centre)


def test_a_kind_is_declared_once():
    with pytest.raises(ValueError, match="test-count"):
        job_kind("test-count", label="x")(lambda work: None)


def test_a_waiting_job_is_stopped_at_once_and_never_begun(office):
    job = waiting(office)

    assert cancel(job.pk).state == JobState.CANCELLED
    assert again(job).finished_at
    assert run(job.pk) is False
    assert again(job).attempts == 0


@pytest.mark.parametrize("state", ["done", "failed", "cancelled", "interrupted"])
def test_what_ended_cannot_be_stopped(office, state):
    job = waiting(office)
    Job.objects.filter(pk=job.pk).update(state=state)
    with pytest.raises(TooLate):
        cancel(job.pk)

    assert facts(job, "state", "cancel_asked") == {"state": state, "cancel_asked": False}


def test_what_is_not_there_cannot_be_stopped(db):
    with pytest.raises(TooLate):
        cancel(987654)


def test_only_its_starter_and_who_views_jobs_see_a_job(office):
    job = waiting(office)
    elsewhere = start("test-count", by=office.other_clerk, unit=office.other_centre, to=1)
    seen = {
        who: set(Job.objects.visible_to(getattr(office, who)))
        for who in ("clerk", "colleague", "head", "registrar", "auditor", "administrator")
    }

    assert seen == {
        "clerk": {job},
        "colleague": set(),
        "head": set(),
        "registrar": set(),
        "auditor": set(),
        "administrator": {job, elsewhere},
    }
