"""Tables on their way in: the file, what its columns are, and what each row would do."""

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from backoffice.sealing.fields import SealedText
from backoffice.tables.exports import ExportForm, TableExport
from backoffice.tables.queries import TableImportQuerySet
from backoffice.units.models import Unit

__all__ = [
    "Choice",
    "ExportForm",
    "ImportState",
    "KnownColumns",
    "StagedRow",
    "TableExport",
    "TableImport",
    "Verdict",
]


class ImportState(models.TextChoices):
    """Where an import stands."""

    UPLOADED = "uploaded", _("Uploaded")
    JUDGING = "judging", _("Being checked")
    REFUSED = "refused", _("Cannot be read")
    JUDGED = "judged", _("To be confirmed")
    WRITING = "writing", _("Being written")
    WRITTEN = "written", _("Written")
    DROPPED = "dropped", _("Dropped")


class Choice(models.TextChoices):
    """What becomes of a table with faulty rows."""

    ALL = "all", _("All rows or none")
    GOOD = "good", _("Good rows now, the others back as a workbook")


class Verdict(models.TextChoices):
    """What a row would do."""

    NEW = "new", pgettext_lazy("row of a table", "New")
    CHANGED = "changed", pgettext_lazy("row of a table", "Changed")
    SAME = "same", pgettext_lazy("row of a table", "As it is")
    REFUSED = "refused", pgettext_lazy("row of a table", "Refused")


class TableImport(models.Model):
    """One table that somebody brought in.

    *columns* maps columns to headings as the file writes them, where somebody said so.
    *as_it_stands* takes doubtful values that the outside roll may hold.  *findings* are about
    the file as a whole, *key_changes* counts the changed rows that change what identifies
    somebody.  *digest* covers every staged row with the version of what it touches: whoever
    confirms confirms that, and nothing else.
    """

    subject = models.SlugField(_("what"), max_length=40)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name=_("unit"))
    account = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("by")
    )
    state = models.CharField(
        _("state"), max_length=10, choices=ImportState, default=ImportState.UPLOADED, db_index=True
    )
    choice = models.CharField(_("faulty rows"), max_length=4, choices=Choice, default=Choice.ALL)
    stored = models.CharField(max_length=100, blank=True)
    received_as = SealedText(_("file name"))
    size = models.PositiveBigIntegerField(_("size"))
    sha256 = models.CharField(max_length=64, db_index=True)
    as_it_stands = models.BooleanField(default=False)
    policy = models.CharField(_("policy"), max_length=80, blank=True)
    columns = models.JSONField(default=dict, blank=True)
    findings = SealedText(default="[]")
    rows = models.PositiveIntegerField(_("rows"), default=0)
    new = models.PositiveIntegerField(_("new"), default=0)
    changed = models.PositiveIntegerField(_("changed"), default=0)
    same = models.PositiveIntegerField(_("as they are"), default=0)
    refused = models.PositiveIntegerField(_("refused"), default=0)
    key_changes = models.PositiveIntegerField(default=0)
    digest = models.CharField(max_length=64, blank=True)
    begun_at = models.DateTimeField(_("uploaded"), default=timezone.now)
    changed_at = models.DateTimeField(default=timezone.now)
    written_at = models.DateTimeField(_("written"), null=True)

    objects = TableImportQuerySet.as_manager()

    class Meta:
        ordering = ["-begun_at", "-pk"]
        verbose_name = _("import of a table")
        verbose_name_plural = _("imports of tables")
        # Who may bring in what is a right of what comes in.
        default_permissions = ()

    def __str__(self):
        return f"{self.subject} {self.begun_at:%Y-%m-%d} · {self.pk}"

    @property
    def office_unit_path(self):
        """Return the path that rights are judged by."""
        return self.unit.path

    @property
    def ref(self):
        """Return what the trail calls it."""
        return f"tableimport:{self.pk}"

    @property
    def to_write(self):
        """Return how many rows would be written."""
        return self.new + self.changed


class StagedRow(models.Model):
    """What one row of a table would do.

    *values* is JSON by column, *changes* JSON of (column, before, after), *findings* what is
    wrong or remarkable.  *before* is the version that the target had when it was compared.
    """

    table = models.ForeignKey(TableImport, models.CASCADE, related_name="staged")
    position = models.PositiveIntegerField()
    sheet = models.CharField(max_length=100, blank=True)
    row = models.PositiveIntegerField()
    verdict = models.CharField(max_length=8, choices=Verdict)
    target = models.BigIntegerField(null=True)
    before = models.PositiveIntegerField(null=True)
    values = SealedText(default="{}")
    changes = SealedText(default="[]")
    findings = SealedText(default="[]")
    remarked = models.BooleanField(default=False)

    class Meta:
        ordering = ["table", "position"]
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["table", "position"], name="one_staged_row_a_position"),
        ]
        indexes = [models.Index(fields=["table", "verdict", "position"], name="staged_by_verdict")]

    def __str__(self):
        return f"{self.table_id} · {self.position}"


class KnownColumns(models.Model):
    """How a unit's own tables call the columns, as somebody said once."""

    unit = models.ForeignKey(Unit, models.CASCADE, related_name="+")
    subject = models.SlugField(max_length=40)
    columns = models.JSONField(default=dict)
    changed_at = models.DateTimeField(auto_now=True)

    class Meta:
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(
                fields=["unit", "subject"], name="one_set_of_columns_a_unit_and_subject"
            ),
        ]

    def __str__(self):
        return f"{self.unit_id} · {self.subject}"
