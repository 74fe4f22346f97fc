"""The entries of the audit trail and the heads of its chains."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from backoffice.audit.acts import label_of
from backoffice.audit.links import ZERO


class AppendOnly(Exception):
    """Raised where something would change or remove what was logged."""


class AppendOnlyQuerySet(models.QuerySet):
    """Rows that are read and added."""

    def update(self, **values):
        """Refuse."""
        raise AppendOnly("entries of the audit trail are never changed")

    def bulk_update(self, objs, fields, batch_size=None):
        """Refuse."""
        raise AppendOnly("entries of the audit trail are never changed")

    def delete(self):
        """Refuse."""
        raise AppendOnly("entries of the audit trail are never removed")

    delete.queryset_only = True
    delete.alters_data = True
    update.alters_data = True


class AuditEntry(models.Model):
    """One act: who, what, on what, when.  References and keyed digests, never a value.

    No foreign keys: an entry outlives what it speaks of.
    """

    chain = models.CharField(_("chain"), max_length=40)
    sequence = models.PositiveBigIntegerField(_("sequence number"))
    at = models.DateTimeField(_("at"), db_index=True)
    account_id = models.BigIntegerField(_("account"), null=True)
    person_id = models.BigIntegerField(_("person"), null=True)
    act = models.CharField(_("act"), max_length=40)
    ref = models.CharField(_("about"), max_length=81, blank=True, db_index=True)
    digest = models.CharField(_("digest"), max_length=64, blank=True)
    facts = models.JSONField(_("facts"), default=dict)
    previous = models.CharField(_("previous hash"), max_length=64)
    hash = models.CharField(_("hash"), max_length=64)

    objects = AppendOnlyQuerySet.as_manager()

    class Meta:
        ordering = ["chain", "sequence"]
        verbose_name = _("audit entry")
        verbose_name_plural = _("audit entries")
        # Nobody adds, changes or deletes one by a right.
        default_permissions = ("view",)
        permissions = [("export_auditentry", _("Can export the audit trail"))]
        constraints = [
            models.UniqueConstraint(fields=["chain", "sequence"], name="audit_entry_has_its_place"),
        ]

    def __str__(self):
        return f"{self.chain}:{self.sequence} {self.act} {self.ref}".rstrip()

    @property
    def label(self):
        """Return the act in words."""
        return label_of(self.act)

    def save(self, *args, **kwargs):
        """Save a new entry; raises AppendOnly for one that is there already."""
        if not self._state.adding:
            raise AppendOnly("entries of the audit trail are never changed")
        super().save(*args, **{**kwargs, "force_insert": True})

    def delete(self, *args, **kwargs):
        """Refuse."""
        raise AppendOnly("entries of the audit trail are never removed")


class AuditHead(models.Model):
    """Where a chain ends.  Its row is the lock of whoever appends."""

    chain = models.CharField(max_length=40, primary_key=True)
    sequence = models.PositiveBigIntegerField(default=0)
    hash = models.CharField(max_length=64, default=ZERO)
    seal = models.CharField(max_length=64, blank=True)

    objects = AppendOnlyQuerySet.as_manager()

    class Meta:
        default_permissions = ()

    def __str__(self):
        return f"{self.chain}:{self.sequence}"

    def delete(self, *args, **kwargs):
        """Refuse."""
        raise AppendOnly("heads of the audit trail are never removed")
