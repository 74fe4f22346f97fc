"""Long work on packages, as the worker finds it, and the sweeping beside it."""

from backoffice.jobs.registry import hourly
from backoffice.packages import incoming_tasks
from backoffice.packages.incoming_receiving import sweep_packages
from backoffice.packages.outgoing_keeping import sweep

__all__ = ["incoming_tasks"]

# Scans of students lie in these files: they go though nobody brings in or composes another.
hourly(sweep_packages)
hourly(sweep)
