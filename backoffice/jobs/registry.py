"""The kinds of long work: each app declares its own in its ``tasks`` module."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any

from backoffice.jobs.words import FAILURES, STAGES

_kinds = {}
_hourly = []


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of job: what it does, and how that is told."""

    slug: str
    label: str
    run: Callable[..., Mapping[str, Any] | None]
    page: Callable[..., str] | None = None
    repeatable: bool = True
    stages: Mapping[str, str] = field(default_factory=dict)
    failures: Mapping[str, str] = field(default_factory=dict)

    def words_of_stage(self, stage):
        """Return a stage in words, or nothing."""
        return self.stages.get(stage) or STAGES.get(stage, "")

    def words_of_failure(self, code):
        """Return in words why it failed."""
        return self.failures.get(code) or words_of_failure(code)


def job_kind(slug, *, label, page=None, repeatable=True, stages=None, failures=None):
    """Declare the function below as a kind of job; raises ValueError where there is one so called.

    It is called as ``function(work, **parameters)`` and returns facts of its outcome.  *page* is
    told the job and returns the address of its result.  Where *repeatable*, a job whose worker
    was killed is begun anew: it must find what it did already and do none of it twice.
    """

    def declare(function):
        if slug in _kinds:
            raise ValueError(f"there is a kind of job called {slug} already")
        _kinds[slug] = Kind(
            slug=slug,
            label=label,
            run=function,
            page=page,
            repeatable=repeatable,
            stages=MappingProxyType(dict(stages or {})),
            failures=MappingProxyType(dict(failures or {})),
        )
        return function

    return declare


def hourly(function):
    """Have *function* called without arguments once an hour, and whenever a worker begins."""
    _hourly.append(function)
    return function


def hourly_work():
    """Return what is to be called once an hour."""
    return tuple(_hourly)


def kind_of(slug):
    """Return the kind called *slug*; raises LookupError."""
    if slug not in _kinds:
        raise LookupError(f"there is no kind of job called {slug}")
    return _kinds[slug]


def find_kind(slug):
    """Return the kind called *slug*, or None: it may be of another release."""
    return _kinds.get(slug)


def words_of_failure(code):
    """Return in words why a job of any kind failed."""
    return FAILURES.get(code) or FAILURES["fault"]
