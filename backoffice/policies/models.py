"""Which policy is in force where and when."""

from django.core.exceptions import ValidationError
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from backoffice.policies.queries import PolicyInForceQuerySet
from backoffice.policies.shelf import fault_of
from backoffice.units.models import Unit


class PolicyInForce(models.Model):
    """The office's choice: this policy, narrowed by these overlays, for a unit and all below.

    The choice of the nearest unit wins; of several there, the one that began last.
    """

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name=_("unit"))
    policy = models.CharField(_("policy"), max_length=80)
    overlays = models.JSONField(_("overlays"), default=list, blank=True)
    first_day = models.DateField(_("from"), default=timezone.localdate)
    last_day = models.DateField(_("until"), null=True, blank=True)

    objects = PolicyInForceQuerySet.as_manager()

    class Meta:
        ordering = ["unit__path", "-first_day", "-pk"]
        verbose_name = _("policy in force")
        verbose_name_plural = _("policies in force")
        constraints = [
            models.UniqueConstraint(
                fields=["unit", "first_day"],
                name="one_policy_a_unit_and_first_day",
                violation_error_message=_("This unit has a policy from that day already."),
            ),
        ]

    def __str__(self):
        return " + ".join([self.policy, *self.overlays])

    @property
    def office_unit_path(self):
        """Return the path that rights are judged by."""
        return self.unit.path

    def clean(self):
        """Refuse what is no policy, or an overlay that does not fit it."""
        fault = fault_of(self.policy, self.overlays)
        if fault:
            raise ValidationError(fault)
        if self.last_day and self.first_day and self.last_day < self.first_day:
            raise ValidationError({"last_day": _("The last day is before the first.")})
