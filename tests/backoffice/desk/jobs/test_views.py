"""Pages of long work, by who looks at them."""

from datetime import timedelta

import pytest
from builders import jobs as _kinds  # noqa: F401 - the kinds of jobs of tests
from builders.office import again
from django.urls import NoReverseMatch, reverse
from django.utils import timezone, translation

from backoffice.desk.jobs.durations import in_words, left
from backoffice.jobs.attempts import take
from backoffice.jobs.models import Job
from backoffice.jobs.services import start
from backoffice.jobs.states import JobState

pytestmark = pytest.mark.django_db

NOTE = 'href="/office/jobs/">'


@pytest.fixture(autouse=True)
def _in_english(settings):
    settings.LANGUAGE_CODE = "en"
    with translation.override("en"):
        yield


@pytest.fixture
def job(office):
    return start("test-count", by=office.clerk, unit=office.centre, ref="case:7", to=12)


def set_to(job, **fields):
    Job.objects.filter(pk=job.pk).update(**fields)


def running(job, **fields):
    take(job.pk, worker="w1")
    set_to(job, **fields)


def page(client, name, job=None, status=200, **query):
    answer = client.get(reverse(f"jobs:{name}", args=[job.pk] if job else []), query)
    assert answer.status_code == status
    return answer.content.decode()


@pytest.fixture
def clerk(client, office):
    client.force_login(again(office.clerk))
    return client


def seconds_ago(seconds):
    return timezone.now() - timedelta(seconds=seconds)


def test_a_running_job_shows_how_far_it_is_and_what_is_left(clerk, job):
    running(
        job,
        stage="counting",
        done=3,
        total=12,
        started_at=seconds_ago(30),
        stage_since=seconds_ago(20),
    )
    shown = page(clerk, "job", job)

    assert '<progress aria-label="Progress" data-job="bar" max="12" value="3">' in shown
    assert "3 of 12" in shown
    assert "数着" in shown
    assert "30 seconds so far, about 1 minute left." in shown
    assert 'src="/static/desk/jobs.js"' in shown
    assert f'<noscript><meta http-equiv="refresh" content="3;url=/office/jobs/{job.pk}/">' in shown
    assert f'href="/office/jobs/{job.pk}/stop/"' in shown


def test_the_script_is_told_the_same(clerk, job):
    running(job, stage="counting", done=3, total=12)
    answer = clerk.get(reverse("jobs:progress", args=[job.pk])).json()
    times = answer.pop("times")

    assert times.endswith("so far.")
    assert answer == {
        "open": True,
        "state": "Running",
        "stage": "数着",
        "done": 3,
        "total": 12,
        "figures": "3 of 12",
        "warning": "",
    }


def test_a_total_not_known_leaves_the_bar_open(clerk, job):
    running(job, done=3)

    assert '<progress aria-label="Progress" data-job="bar"></progress>' in page(clerk, "job", job)


def test_an_ended_job_leads_to_its_result_and_moves_no_more(clerk, job):
    running(job)
    set_to(job, state=JobState.DONE, outcome={"written": 12}, finished_at=timezone.now())
    shown = page(clerk, "job", job)

    assert 'href="/office/result/12/"' in shown
    assert "jobs.js" not in shown
    assert "refresh" not in shown
    assert "<progress" not in shown
    assert "/stop/" not in shown
    assert 'href="/office/result/12/"' in page(clerk, "list")


@pytest.mark.parametrize(
    ("kind", "state", "code", "words"),
    [
        ("test-once", "failed", "too-many", "太多了"),
        ("test-count", "failed", "too-many", "Something unexpected went wrong."),
        ("test-count", "failed", "fault", "Something unexpected went wrong."),
        ("test-once", "interrupted", "not-repeatable", "not begun anew by itself"),
        ("test-count", "interrupted", "killed-too-often", "cut short several times"),
        ("gone", "failed", "unknown-kind", "does not know how to do this work"),
    ],
)
def test_why_it_failed_is_said(clerk, job, kind, state, code, words):
    set_to(job, kind=kind, state=state, failure=code)

    assert words in page(clerk, "job", job)


def test_a_worker_that_seems_to_be_down_is_said(clerk, job, settings):
    running(job)
    assert "seems to be down" not in page(clerk, "job", job)
    set_to(job, heartbeat_at=seconds_ago(settings.OFFICE_JOB_LEASE + 1))

    assert "seems to be down" in page(clerk, "job", job)
    progress = clerk.get(reverse("jobs:progress", args=[job.pk])).json()
    assert progress["warning"].startswith("The worker seems to be down.")


def test_a_waiting_job_is_stopped_once_it_is_confirmed(clerk, job):
    asked = page(clerk, "stop", job)
    assert Job.objects.get().state == JobState.WAITING
    assert "Stop it" in asked
    answer = clerk.post(reverse("jobs:stop", args=[job.pk]))

    assert (answer.status_code, answer["Location"]) == (302, reverse("jobs:job", args=[job.pk]))
    assert Job.objects.get().state == JobState.CANCELLED
    assert "It can be started again." in page(clerk, "job", job)


