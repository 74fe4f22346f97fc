"""Lists of an outside register, and what each of them shows of requests."""

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from backoffice.sealing.fields import SealedText
from backoffice.units.models import Person, Unit
from backoffice.units.queries import ScopedQuerySet


class RegisterListQuerySet(ScopedQuerySet):
    """Lists of the register, seen by those who see the requests of the unit that keeps them."""

    def visible_to(self, account, permission="corrections.view_correctionrequest"):
        """Return the lists that *account* may see."""
        return super().visible_to(account, permission)


class RegisterList(models.Model):
    """One file of the outside register, as it was compared: by whom, when, and its hash.

    The file itself is not kept.  *fields* are those it has columns of, by *policy*; *faults* is
    JSON: rows and columns that could not be used, without what stood there.
    """

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name=_("unit"))
    received_as = SealedText(_("file name"))
    sha256 = models.CharField(max_length=64)
    policy = models.CharField(_("policy"), max_length=80)
    rows = models.PositiveIntegerField(_("rows"))
    fields = models.JSONField(default=list)
    faults = SealedText(default="[]")
    uploaded_by = models.ForeignKey(
        Person, models.PROTECT, related_name="+", verbose_name=_("uploaded by")
    )
    uploaded_at = models.DateTimeField(_("uploaded"), default=timezone.now)

    objects = RegisterListQuerySet.as_manager()

    class Meta:
        ordering = ["-uploaded_at", "-pk"]
        verbose_name = _("list of the outside register")
        verbose_name_plural = _("lists of the outside register")
        # Rights are those of the requests that a list is compared with.
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["unit", "sha256"], name="one_list_a_unit_and_file"),
        ]

    def __str__(self):
        return f"{self.uploaded_at:%Y-%m-%d} · {self.pk}"

    @property
    def office_unit_path(self):
        """Return the path that rights are judged by."""
        return self.unit.path


class RegisterLine(models.Model):
    """What one list shows of one request."""

    class Outcome(models.TextChoices):
        """What the register says, beside what was asked for."""

        SHOWN = "shown", _("Shows the new value")
        UNCHANGED = "unchanged", _("Still shows the old value")
        DIFFERS = "differs", _("Shows another value")
        ABSENT = "absent", _("Not in the list")

    register_list = models.ForeignKey(RegisterList, models.CASCADE, related_name="lines")
    request = models.ForeignKey(
        "corrections.CorrectionRequest",
        models.PROTECT,
        related_name="register_lines",
        verbose_name=_("request"),
    )
    outcome = models.CharField(_("outcome"), max_length=20, choices=Outcome)
    shown = SealedText(_("value in the register"), blank=True)
    row = models.PositiveIntegerField(_("row"), null=True)

    class Meta:
        ordering = ["register_list", "pk"]
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(
                fields=["register_list", "request"], name="one_line_a_list_and_request"
            ),
        ]

    def __str__(self):
        return f"{self.register_list_id} · {self.request_id} · {self.outcome}"
