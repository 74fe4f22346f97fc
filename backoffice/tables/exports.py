"""Tables on their way out that a worker writes: what was asked for, and where it lies a day."""

import json

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from backoffice.tables.queries import TableExportQuerySet
from backoffice.units.models import Unit


class ExportForm(models.TextChoices):
    """What kind of file a table goes out as."""

    XLSX = "xlsx", _("Excel workbook (.xlsx)")
    CSV = "csv", _("CSV (UTF-8)")


class TableExport(models.Model):
    """One table that somebody asked for: the keys of its rows, in order, as the list had them."""

    subject = models.SlugField(_("what"), max_length=40)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name=_("unit"))
    account = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("by")
    )
    form = models.CharField(max_length=4, choices=ExportForm, default=ExportForm.XLSX)
    whole_numbers = models.BooleanField(default=False)
    purpose = models.CharField(max_length=64, blank=True)
    keys = models.TextField(default="[]")
    rows = models.PositiveIntegerField(_("rows"), default=0)
    stored = models.CharField(max_length=100, blank=True)
    sha256 = models.CharField(max_length=64, blank=True)
    asked_at = models.DateTimeField(default=timezone.now, db_index=True)

    objects = TableExportQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]
        default_permissions = ()
        verbose_name = _("table to take out")
        verbose_name_plural = _("tables to take out")

    def __str__(self):
        return f"{self.subject} {self.pk}"

    @property
    def office_unit_path(self):
        """Return the path that rights are judged by."""
        return self.unit.path

    @property
    def ref(self):
        """Return what the trail calls it."""
        return f"tableexport:{self.pk}"

    @property
    def key_list(self):
        """Return the keys of its rows."""
        return json.loads(self.keys)
