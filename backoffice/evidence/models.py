"""Scans of evidence: what was received, what it was found to be, what is shown of it."""

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from backoffice.corrections.models import Case
from backoffice.evidence.queries import EvidenceQuerySet
from backoffice.sealing.fields import SealedText
from backoffice.units.models import Person


class EvidenceFile(models.Model):
    """One file as it was received, under a name of our own.

    *original*, *clean* and *thumbnail* are names in the evidence storage; the latter two
    are empty for what is no sound picture.  *clean* is what is shown: upright, without what
    the picture carried unseen; of several pages it is the first.  Once submitted it is
    *frozen*: it can be replaced, and is kept all the same.
    """

    case = models.ForeignKey(Case, models.PROTECT, related_name="evidence", verbose_name=_("case"))
    kind = models.SlugField(_("kind of evidence"), max_length=60)
    received_as = SealedText(_("file name"))
    original = models.CharField(max_length=100, unique=True)
    clean = models.CharField(max_length=100, blank=True)
    thumbnail = models.CharField(max_length=100, blank=True)
    format = models.CharField(_("format"), max_length=20)
    size = models.PositiveBigIntegerField(_("size"))
    pages = models.PositiveSmallIntegerField(_("pages"), default=1)
    width = models.PositiveIntegerField(default=0)
    height = models.PositiveIntegerField(default=0)
    sha256 = models.CharField(max_length=64, db_index=True)
    pixel_digest = models.CharField(max_length=64, blank=True, db_index=True)
    fingerprint = models.BinaryField(blank=True, default=b"")
    uploaded_by = models.ForeignKey(
        Person, models.PROTECT, related_name="+", verbose_name=_("uploaded by")
    )
    uploaded_at = models.DateTimeField(_("uploaded"), default=timezone.now)
    frozen_at = models.DateTimeField(null=True)
    removed_at = models.DateTimeField(null=True)
    replaced_by = models.ForeignKey(
        "self", models.PROTECT, null=True, related_name="replaces", verbose_name=_("replaced by")
    )

    objects = EvidenceQuerySet.as_manager()

    class Meta:
        ordering = ["kind", "pk"]
        verbose_name = _("evidence")
        verbose_name_plural = _("evidence")
        permissions = [("read_original", _("Can read originals with all they carry"))]

    def __str__(self):
        return f"{self.case.reference} · {self.kind}"

    @property
    def office_unit_path(self):
        """Return the path that rights are judged by."""
        return self.case.unit.path


class EvidenceCheck(models.Model):
    """What the rules said of a file, when, and by which policy.

    *findings* is JSON: code, severity and parameters; words come when it is shown.
    """

    file = models.ForeignKey(EvidenceFile, models.CASCADE, related_name="checks")
    policy = models.CharField(max_length=80)
    policy_version = models.CharField(max_length=20)
    findings = SealedText(default="[]")
    errors = models.PositiveSmallIntegerField(default=0)
    warnings = models.PositiveSmallIntegerField(default=0)
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["-at", "-pk"]
        verbose_name = _("check of evidence")
        verbose_name_plural = _("checks of evidence")

    def __str__(self):
        return f"{self.file_id} {self.at:%Y-%m-%d %H:%M}"


class EvidenceReuse(models.Model):
    """Two files of two students that show the same picture."""

    file = models.ForeignKey(EvidenceFile, models.CASCADE, related_name="reuses")
    other = models.ForeignKey(EvidenceFile, models.CASCADE, related_name="+")
    how = models.CharField(max_length=20)
    found_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["file", "other"], name="one_reuse_a_pair"),
        ]

    def __str__(self):
        return f"{self.file_id} = {self.other_id} ({self.how})"
