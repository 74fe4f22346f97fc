"""The form by which a policy is put in force."""

from datetime import timedelta

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from backoffice.policies.models import PolicyInForce
from backoffice.policies.shelf import policy_of
from backoffice.words import say
from correctionkit.policy.shelf import find_overlay, find_policy, overlay_ids, policy_ids
from correctionkit.policy.toml_file import PolicyInvalid


def policy_choices():
    """Return the policies that are shipped."""
    titles = ((each, say(policy_of(each).heading.title)) for each in policy_ids())
    return [("", "—"), *((each, f"{title} ({each})") for each, title in titles)]


def overlay_choices():
    """Return the overlays that are shipped, with the titles that some policy reads them by."""
    return [(each, f"{say(_overlay(each).heading.title)} ({each})") for each in overlay_ids()]


def _overlay(overlay_id):
    """Return an overlay as read for the first policy that it fits."""
    *others, last = (find_policy(each) for each in policy_ids())
    for policy in others:
        try:
            return find_overlay(overlay_id, policy)
        except PolicyInvalid:
            continue
    return find_overlay(overlay_id, last)


class PolicyInForceForm(forms.ModelForm):
    """Which policy, with which overlays, for which unit, from when to when."""

    policy = forms.ChoiceField(label=_("Policy"), choices=policy_choices)
    overlays = forms.MultipleChoiceField(
        label=_("Overlays"),
        choices=overlay_choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Rules of a province or a year that narrow the policy."),
    )

    class Meta:
        model = PolicyInForce
        fields = ("unit", "policy", "overlays", "first_day", "last_day")
        help_texts = {
            "unit": _("It holds for this unit and all below that have no choice of their own."),
            "last_day": _("The last day on which it holds; empty while no end is known."),
        }

    def clean_last_day(self):
        """Refuse to end what was in force yesterday any earlier."""
        day = self.cleaned_data["last_day"]
        if day and "last_day" in self.changed_data and day < timezone.localdate() - timedelta(1):
            raise ValidationError(_("It was in force until now: end it yesterday at the earliest."))
        return day

    def clean(self):
        """Refuse to begin in the past where another choice held then."""
        cleaned = super().clean()
        unit, first = cleaned.get("unit"), cleaned.get("first_day")
        others = PolicyInForce.objects.filter(unit=unit).exclude(pk=self.instance.pk)
        if unit and first and first < timezone.localdate() and others.exists():
            self.add_error("first_day", _("This unit had a policy then. Begin today or later."))
        return cleaned
