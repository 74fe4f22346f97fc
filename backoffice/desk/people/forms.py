"""Forms of units, people, accounts and memberships."""

from datetime import timedelta

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from backoffice.policies.shelf import policy_of
from backoffice.units.models import Account, Membership, Unit
from backoffice.units.roles import Role
from backoffice.words import say
from correctionkit.policy.shelf import policy_ids, shared_vocabulary

_LONGEST_PATH = Unit._meta.get_field("path").max_length


def _is_own(form, cleaned):
    """Tell whether a form is about the person who fills it in."""
    person = cleaned.get("person") or (form.instance.person if form.instance.person_id else None)
    return form.editor is not None and person == form.editor.person


class RoleField(forms.ModelChoiceField):
    """A role, in words."""

    def label_from_instance(self, group):
        """Return the role in words."""
        return Role(group.name).label


def level_choices():
    """Return the levels that units can have, the highest first."""
    levels = sorted(shared_vocabulary().levels.values(), key=lambda level: level.rank)
    return [(level.id, say(level.label)) for level in levels]


def institution_choices():
    """Return the institutions that a shipped policy speaks of."""
    headings = [policy_of(each).heading for each in policy_ids()]
    named = {heading.institution_id: say(heading.institution) for heading in headings}
    return [("", "—"), *named.items()]


class UnitForm(forms.ModelForm):
    """A unit of the tree; its code stands in student numbers and in every path below."""

    level = forms.ChoiceField(label=pgettext_lazy("of units", "Level"), choices=level_choices)
    institution = forms.ChoiceField(
        label=_("Institution"),
        choices=institution_choices,
        required=False,
        help_text=Unit._meta.get_field("institution").help_text,
    )

    class Meta:
        model = Unit
        fields = ("parent", "code", "name", "level", "institution", "closed_on")
        error_messages = {"code": {"unique": _("Another unit has this code.")}}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self._above = self.instance.parent_id

    def clean_code(self):
        """Return the code in capitals, as it is kept."""
        return self.cleaned_data["code"].upper()

    def clean(self):
        """Refuse a unit above which there is none, unless it is the top, and too deep a tree."""
        cleaned = super().clean()
        parent, code = cleaned.get("parent"), cleaned.get("code") or ""
        is_top = self.instance.pk and self._above is None
        if "parent" in cleaned and parent is None and not is_top:
            self.add_error("parent", _("Choose the unit above it."))
        if parent and len(parent.path) + len(code) + 1 + self._depth() > _LONGEST_PATH:
            self.add_error("parent", _("The tree cannot be that deep."))
        return cleaned

    def _depth(self):
        """Return how long the longest path below the unit is, seen from there."""
        if not self.instance.pk:
            return 0
        below = Unit.objects.below([self.instance.path]).values_list("path", flat=True)
        return max(map(len, below), default=0) - len(self.instance.path)


class AccountForm(forms.ModelForm):
    """A way to sign in; its password is made by the office, never typed here."""

    editor = None

    class Meta:
        model = Account
        fields = ("person", "username", "is_active", "is_administrator")
        help_texts = {
            "is_active": _("Untick this to close the account; it is never deleted."),
            "is_administrator": _("Keeps accounts of all units; sees no students and no requests."),
        }

    def clean(self):
        """Refuse to lock oneself out, and to make oneself an administrator or none."""
        cleaned = super().clean()
        if _is_own(self, cleaned) and "is_administrator" in self.changed_data:
            self.add_error("is_administrator", _("Somebody else must decide this for you."))
        closes = "is_active" in self.changed_data and not cleaned.get("is_active")
        if closes and self.editor is not None and self.instance.pk == self.editor.pk:
            self.add_error("is_active", _("You cannot take this from yourself."))
        return cleaned


class MembershipForm(forms.ModelForm):
    """Who is what where, from one day to another."""

    editor = None

    class Meta:
        model = Membership
        fields = ("person", "unit", "role", "assigned", "first_day", "last_day")
        field_classes = {"role": RoleField}
        help_texts = {
            "assigned": _("Leave this empty for all units below."),
            "last_day": _("The last day on which it holds; a membership is ended, never deleted."),
        }

    def clean_last_day(self):
        """Refuse to end what was in force yesterday any earlier."""
        day = self.cleaned_data["last_day"]
        if day and "last_day" in self.changed_data and day < timezone.localdate() - timedelta(1):
            raise ValidationError(_("It was in force until now: end it yesterday at the earliest."))
        return day

    def clean(self):
        """Refuse one's own, units that are not below, and the same role twice at once."""
        cleaned = super().clean()
        if _is_own(self, cleaned):
            raise ValidationError(_("Somebody else must give or end a role of yours."))
        unit = cleaned.get("unit") or (self.instance.unit if self.instance.unit_id else None)
        strays = [
            each.name
            for each in cleaned.get("assigned") or ()
            if unit and not each.path.startswith(unit.path)
        ]
        if strays:
            self.add_error(
                "assigned",
                _("Not below the unit: %(names)s.") % {"names": "、".join(strays)},
            )
        if not self.errors and self._is_doubled(cleaned, unit):
            raise ValidationError(_("This person has this role in this unit at that time already."))
        return cleaned

    def _is_doubled(self, cleaned, unit):
        kept = self.instance
        first = cleaned.get("first_day") or kept.first_day
        rows = Membership.objects.exclude(pk=kept.pk).filter(
            person=cleaned.get("person") or kept.person_id,
            role=cleaned.get("role") or kept.role_id,
            unit=unit,
        )
        if last := cleaned.get("last_day"):
            rows = rows.filter(first_day__lte=last)
        return rows.exclude(last_day__lt=first).exists()
