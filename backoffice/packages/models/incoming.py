"""Packages on their way in: the file, what was said of it, and what each student would become."""

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from backoffice.corrections.models import Case
from backoffice.packages.incoming_queries import (
    IncomingPackageQuerySet,
    IncomingStudentQuerySet,
)
from backoffice.policies.shelf import policy_of
from backoffice.roll.models import StudentRecord
from backoffice.sealing.fields import SealedText
from backoffice.tables.models import Verdict
from backoffice.units.models import Unit
from backoffice.workflow.taking_in import Became


class IncomingState(models.TextChoices):
    """Where a package on its way in stands."""

    RECEIVED = "received", _("Waiting to be checked")
    REFUSED = "refused", _("Cannot be read")
    JUDGED = "judged", _("To be confirmed")
    TAKING = "taking", _("Being taken in")
    TAKEN = "taken", _("Taken in")
    DROPPED = "dropped", _("Dropped")


class IncomingChoice(models.TextChoices):
    """What becomes of a package with faults."""

    ALL = "all", _("All students or none")
    GOOD = "good", _("The good ones now, the others later")


class IncomingPackage(models.Model):
    """One package that somebody brought in.

    *stored* is the file in the storage of imports, empty for a folder that a command reads and
    for what was swept.  *mending* is JSON of what was said of the package, *findings* of what is
    about no student.  *digest* covers all that was shown: whoever confirms confirms that.
    """

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name=_("unit"))
    account = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("by")
    )
    state = models.CharField(
        _("state"),
        max_length=10,
        choices=IncomingState,
        default=IncomingState.RECEIVED,
        db_index=True,
    )
    choice = models.CharField(
        max_length=4, choices=IncomingChoice, default=IncomingChoice.ALL, blank=True
    )
    stored = models.CharField(max_length=100, blank=True)
    received_as = SealedText(_("file name"))
    size = models.PositiveBigIntegerField(_("size"), default=0)
    sha256 = models.CharField(max_length=64, blank=True, db_index=True)
    policy = models.CharField(_("policy"), max_length=80, blank=True)
    overlays = models.JSONField(default=list)
    day = models.DateField(_("judged on"), null=True)
    mending = SealedText(default="{}")
    findings = SealedText(default="[]")
    requests = models.PositiveIntegerField(default=0)
    scans = models.PositiveIntegerField(default=0)
    errors = models.PositiveIntegerField(default=0)
    warnings = models.PositiveIntegerField(default=0)
    digest = models.CharField(max_length=64, blank=True)
    trouble = models.SlugField(max_length=40, blank=True)
    begun_at = models.DateTimeField(_("uploaded"), default=timezone.now)
    changed_at = models.DateTimeField(auto_now=True)
    taken_at = models.DateTimeField(_("taken in"), null=True)

    objects = IncomingPackageQuerySet.as_manager()

    class Meta:
        ordering = ["-begun_at", "-pk"]
        verbose_name = _("package received")
        verbose_name_plural = _("packages received")
        default_permissions = ()
        permissions = [("import_package", _("Can check packages and take them in"))]

    def __str__(self):
        return f"{self.begun_at:%Y-%m-%d} · {self.pk}"

    @property
    def ref(self):
        """Return what the trail calls it."""
        return f"incomingpackage:{self.pk}"

    @property
    def office_unit_path(self):
        """Return the path that rights are judged by."""
        return self.unit.path

    @property
    def rules(self):
        """Return the policy that judged it."""
        return policy_of(self.policy, tuple(self.overlays))


class IncomingStudent(models.Model):
    """What one student of a package would become, and became.

    *content* is JSON: the requests as the tables have them, what a case would be asked for, the
    scans, the folder.  *before* is what the verdict rests on; see StudentVerdict.
    """

    package = models.ForeignKey(IncomingPackage, models.CASCADE, related_name="students")
    position = models.PositiveIntegerField()
    number = SealedText(blank=True)
    name = SealedText(blank=True)
    verdict = models.CharField(max_length=8, choices=Verdict)
    record = models.ForeignKey(StudentRecord, models.CASCADE, null=True, related_name="+")
    unit = models.ForeignKey(Unit, models.PROTECT, null=True, related_name="+")
    case = models.ForeignKey(Case, models.PROTECT, null=True, related_name="+")
    content = SealedText(default="{}")
    findings = SealedText(default="[]")
    errors = models.PositiveIntegerField(default=0)
    warnings = models.PositiveIntegerField(default=0)
    before = models.CharField(max_length=64, blank=True)
    became = models.CharField(max_length=10, choices=Became, blank=True)
    message = models.CharField(max_length=300, blank=True)

    objects = IncomingStudentQuerySet.as_manager()

    class Meta:
        ordering = ["package", "position"]
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(
                fields=["package", "position"], name="one_incoming_student_a_position"
            ),
        ]
        indexes = [
            models.Index(fields=["package", "verdict", "position"], name="incoming_by_verdict")
        ]

    def __str__(self):
        return f"{self.package_id} · {self.position}"