def test_a_running_job_says_that_it_is_being_stopped(clerk, job):
    running(job)
    clerk.post(reverse("jobs:stop", args=[job.pk]))
    shown = page(clerk, "job", job)

    assert "Being stopped" in shown
    assert "/stop/" not in shown


def test_it_is_told_when_it_was_too_late(clerk, job):
    set_to(job, state=JobState.DONE)
    answer = clerk.post(reverse("jobs:stop", args=[job.pk]))

    assert answer.status_code == 409
    assert "It was too late to stop it" in answer.content.decode()
    assert Job.objects.get().state == JobState.DONE


@pytest.mark.parametrize("who", ["colleague", "head", "registrar", "auditor", "other_clerk"])
@pytest.mark.parametrize("name", ["job", "progress", "stop"])
def test_jobs_of_others_are_not_there(client, office, job, who, name):
    client.force_login(again(getattr(office, who)))

    page(client, name, job, status=404)
    assert client.post(reverse(f"jobs:{name}", args=[job.pk])).status_code in (404, 405)
    assert "数数" not in page(client, "list")
    assert "数数" not in page(client, "list", show="all")
    assert Job.objects.get().state == JobState.WAITING


def test_an_administrator_sees_that_there_is_one_and_no_more(client, office, job):
    client.force_login(again(office.administrator))
    running(job, stage="counting", done=3, total=12)
    shown = page(client, "job", job)

    assert "数数" in shown
    assert "Running" in shown
    for hidden in ("数着", "3 of 12", "<progress", "/stop/", "case:7"):
        assert hidden not in shown
    assert client.post(reverse("jobs:stop", args=[job.pk])).status_code == 403
    set_to(job, state=JobState.DONE, outcome={"written": 12})
    assert "/office/result/" not in page(client, "job", job)
    assert "/office/result/" not in page(client, "list", show="all")
    assert "数数" not in page(client, "list")


def test_a_list_of_many_jobs_is_paged_and_costs_no_more(
    clerk, office, django_assert_max_num_queries
):
    Job.objects.bulk_create(
        Job(kind="test-count", unit=office.centre, account=office.clerk, state=JobState.DONE)
        for _ in range(60)
    )
    with django_assert_max_num_queries(12):
        first = page(clerk, "list")
    second = page(clerk, "list", p=2)

    assert (first.count("job-done"), second.count("job-done")) == (50, 10)
    assert 'href="?show=mine&amp;p=2"' in first


def test_an_empty_list_says_what_comes_there(clerk):
    assert "No long work was started yet." in page(clerk, "list")


def test_the_note_of_jobs_costs_nothing_until_one_was_started(
    clerk, job, django_assert_num_queries
):
    home = reverse("jobs:list")
    before = clerk.get(home).content.decode()
    assert f"{NOTE}Long work</a>" in before
    page(clerk, "job", job)
    assert f"{NOTE}1 job running</a>" in clerk.get(home).content.decode()
    set_to(job, state=JobState.DONE)
    assert f"{NOTE}Long work</a>" in clerk.get(home).content.decode()

    assert "jobs" not in clerk.session


@pytest.mark.parametrize("name", ["list", "job", "progress", "stop"])
def test_pages_need_a_sign_in(client, job, name):
    answer = client.get(reverse(f"jobs:{name}", args=[] if name == "list" else [job.pk]))

    assert answer.status_code == 302
    assert answer["Location"].startswith("/office/login/")


def test_the_rows_of_the_queue_have_no_pages():
    with pytest.raises(NoReverseMatch):
        reverse("admin:django_tasks_database_dbtaskresult_changelist")


@pytest.mark.parametrize(
    ("seconds", "words"),
    [
        (0, "0 seconds"),
        (1, "1 second"),
        (59, "59 seconds"),
        (60, "1 minute"),
        (3599, "59 minutes"),
        (3600, "1 h 0 min"),
        (7260, "2 h 1 min"),
        (-1, "0 seconds"),
    ],
)
def test_lengths_of_time(seconds, words):
    assert in_words(seconds) == words


@pytest.mark.parametrize(
    ("done", "total", "since", "expected"),
    [
        (50, 100, 10, 10),
        (100, 100, 10, 0),
        (2, 100, 10, 490),
        (1, 100, 10, None),
        (50, 100, 2, None),
        (50, 0, 10, None),
    ],
)
def test_what_is_left_is_said_once_it_can_be_known(monkeypatch, done, total, since, expected):
    now = timezone.now()
    monkeypatch.setattr("backoffice.desk.jobs.durations.timezone.now", lambda: now)
    started = now - timedelta(seconds=since)

    assert left(Job(done=done, total=total, stage_since=started)) == expected
    assert left(Job(done=done, total=total)) is None
