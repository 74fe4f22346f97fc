"""Jobs: long work that a worker does beside the pages, and how far it came."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from backoffice.jobs.queries import JobQuerySet
from backoffice.jobs.registry import find_kind
from backoffice.jobs.states import OPEN, JobState


class Job(models.Model):
    """One piece of long work, for a unit, started by an account.

    Parameters and outcome hold keys, short words and numbers, nothing of a person.  *attempts*
    is the fence: a worker writes only while its own attempt is the last.
    """

    kind = models.SlugField(_("kind"), max_length=40)
    ref = models.CharField(_("about"), max_length=81, blank=True)
    unit = models.ForeignKey("units.Unit", models.PROTECT, related_name="+", verbose_name=_("unit"))
    account = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("started by")
    )
    parameters = models.JSONField(default=dict)
    state = models.CharField(
        _("state"), max_length=12, choices=JobState.choices, default=JobState.WAITING
    )
    stage = models.SlugField(max_length=40, blank=True)
    stage_since = models.DateTimeField(null=True)
    done = models.PositiveBigIntegerField(default=0)
    # 0: not known.
    total = models.PositiveBigIntegerField(default=0)
    outcome = models.JSONField(default=dict)
    failure = models.SlugField(max_length=40, blank=True)
    cancel_asked = models.BooleanField(default=False)
    attempts = models.PositiveSmallIntegerField(default=0)
    worker = models.CharField(max_length=64, blank=True)
    task_id = models.CharField(max_length=64, blank=True)
    created_at = models.DateTimeField(_("started"), default=timezone.now)
    started_at = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(_("ended"), null=True)
    heartbeat_at = models.DateTimeField(null=True)

    objects = JobQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]
        verbose_name = _("job")
        verbose_name_plural = _("jobs")
        # Jobs are started and stopped by who may do the work, by no right of their own.
        default_permissions = ("view",)
        indexes = [
            models.Index(fields=["account", "-id"], name="job_of_account"),
            models.Index(
                fields=["state"],
                condition=Q(state__in=[JobState.RUNNING, JobState.WAITING]),
                name="job_under_way",
            ),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "ref"],
                condition=Q(state__in=[JobState.RUNNING, JobState.WAITING]) & ~Q(ref=""),
                name="one_job_under_way_about_a_thing",
            ),
        ]

    def __str__(self):
        return str(self.label)

    @property
    def label(self):
        """Return what it does, in words; a kind of another release by its code."""
        kind = find_kind(self.kind)
        return kind.label if kind else self.kind

    @property
    def is_open(self):
        """Tell whether it waits or runs."""
        return self.state in OPEN

    @property
    def office_unit_path(self):
        """Return the path that rights are judged by."""
        return self.unit.path
