"""Roles: what a membership makes of a person; their permissions are data in fixtures."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Role(models.TextChoices):
    """The roles that code itself must tell apart; each has a group of the same name."""

    CLERK = "clerk", _("Clerk")
    HEAD = "head", _("Sign-off officer")
    PRESIDENT = "president", _("President")
    CONSENTING = "consenting", _("Consenting unit")
    REVIEWER = "reviewer", _("Reviewer")
    REGISTRAR = "registrar", _("Registrar")
    AUDITOR = "auditor", _("Auditor")
    ADMINISTRATOR = "administrator", _("Administrator")
