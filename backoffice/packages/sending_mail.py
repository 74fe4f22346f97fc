"""One mail of a part: its words, and what comes of handing it to the mail server."""

import smtplib
from email.utils import make_msgid

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.utils import translation
from django.utils.translation import gettext as _

_SMTP = "django.core.mail.backends.smtp.EmailBackend"
_LANGUAGE = "zh-hans"


class NotAccepted(Exception):
    """The mail server did not take the mail; *failure* says why, as a code."""

    def __init__(self, failure):
        super().__init__(failure)
        self.failure = failure


class Unanswered(Exception):
    """The connection broke while the mail was handed over: nobody knows whether it was taken."""


def can_mail():
    """Tell whether a mail server is set up."""
    return settings.EMAIL_BACKEND != _SMTP or bool(settings.EMAIL_HOST)


def new_message_id():
    """Return an identity for a mail, of the domain that it comes from."""
    domain = settings.DEFAULT_FROM_EMAIL.rpartition("@")[2].strip("> ") or "localhost"
    return make_msgid(domain=domain)


def send_part(part, content, *, count):
    """Send a part, one of *count*, to its recipient; raises NotAccepted or Unanswered."""
    connection = get_connection()
    mail = EmailMessage(
        subject=part.subject,
        body=_body(part, count),
        to=[part.recipient],
        headers={"Message-ID": part.message_id},
        connection=connection,
    )
    mail.attach(part.file_name, content, "application/zip")
    try:
        connection.open()
    except smtplib.SMTPAuthenticationError as fault:
        raise NotAccepted("credentials") from fault
    except (smtplib.SMTPException, OSError) as fault:
        raise NotAccepted("connection") from fault
    try:
        mail.send()
    except (smtplib.SMTPResponseException, smtplib.SMTPRecipientsRefused) as fault:
        raise NotAccepted("refused") from fault
    except (smtplib.SMTPException, OSError) as fault:
        raise Unanswered from fault
    finally:
        _close(connection)


def _close(connection):
    try:
        connection.close()
    except (smtplib.SMTPException, OSError):
        # What was to be said is said; that the server hung up first changes nothing.
        return


def _body(part, count):
    package = part.package
    with translation.override(_LANGUAGE):
        lines = [
            _("%(unit)s sends batch %(batch)d of %(year)d: corrections of student records.")
            % {"unit": package.unit.name, "batch": package.batch, "year": package.year},
            _("This mail is part %(number)d of %(count)d, with %(students)d students.")
            % {"number": part.number, "count": count, "students": part.students},
            _("Attached: %(name)s") % {"name": part.file_name},
            f"SHA-256: {part.sha256}",
            _("A manifest in the package lists the hash of every file."),
        ]
    return "\n".join(lines) + "\n"
