"""Request sheets: one a unit, kind and local day; revisions, frozen lines, signed scans."""

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from backoffice.corrections.models import CorrectionRequest
from backoffice.sealing.fields import SealedText
from backoffice.sheets.queries import SheetQuerySet
from backoffice.units.models import Person, Unit


class SheetState(models.TextChoices):
    """Where a sheet stands."""

    OPEN = "open", _("Open")
    CLOSED = "closed", _("Closed, to sign")
    SIGNED = "signed", _("Signed, scan missing")
    FILED = "filed", _("Filed")
    VOID = "void", _("Void")


class RequestSheet(models.Model):
    """All of one unit's requests of one kind of one local day."""

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="sheets", verbose_name=_("unit"))
    kind = models.SlugField(_("kind"), max_length=40)
    day = models.DateField(_("day"))
    number = models.CharField(_("sheet number"), max_length=60, unique=True)
    policy = models.CharField(_("policy"), max_length=80)
    state = models.CharField(
        _("state"), max_length=10, choices=SheetState, default=SheetState.OPEN, db_index=True
    )
    revision = models.PositiveSmallIntegerField(_("revision"), default=0)
    opened_at = models.DateTimeField(default=timezone.now)
    filed_at = models.DateTimeField(_("filed"), null=True)
    version = models.PositiveIntegerField(default=1)

    objects = SheetQuerySet.as_manager()

    class Meta:
        ordering = ["-day", "unit__path", "kind"]
        verbose_name = _("request sheet")
        verbose_name_plural = _("request sheets")
        permissions = [
            ("close_requestsheet", _("Can close sheets")),
            ("sign_requestsheet", _("Can sign sheets off")),
            ("file_requestsheet", _("Can upload signed sheets")),
            ("print_requestsheet", _("Can print sheets")),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["unit", "kind", "day"], name="one_sheet_a_unit_kind_and_day"
            ),
        ]

    def __str__(self):
        return self.number

    @property
    def office_unit_path(self):
        """Return the path that rights are judged by."""
        return self.unit.path

    @property
    def revision_in_force(self):
        """Return the revision that may be signed and filed, or None while open."""
        return self.revisions.filter(number=self.revision).first() if self.revision else None


class SheetLine(models.Model):
    """A request on a sheet: from when, until when, and whether it was made void later."""

    sheet = models.ForeignKey(RequestSheet, models.PROTECT, related_name="lines")
    request = models.ForeignKey(
        CorrectionRequest, models.PROTECT, related_name="sheet_lines", verbose_name=_("request")
    )
    added_at = models.DateTimeField(default=timezone.now)
    removed_at = models.DateTimeField(null=True)
    voided_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["request"],
                condition=models.Q(removed_at=None),
                name="a_request_is_on_one_sheet",
            ),
        ]

    def __str__(self):
        return f"{self.sheet_id} · {self.request_id}"


class SheetRevision(models.Model):
    """The lines of a sheet as they were frozen, and what ties the paper to them.

    *chain_sequence* and *chain_hash* are the head of the unit's audit chain as of freezing.
    """

    sheet = models.ForeignKey(RequestSheet, models.PROTECT, related_name="revisions")
    number = models.PositiveSmallIntegerField(_("revision"))
    lines_hash = models.CharField(max_length=64)
    code = models.CharField(_("code"), max_length=80, unique=True)
    chain_sequence = models.PositiveBigIntegerField()
    chain_hash = models.CharField(max_length=64)
    frozen_at = models.DateTimeField(_("closed"), default=timezone.now)
    frozen_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("by")
    )
    why = models.CharField(max_length=40, default="closing")

    class Meta:
        ordering = ["sheet", "number"]
        constraints = [
            models.UniqueConstraint(fields=["sheet", "number"], name="one_revision_a_number"),
        ]

    def __str__(self):
        return f"{self.sheet.number} / {self.number}"


class FrozenLine(models.Model):
    """One line of a revision, word for word as it is printed."""

    revision = models.ForeignKey(SheetRevision, models.PROTECT, related_name="frozen_lines")
    position = models.PositiveIntegerField()
    request = models.ForeignKey(CorrectionRequest, models.PROTECT, related_name="+")
    content = SealedText()

    class Meta:
        ordering = ["revision", "position"]
        constraints = [
            models.UniqueConstraint(fields=["revision", "position"], name="one_line_a_position"),
        ]

    def __str__(self):
        return f"{self.revision_id} · {self.position}"


class SignedScan(models.Model):
    """A page of a signed sheet that came back, kept as it was received."""

    revision = models.ForeignKey(SheetRevision, models.PROTECT, related_name="scans")
    position = models.PositiveSmallIntegerField(default=1)
    stored = models.CharField(max_length=100, unique=True)
    clean = models.CharField(max_length=100, blank=True)
    received_as = SealedText(_("file name"))
    format = models.CharField(_("format"), max_length=20)
    size = models.PositiveBigIntegerField(_("size"))
    pages = models.PositiveSmallIntegerField(_("pages"), default=1)
    sha256 = models.CharField(max_length=64, db_index=True)
    uploaded_by = models.ForeignKey(
        Person, models.PROTECT, related_name="+", verbose_name=_("uploaded by")
    )
    uploaded_at = models.DateTimeField(_("uploaded"), default=timezone.now)

    class Meta:
        ordering = ["revision", "position"]
        verbose_name = _("signed scan")
        verbose_name_plural = _("signed scans")

    def __str__(self):
        return f"{self.revision_id} · {self.position}"

    @property
    def office_unit_path(self):
        """Return the path that rights are judged by."""
        return self.revision.sheet.unit.path
