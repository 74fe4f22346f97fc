"""Tests: throw-away database and files, cheap passwords, keys that are no secret."""

import atexit
import shutil
import tempfile
from pathlib import Path

from backoffice.settings.base import *  # noqa: F403 - settings build on one another
from backoffice.settings.databases import sqlite, storages

# Of this run alone; the fixtures of the tests give each test a place for its files.
_PLACE = Path(tempfile.mkdtemp(prefix="correctionkit-"))
atexit.register(shutil.rmtree, _PLACE, ignore_errors=True)

SECRET_KEY = "only for tests"  # noqa: S105 - no secret
OFFICE_DIGEST_KEY = "only for tests"

# A file, not memory: tests of two people at once need real connections.
DATABASES = {
    "default": sqlite(_PLACE / "office.sqlite3") | {"TEST": {"NAME": _PLACE / "t.sqlite3"}}
}
STORAGES = storages(_PLACE / "files")
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
WHITENOISE_USE_FINDERS = True
OFFICE_ALLOWS_DEMO = True
