"""Policies in force: chosen by the registrar, from those that are shipped."""

from django.contrib import admin
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from backoffice.audit.acts import Act
from backoffice.audit.log import chain_of
from backoffice.desk.filters import UnitFilter
from backoffice.desk.office_admin import OfficeAdmin
from backoffice.desk.people.reach import units_of
from backoffice.desk.rules.forms import PolicyInForceForm, overlay_choices, policy_choices
from backoffice.policies.shelf import policy_of
from backoffice.words import kit_language
from correctionkit.policy.shelf import PolicyUnknown
from correctionkit.policy.toml_file import PolicyInvalid
from correctionkit.render.policy_text import show_policy

_WIDTH = 88


class PolicyInForceAdmin(OfficeAdmin):
    """What has begun is ended, never edited; what is over stays as it was."""

    form = PolicyInForceForm
    list_display = ("unit", "policy_title", "overlay_titles", "first_day", "last_day", "stands")
    list_display_links = ("unit", "policy_title")
    list_filter = (UnitFilter,)
    list_select_related = ("unit",)
    change_form_template = "desk/rules/policy.html"

    @admin.display(description=_("policy"))
    def policy_title(self, choice):
        """Return the title of the policy."""
        return dict(policy_choices()).get(choice.policy, choice.policy)

    @admin.display(description=_("overlays"))
    def overlay_titles(self, choice):
        """Return the titles of the overlays."""
        titles = dict(overlay_choices())
        return "、".join(titles.get(each, each) for each in choice.overlays)

    @admin.display(description=_("state"))
    def stands(self, choice):
        """Tell whether it is in force today."""
        today = timezone.localdate()
        if choice.first_day > today:
            return gettext("Later")
        if choice.last_day and choice.last_day < today:
            return gettext("Over")
        return gettext("In force")

    def has_change_permission(self, request, obj=None):
        """Tell whether anything can still be changed."""
        if obj is not None and obj.last_day and obj.last_day < timezone.localdate():
            return False
        return super().has_change_permission(request, obj)

    def get_fields(self, request, obj=None):
        """Return the fields; what has begun is shown in words."""
        if obj is None or self._is_open(request, obj):
            return PolicyInForceForm.Meta.fields
        return ("unit", "policy_title", "overlay_titles", "first_day", "last_day")

    def get_readonly_fields(self, request, obj=None):
        """Return what cannot be changed any more."""
        if obj is None or self._is_open(request, obj):
            return ()
        return ("unit", "policy", "policy_title", "overlays", "overlay_titles", "first_day")

    def get_field_queryset(self, db, db_field, request):
        """Offer the units that the account chooses policies for."""
        return units_of(request.user, "policies.add_policyinforce")

    def log_saved(self, log, obj, fields, *, added):
        """Log the choice in the chain of its unit."""
        log.add(
            Act.POLICY_CHANGE,
            chain=chain_of(obj.unit_id),
            ref=f"policyinforce:{obj.pk}",
            fields=fields,
            added=added,
            policy=obj.policy,
            overlays=obj.overlays,
        )

    def render_change_form(self, request, context, *args, obj=None, **options):
        """Show what the policy says."""
        if obj is not None:
            context["says"] = _text(obj)
        return super().render_change_form(request, context, *args, obj=obj, **options)

    def _is_open(self, request, obj):
        return obj.first_day > timezone.localdate() and self.has_change_permission(request, obj)


def _text(choice):
    try:
        policy = policy_of(choice.policy, tuple(choice.overlays))
    except (PolicyUnknown, PolicyInvalid):
        # A row of an older release may name a policy that is shipped no longer.
        return ""
    return show_policy(policy, kit_language(), _WIDTH)
