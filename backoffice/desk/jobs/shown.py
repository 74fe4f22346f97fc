"""A job as its page shows it."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from backoffice.desk.jobs.durations import elapsed, in_words, left
from backoffice.jobs.reaping import seems_down
from backoffice.jobs.registry import find_kind, words_of_failure
from backoffice.jobs.states import JobState

# What came of these can be looked at, faults of the file among it.
_HAS_RESULT = frozenset({JobState.DONE, JobState.FAILED})


@dataclass(frozen=True, slots=True)
class ShownJob:
    """One job in words.  *is_mine* is false for who only sees that there is one."""

    pk: int
    label: str
    state: str
    state_label: str
    is_open: bool
    is_mine: bool
    may_stop: bool
    stage: str
    done: int
    total: int
    figures: str
    times: str
    failure: str
    warning: str
    result: str

    @property
    def moving(self):
        """Return what changes while it runs, for the script of the page."""
        return {
            "open": self.is_open,
            "state": self.state_label,
            "stage": self.stage,
            "done": self.done,
            "total": self.total,
            "figures": self.figures,
            "times": self.times,
            "warning": self.warning,
        }


def shown_job(job, account):
    """Return *job* as *account* may see it."""
    kind = find_kind(job.kind)
    is_mine = job.account_id == account.pk
    is_running = job.state == JobState.RUNNING
    return ShownJob(
        pk=job.pk,
        label=str(job.label),
        state=job.state,
        state_label=_state_label(job),
        is_open=job.is_open,
        is_mine=is_mine,
        may_stop=is_mine and job.is_open and not job.cancel_asked,
        stage=str(kind.words_of_stage(job.stage)) if kind and is_mine and is_running else "",
        done=job.done if is_mine else 0,
        total=job.total if is_mine else 0,
        figures=_figures(job) if is_mine and is_running else "",
        times=_times(job),
        failure=_failure(job, kind),
        warning=_warning(job),
        result=_result(job, kind) if is_mine else "",
    )


def _state_label(job):
    if job.state == JobState.RUNNING and job.cancel_asked:
        return _("Being stopped")
    return job.get_state_display()


def _figures(job):
    if job.total:
        return _("%(done)d of %(total)d") % {"done": job.done, "total": job.total}
    return str(job.done) if job.done else ""


def _times(job):
    spent = elapsed(job)
    if spent is None:
        return ""
    params = {"spent": in_words(spent)}
    rest = left(job) if job.state == JobState.RUNNING else None
    if rest is None:
        return _("Took %(spent)s.") % params if not job.is_open else _("%(spent)s so far.") % params
    return _("%(spent)s so far, about %(left)s left.") % {**params, "left": in_words(rest)}


def _failure(job, kind):
    if not job.failure:
        return ""
    return str(kind.words_of_failure(job.failure) if kind else words_of_failure(job.failure))


def _warning(job):
    if not job.is_open or not seems_down(job):
        return ""
    return _(
        "The worker seems to be down. The job goes on, or begins anew, as soon as it is back; "
        "nothing is lost. If this stays, tell the operator."
    )


def _result(job, kind):
    if not kind or not kind.page or job.state not in _HAS_RESULT:
        return ""
    return kind.page(job) or ""
