"""One machine, nothing to set up: SQLite and files below ``var``, reached from here only."""

import os
from pathlib import Path

from backoffice.sealing.keys import key_file
from backoffice.settings.base import *  # noqa: F403 - settings build on one another
from backoffice.settings.base import ROOT
from backoffice.settings.databases import queue, sqlite, storages

DATA = Path(os.environ.get("OFFICE_DATA", ROOT / "var"))
DATABASE = DATA / "office.sqlite3"

# For its owner's eyes, whatever the folder above allows: what SQLite puts beside the database
# is readable to whom that is.
DATA.mkdir(mode=0o700, parents=True, exist_ok=True)
if not DATABASE.exists():
    DATABASE.touch(mode=0o600)

SECRET_KEY = key_file(DATA / "keys" / "session.key")
OFFICE_DIGEST_KEY = key_file(DATA / "keys" / "digest.key")

DATABASES = {"default": sqlite(DATABASE)}
STORAGES = storages(DATA / "files")
TASKS = queue()
OFFICE_WORKERS = DATA / "workers"
ALLOWED_HOSTS = ["127.0.0.1", "localhost", "[::1]"]
WHITENOISE_USE_FINDERS = True
OFFICE_ALLOWS_DEMO = True
