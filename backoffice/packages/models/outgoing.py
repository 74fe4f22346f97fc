"""Packages that go out: what was composed, in which parts, and what became of each."""

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from backoffice.corrections.models import CorrectionRequest
from backoffice.packages.outgoing_queries import (
    OutgoingPackageQuerySet,
    OutgoingPartQuerySet,
    PackageAddressQuerySet,
)
from backoffice.policies.shelf import policy_of
from backoffice.sealing.fields import SealedText
from backoffice.units.models import Unit


class PackageState(models.TextChoices):
    """Where a package stands."""

    COMPOSING = "composing", _("Being composed")
    FAULTY = "faulty", _("Could not be composed")
    BLOCKED = "blocked", _("Errors found by the check")
    READY = "ready", _("Ready to send")
    PARTLY_SENT = "partly-sent", _("Sent in part")
    SENT = "sent", _("Sent")


class PartState(models.TextChoices):
    """Where a part stands."""

    READY = "ready", _("Not sent")
    SENDING = "sending", _("Being sent")
    SENT = "sent", _("Sent")
    FAILED = "failed", _("Not accepted")
    UNCERTAIN = "uncertain", _("Perhaps sent")


class PackageAddress(models.Model):
    """Where the packages of the units below are sent to."""

    unit = models.OneToOneField(
        Unit, models.PROTECT, related_name="package_address", verbose_name=_("unit")
    )
    email = models.EmailField(_("mail address for packages"))

    objects = PackageAddressQuerySet.as_manager()

    class Meta:
        ordering = ["unit__path"]
        verbose_name = _("address for packages")
        verbose_name_plural = _("addresses for packages")

    def __str__(self):
        return self.email

    @property
    def office_unit_path(self):
        """Return the path that rights are judged by."""
        return self.unit.path


class OutgoingPackage(models.Model):
    """One batch of a unit, as it was composed once; composed anew it is a new revision.

    *day* is the one in its subject.  It is of a period (*first* to *last*) or of *sheets*, and
    of the requests that its lines name from the beginning.  *faults* say why it could not be
    composed: codes with parameters.
    """

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name=_("unit"))
    year = models.PositiveSmallIntegerField(_("year"))
    batch = models.PositiveIntegerField(_("batch"))
    revision = models.PositiveSmallIntegerField(_("revision"), default=1)
    policy = models.CharField(_("policy"), max_length=80)
    overlays = models.JSONField(_("overlays"), default=list)
    reason = models.SlugField(_("reason"), max_length=40, blank=True)
    platform = models.CharField(_("platform"), max_length=60, blank=True)
    day = models.DateField(_("date in the subject"))
    first = models.DateField(_("first day"), null=True, blank=True)
    last = models.DateField(_("last day"), null=True, blank=True)
    sheets = models.JSONField(default=list)
    limit_mb = models.PositiveIntegerField(_("limit of a mail in MB"))
    state = models.CharField(
        _("state"),
        max_length=12,
        choices=PackageState,
        default=PackageState.COMPOSING,
        db_index=True,
    )
    subject = models.CharField(_("subject"), max_length=255, blank=True)
    students = models.PositiveIntegerField(_("students"), default=0)
    faults = SealedText(default="[]")
    account = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("composed by")
    )
    created_at = models.DateTimeField(_("begun"), default=timezone.now)
    composed_at = models.DateTimeField(_("composed"), null=True)
    sent_at = models.DateTimeField(_("sent"), null=True)

    objects = OutgoingPackageQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]
        verbose_name = _("package to send")
        verbose_name_plural = _("packages to send")
        permissions = [("send_outgoingpackage", _("Can send and download packages"))]
        constraints = [
            models.UniqueConstraint(
                fields=["unit", "year", "batch", "revision"],
                name="one_package_a_unit_year_batch_and_revision",
            ),
        ]

    def __str__(self):
        return f"{self.unit.code}-{self.year}-{self.batch}/{self.revision}"

    @property
    def rules(self):
        """Return the policy that it is composed by."""
        return policy_of(self.policy, tuple(self.overlays))

    @property
    def was_sent(self):
        """Tell whether anything of it may have reached somebody."""
        return self.parts.exclude(state__in=[PartState.READY, PartState.FAILED]).exists()

    @property
    def office_unit_path(self):
        """Return the path that rights are judged by."""
        return self.unit.path


class OutgoingPart(models.Model):
    """One mail's worth of a package: a package of its own, kept as it was composed.

    *findings* are those of the check.  *message_id* is made before it is sent, so that a mail
    that is sent again can be told for the same.  Without a *recipient* it was handed over
    otherwise.
    """

    package = models.ForeignKey(OutgoingPackage, models.CASCADE, related_name="parts")
    number = models.PositiveSmallIntegerField(_("part"))
    subject = models.CharField(_("subject"), max_length=255)
    stored = models.CharField(max_length=100, unique=True)
    size = models.PositiveBigIntegerField(_("size"))
    sha256 = models.CharField(max_length=64, db_index=True)
    students = models.PositiveIntegerField(_("students"))
    scans = models.PositiveIntegerField(_("scans"))
    findings = SealedText(default="[]")
    errors = models.PositiveIntegerField(default=0)
    state = models.CharField(_("state"), max_length=10, choices=PartState, default=PartState.READY)
    failure = models.SlugField(max_length=40, blank=True)
    message_id = models.CharField(max_length=255, blank=True)
    recipient = models.EmailField(_("sent to"), blank=True)
    sent_at = models.DateTimeField(_("sent"), null=True)
    sent_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        related_name="+",
        verbose_name=_("sent by"),
    )

    objects = OutgoingPartQuerySet.as_manager()

    class Meta:
        ordering = ["package", "number"]
        verbose_name = _("part of a package")
        verbose_name_plural = _("parts of packages")
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["package", "number"], name="one_part_a_number"),
        ]

    def __str__(self):
        return f"{self.package_id} · {self.number}"

    @property
    def file_name(self):
        """Return what the file is called for people."""
        return f"{self.subject}.zip"

    @property
    def office_unit_path(self):
        """Return the path that rights are judged by."""
        return self.package.unit.path


class OutgoingLine(models.Model):
    """A request in a package, and the part that it came to lie in."""

    package = models.ForeignKey(OutgoingPackage, models.CASCADE, related_name="lines")
    part = models.ForeignKey(OutgoingPart, models.CASCADE, null=True, related_name="lines")
    request = models.ForeignKey(
        CorrectionRequest, models.PROTECT, related_name="package_lines", verbose_name=_("request")
    )

    class Meta:
        ordering = ["pk"]
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["package", "request"], name="a_request_once_a_package"),
        ]

    def __str__(self):
        return f"{self.package_id} · {self.request_id}"
