"""A server of its own: everything secret or local comes from the environment.

``OFFICE_SECRET_KEY`` and ``OFFICE_DIGEST_KEY`` (or files that ``…_FILE`` names),
``OFFICE_HOSTS`` (comma-separated), ``OFFICE_DATA``; ``OFFICE_DATABASE_*`` for PostgreSQL;
``OFFICE_MAIL_*`` for the server that packages are sent by.
"""

import os
from pathlib import Path

from backoffice.sealing.keys import key_of_environment, secret_of_environment
from backoffice.settings.base import *  # noqa: F403 - settings build on one another
from backoffice.settings.databases import queue, sqlite, storages

DATA = Path(os.environ["OFFICE_DATA"])

SECRET_KEY = key_of_environment("OFFICE_SECRET_KEY")
OFFICE_DIGEST_KEY = key_of_environment("OFFICE_DIGEST_KEY")
ALLOWED_HOSTS = [host.strip() for host in os.environ["OFFICE_HOSTS"].split(",")]
CSRF_TRUSTED_ORIGINS = [f"https://{host}" for host in ALLOWED_HOSTS]

if os.environ.get("OFFICE_DATABASE_NAME"):
    DATABASES = {
        "default": {
            "ENGINE": "django.db.backends.postgresql",
            "NAME": os.environ["OFFICE_DATABASE_NAME"],
            "USER": os.environ.get("OFFICE_DATABASE_USER", ""),
            "PASSWORD": os.environ.get("OFFICE_DATABASE_PASSWORD", ""),
            "HOST": os.environ.get("OFFICE_DATABASE_HOST", ""),
            "PORT": os.environ.get("OFFICE_DATABASE_PORT", ""),
        }
    }
else:
    DATABASES = {"default": sqlite(DATA / "office.sqlite3")}
    OFFICE_WORKERS = DATA / "workers"
TASKS = queue()

STORAGES = storages(DATA / "files") | {
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"}
}
STATIC_ROOT = DATA / "static"

SECURE_SSL_REDIRECT = True
SECURE_HSTS_SECONDS = 31536000
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SESSION_COOKIE_SECURE = True
CSRF_COOKIE_SECURE = True

OFFICE_MAIL_LIMIT_MB = int(os.environ.get("OFFICE_MAIL_LIMIT_MB", "20"))
if os.environ.get("OFFICE_MAIL_HOST"):
    EMAIL_HOST = os.environ["OFFICE_MAIL_HOST"]
    EMAIL_USE_SSL = os.environ.get("OFFICE_MAIL_SECURITY") == "ssl"
    EMAIL_USE_TLS = os.environ.get("OFFICE_MAIL_SECURITY", "tls") == "tls"
    EMAIL_PORT = int(os.environ.get("OFFICE_MAIL_PORT", "465" if EMAIL_USE_SSL else "587"))
    EMAIL_HOST_USER = os.environ.get("OFFICE_MAIL_USER", "")
    EMAIL_HOST_PASSWORD = secret_of_environment("OFFICE_MAIL_PASSWORD")
    DEFAULT_FROM_EMAIL = os.environ["OFFICE_MAIL_FROM"]
