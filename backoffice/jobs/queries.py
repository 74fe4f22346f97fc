"""Look-ups of jobs; whose they are, and which of them nobody is working on."""

from datetime import timedelta

from django.conf import settings
from django.db.models import Q
from django.utils import timezone

from backoffice.jobs.states import OPEN, JobState
from backoffice.units.queries import ScopedQuerySet


class JobQuerySet(ScopedQuerySet):
    """Jobs.  Each is its starter's; who may view jobs sees that there is one, and its state."""

    def of(self, account):
        """Return the jobs that *account* started."""
        return self.filter(account=account)

    def visible_to(self, account, permission=None):
        """Return the jobs of *account*, and those of units whose jobs it may view."""
        paths = account.standing_for(permission or "jobs.view_job")
        if "" in paths:
            return self
        return self.filter(Q(account=account) | self.below_paths(paths))

    def under_way(self):
        """Return the jobs that wait or run."""
        return self.filter(state__in=sorted(OPEN))

    def waiting(self):
        """Return the jobs that wait for their turn."""
        return self.filter(state=JobState.WAITING)

    def running(self):
        """Return the jobs that a worker took."""
        return self.filter(state=JobState.RUNNING)

    def silent(self):
        """Return the running jobs whose worker has not been heard of for longer than the lease."""
        return self.running().filter(heartbeat_at__lt=lease_began())

    def heard_of(self):
        """Return the running jobs whose worker was heard of within the lease."""
        return self.running().filter(heartbeat_at__gte=lease_began())


def lease_began():
    """Return the moment after which a worker must have been heard of."""
    return timezone.now() - timedelta(seconds=settings.OFFICE_JOB_LEASE)
