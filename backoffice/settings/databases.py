"""The database of one machine: SQLite that waits for its turn and keeps what it was told."""

from pathlib import Path


def sqlite(path: Path) -> dict:
    """Return the settings of a SQLite database at *path*.

    Without immediate transactions two writers that both began by reading end in
    "database is locked", whatever the timeout.
    """
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": path,
        "OPTIONS": {
            "timeout": 20,
            "transaction_mode": "IMMEDIATE",
            "init_command": (
                "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON;"
            ),
        },
    }


def storages(files: Path) -> dict:
    """Return the storages of one machine, its private files being below *files*."""
    return {
        "default": {
            "BACKEND": "backoffice.storage.durable.DurableFileSystemStorage",
            "OPTIONS": {"location": files / "other"},
        },
        "evidence": {
            "BACKEND": "backoffice.storage.durable.DurableFileSystemStorage",
            "OPTIONS": {"location": files / "evidence"},
        },
        # Tables and packages on their way in: swept when they are done.
        "imports": {
            "BACKEND": "backoffice.storage.durable.DurableFileSystemStorage",
            "OPTIONS": {"location": files / "imports"},
        },
        # Packages that were composed here: what was sent stays.
        "packages": {
            "BACKEND": "backoffice.storage.durable.DurableFileSystemStorage",
            "OPTIONS": {"location": files / "packages"},
        },
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
    }


def queue() -> dict:
    """Return the tasks of an office whose workers find them in its database."""
    return {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
