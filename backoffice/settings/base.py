"""What every way of running the office shares."""

from pathlib import Path

from csp.constants import NONE, SELF
from django.utils.translation import gettext_lazy as _

ROOT = Path(__file__).resolve().parents[2]

INSTALLED_APPS = [
    # Before the admin, whose templates it replaces in places.
    "backoffice.desk",
    "backoffice.desk.site.DeskAdminConfig",
    "backoffice.demo",
    "backoffice.packages",
    "backoffice.workflow",
    "backoffice.sheets",
    "backoffice.evidence",
    "backoffice.corrections",
    "backoffice.roll",
    "backoffice.tables",
    "backoffice.jobs",
    "backoffice.policies",
    "backoffice.units",
    "backoffice.audit",
    "csp",
    "django_tasks_db",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "backoffice.desk.typed_text.KeepableTextMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "backoffice.desk.people.passwords.OneTimePasswordMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "backoffice.desk.privacy.PrivatePagesMiddleware",
]

ROOT_URLCONF = "backoffice.urls"
WSGI_APPLICATION = "backoffice.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
        },
    },
]

AUTH_USER_MODEL = "units.Account"
AUTHENTICATION_BACKENDS = ["backoffice.units.backend.MembershipBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in (
        "UserAttributeSimilarityValidator",
        "MinimumLengthValidator",
        "CommonPasswordValidator",
        "NumericPasswordValidator",
    )
]
LOGIN_URL = "admin:login"
LOGIN_REDIRECT_URL = "admin:index"

LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", _("Simplified Chinese")), ("en", _("English"))]
FIXTURE_DIRS = [ROOT / "fixtures"]
LOCALE_PATHS = [ROOT / "backoffice" / "locale"]
FORMAT_MODULE_PATH = ["backoffice.formats"]
TIME_ZONE = "Asia/Shanghai"
USE_TZ = True
# A session cookie says the language too; it is no secret and no person.
LANGUAGE_COOKIE_SAMESITE = "Lax"

STATIC_URL = "static/"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# Messages name students: in the session, not in a cookie.
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"

# Every write names its own transaction, so that no page holds one while it renders.
ATOMIC_REQUESTS = False

SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_AGE = 12 * 3600
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
CSRF_COOKIE_SAMESITE = "Lax"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "img-src": [SELF, "data:"],
        "object-src": [NONE],
        "base-uri": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
    },
}

# A student's scans arrive together; each is bounded by the policy again.
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024**2
FILE_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024**2
DATA_UPLOAD_MAX_NUMBER_FILES = 60
FILE_UPLOAD_HANDLERS = [
    "backoffice.desk.evidence.bounded_uploads.BoundedUploadHandler",
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "django.core.files.uploadhandler.TemporaryFileUploadHandler",
]

# Whether the last approval writes the value to the record at once.
OFFICE_APPLY_AT_ONCE = False
# What is printed across every paper, nothing for an empty text; None: 样本 once the demo is there.
OFFICE_WATERMARK = None
# Tables come in and go out through the office's own pipeline: were a page of the library's ever
# registered, it would read and write no format, and ask for rights of its own.
IMPORT_EXPORT_FORMATS = []
IMPORT_EXPORT_IMPORT_PERMISSION_CODE = "import"
IMPORT_EXPORT_EXPORT_PERMISSION_CODE = "export"
# Seconds after which a worker that was not heard of has lost its job.
OFFICE_JOB_LEASE = 60
# Where workers of one machine show that they live; None: by what they write alone.
OFFICE_WORKERS = None
# What a package may weigh as a mail, encoded, until somebody says otherwise for one of them.
OFFICE_MAIL_LIMIT_MB = 20
# No server: packages are downloaded and handed over otherwise.
EMAIL_HOST = ""
EMAIL_TIMEOUT = 60
# Whether demo people and demo sign-ins may be loaded here.
OFFICE_ALLOWS_DEMO = False

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name} {message}", "style": "{"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": "INFO"},
    # What was not found or not allowed is in the audit trail where it matters.
    "loggers": {
        "django.request": {"level": "ERROR"},
        # Ten lines a print say nothing that an operator needs.
        "weasyprint.progress": {"level": "WARNING"},
        "pikepdf": {"level": "WARNING"},
        "django_tasks": {"level": "ERROR"},
        "django_tasks_db": {"level": "ERROR"},
    },
}
