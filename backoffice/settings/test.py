"""Tests: throw-away database and files, cheap passwords, keys that are no secret.

``OFFICE_TEST_DATABASE=postgresql://user@host:port/name`` runs them on that server instead, in
a database of its own beside *name*.
"""

import atexit
import os
import shutil
import tempfile
from pathlib import Path
from urllib.parse import parse_qsl, unquote, urlsplit

from backoffice.settings.base import *  # noqa: F403 - settings build on one another
from backoffice.settings.databases import sqlite, storages

# One a run, so that two never share a database; the fixtures give each test files of its own.
_PLACE = Path(tempfile.mkdtemp(prefix="correctionkit-tests-"))
atexit.register(shutil.rmtree, _PLACE, ignore_errors=True)


def _postgresql(address: str) -> dict:
    parts = urlsplit(address)
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": parts.path.lstrip("/"),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": parts.hostname or "",
        "PORT": parts.port or "",
        # Such as ?host=/run/postgresql, for a socket.
        "OPTIONS": dict(parse_qsl(parts.query)),
    }


SECRET_KEY = "only for tests"  # noqa: S105 - no secret
OFFICE_DIGEST_KEY = "only for tests"

if address := os.environ.get("OFFICE_TEST_DATABASE"):
    DATABASES = {"default": _postgresql(address)}
else:
    # A file, not memory: tests of two people at once need real connections.
    DATABASES = {
        "default": sqlite(_PLACE / "office.sqlite3") | {"TEST": {"NAME": _PLACE / "t.sqlite3"}}
    }
STORAGES = storages(_PLACE / "files")
TASKS = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}}
OFFICE_WORKERS = _PLACE / "workers"
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
WHITENOISE_USE_FINDERS = True
OFFICE_ALLOWS_DEMO = True
