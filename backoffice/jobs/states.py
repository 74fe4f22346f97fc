"""What can become of a job."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class JobState(models.TextChoices):
    """Where a job stands."""

    WAITING = "waiting", _("Waiting for its turn")
    RUNNING = "running", _("Running")
    DONE = "done", _("Done")
    FAILED = "failed", _("Failed")
    CANCELLED = "cancelled", _("Stopped by request")
    INTERRUPTED = "interrupted", _("Cut short")


OPEN = frozenset({JobState.WAITING, JobState.RUNNING})
ENDED = frozenset(JobState) - OPEN

# As often as a job that may be repeated is begun: one that kills its worker ends here.
MOST_ATTEMPTS = 3
