"""A worker on a test's database, in a process of its own that can be killed.

``python -m builders.worker DATABASE WORKERS`` works until nothing waits.
"""

from __future__ import annotations

import sys
from pathlib import Path

import django
from django.conf import settings


def main(database: str, workers: str) -> None:
    """Set up the office on a test's database, and work."""
    settings.DATABASES["default"]["NAME"] = database
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
    settings.OFFICE_WORKERS = Path(workers)
    django.setup()
    # Models can be had now, and the kinds of jobs of tests with them.
    from backoffice.jobs.worker import work
    from builders import jobs  # noqa: F401 - declares them

    work(batch=True)


if __name__ == "__main__":
    main(*sys.argv[1:])
