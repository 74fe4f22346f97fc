"""Kinds of jobs that only tests know, and jobs as tests start and look at them."""

from __future__ import annotations

import os
import time
from pathlib import Path
from typing import Any

from django.db import transaction

from backoffice.jobs.attempts import take
from backoffice.jobs.models import Job
from backoffice.jobs.registry import job_kind
from backoffice.jobs.services import start
from backoffice.jobs.work import JobFailed, Work
from builders.office import Office

MARKS = "OFFICE_TEST_MARKS"
# What a fault says of itself may be such.
MADE_UP = "张三 110101199003070011"


def _address(job: Any) -> str:
    return f"/office/result/{job.outcome.get('written', 0)}/"


@job_kind("test-count", label="数数", page=_address, stages={"counting": "数着", "resting": "歇着"})
def count(work: Work, *, to: int, fail: str = "") -> dict[str, Any]:
    """Count; fail at the end where told so."""
    for done in range(to + 1):
        work.progress(done, to, stage="counting")
    if fail == "known":
        raise JobFailed("too-many", counted=to)
    if fail == "fault":
        raise ValueError(MADE_UP)
    return {"written": to}


@job_kind("test-once", label="只做一次", repeatable=False, failures={"too-many": "太多了"})
def once(work: Work, *, to: int = 1) -> None:
    """Do a thing that is not to be done again by itself."""
    work.progress(0, to)
    raise JobFailed("too-many", counted=to)


@job_kind("test-person", label="写一个人")
def write_person(work: Work, *, hangs: str) -> dict[str, Any]:
    """Write a person in one transaction; the first attempt hangs inside or outside of it."""
    # Models can be had once Django is set up.
    from backoffice.units.models import Person

    work.progress(1, 2, stage="writing")
    if hangs == "outside":
        _hang(work)
    with transaction.atomic():
        work.hold()
        made, new = Person.objects.get_or_create(name="长工甲")
        if hangs == "inside":
            _hang(work)
    work.progress(2, 2, stage="writing")
    return {"person": made.pk, "new": new}


def _hang(work: Work) -> None:
    marks = Path(os.environ[MARKS])
    (marks / f"attempt-{work.job.attempts}").touch()
    if work.job.attempts == 1:
        while not (marks / "go-on").exists():
            time.sleep(0.02)
            work.progress(1, 2, stage="writing")


def waiting(office: Office, kind: str = "test-count", **parameters: Any) -> Job:
    """Start a job."""
    return start(kind, by=office.clerk, unit=office.centre, **parameters or {"to": 3})


def again(job: Job) -> Job:
    """Return the job as it is now."""
    return Job.objects.get(pk=job.pk)


def facts(job: Job, *names: str) -> dict[str, Any]:
    """Return some of what the job says now."""
    job = again(job)
    return {name: getattr(job, name) for name in names}


def taken(office: Office, **parameters: Any) -> Job:
    """Start a job and take it as a worker."""
    return take(waiting(office, **parameters).pk, worker="w1")
