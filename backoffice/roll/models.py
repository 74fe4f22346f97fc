"""The roll: student records, former names, and the history of every value."""

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from backoffice.roll.fields import ID_DIGEST, DocumentKind, RecordStatus
from backoffice.roll.queries import StudentRecordQuerySet, ValueChangeQuerySet
from backoffice.sealing.digests import keyed_digest
from backoffice.sealing.fields import SealedText
from backoffice.units.models import Unit
from correctionkit.numbers import identity


def digest_of_identity(number):
    """Return what an identity number is found by: empty for none, equal for 15 and 18 digits."""
    return keyed_digest(identity.same_number(number), ID_DIGEST) if number else ""


class StudentRecord(models.Model):
    """What the roll says of one student now."""

    unit = models.ForeignKey(
        Unit, models.PROTECT, related_name="students", verbose_name=_("learning centre")
    )
    number = models.CharField(_("student number"), max_length=40, blank=True, db_index=True)
    certificate_number = models.CharField(
        _("certificate number"), max_length=40, blank=True, db_index=True
    )
    status = models.SlugField(_("status"), max_length=40, choices=RecordStatus)
    name = models.CharField(_("name"), max_length=200, db_index=True)
    gender = models.CharField(_("gender"), max_length=20, blank=True)
    ethnicity = models.CharField(_("ethnicity"), max_length=40, blank=True)
    birth_date = models.DateField(_("birth date"), null=True, blank=True)
    document_kind = models.CharField(
        _("ID document"), max_length=2, choices=DocumentKind, default=DocumentKind.RESIDENT_ID
    )
    id_number = SealedText(_("ID number"), blank=True)
    id_digest = models.CharField(max_length=64, blank=True, editable=False, db_index=True)
    entry_education = models.CharField(_("education at entry"), max_length=60, blank=True)
    major = models.CharField(_("major"), max_length=100, blank=True)
    level = models.CharField(_("level"), max_length=40, blank=True)
    enrolled_on = models.DateField(_("enrolled on"), null=True, blank=True)
    graduated_on = models.DateField(_("graduated on"), null=True, blank=True)
    version = models.PositiveIntegerField(default=1, editable=False)

    objects = StudentRecordQuerySet.as_manager()

    class Meta:
        ordering = ["number", "certificate_number", "pk"]
        verbose_name = _("student record")
        verbose_name_plural = _("student records")
        permissions = [
            ("reveal_number", _("Can see whole ID numbers")),
            ("reveal_with_purpose", _("Can see whole ID numbers after stating why")),
            ("import_studentrecord", _("Can bring in the roll")),
            ("export_studentrecord", _("Can take out the roll")),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["number"],
                condition=~models.Q(number=""),
                name="student_number_is_unique",
                violation_error_message=_("Another record has this student number."),
            ),
            models.UniqueConstraint(
                fields=["certificate_number"],
                condition=~models.Q(certificate_number=""),
                name="certificate_number_is_unique",
                violation_error_message=_("Another record has this certificate number."),
            ),
            models.CheckConstraint(
                condition=~models.Q(number="", certificate_number=""),
                name="student_has_a_number",
                violation_error_message=_("A record needs a student or certificate number."),
            ),
        ]

    def __str__(self):
        return f"{self.name} {self.shown_number}"

    @property
    def shown_number(self):
        """Return the number that identifies the student in their status."""
        if self.status == RecordStatus.GRADUATED:
            return self.certificate_number or self.number
        return self.number or self.certificate_number

    @property
    def masked_id_number(self):
        """Return the ID number with its middle hidden."""
        return identity.masked(self.id_number) if self.id_number else ""

    @property
    def office_unit_path(self):
        """Return the path that rights are judged by."""
        return self.unit.path

    def save(self, *args, **kwargs):
        """Save, keeping the digest of the ID number in step."""
        self.id_digest = digest_of_identity(self.id_number)
        if update_fields := kwargs.get("update_fields"):
            kwargs["update_fields"] = {*update_fields, "id_digest"}
        super().save(*args, **kwargs)


class ValueChange(models.Model):
    """One value of a record that became another: when, by whom, and what for."""

    class Cause(models.TextChoices):
        """Why a value changed."""

        CORRECTION = "correction", _("Correction request")
        REVERSAL = "reversal", _("Reversal of a correction")
        IMPORT = "import", _("Import of the roll")

    record = models.ForeignKey(
        StudentRecord, models.CASCADE, related_name="changes", verbose_name=_("student")
    )
    field = models.SlugField(_("field"), max_length=40)
    old = SealedText(_("before"), blank=True)
    new = SealedText(_("after"), blank=True)
    cause = models.CharField(_("cause"), max_length=20, choices=Cause)
    at = models.DateTimeField(_("when"), default=timezone.now)
    carried_by = models.ForeignKey(
        "self",
        models.CASCADE,
        null=True,
        related_name="carried",
        verbose_name=_("came with"),
        help_text=_("The birth date comes with a corrected ID number."),
    )
    account = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        related_name="+",
        verbose_name=_("by"),
    )

    objects = ValueChangeQuerySet.as_manager()

    class Meta:
        ordering = ["-at", "-pk"]
        verbose_name = _("change of a value")
        verbose_name_plural = _("changes of values")

    def __str__(self):
        return f"{self.record_id} {self.field} {self.at:%Y-%m-%d}"

    @property
    def office_unit_path(self):
        """Return the path that rights are judged by."""
        return self.record.unit.path


class FormerName(models.Model):
    """A name that a student had before."""

    record = models.ForeignKey(
        StudentRecord, models.CASCADE, related_name="former_names", verbose_name=_("student")
    )
    name = models.CharField(_("former name"), max_length=200, db_index=True)
    change = models.OneToOneField(
        ValueChange, models.CASCADE, related_name="former_name", verbose_name=_("changed by")
    )

    class Meta:
        ordering = ["-pk"]
        verbose_name = _("former name")
        verbose_name_plural = _("former names")

    def __str__(self):
        return self.name
