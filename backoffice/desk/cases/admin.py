"""The lists of cases and of requests, and the addresses of all that is done to a case."""

from django.contrib import admin
from django.http import Http404, HttpResponseRedirect
from django.urls import path, reverse
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from backoffice.corrections.models import Case, CorrectionRequest
from backoffice.desk.cases.beginning import begin_view
from backoffice.desk.cases.editing import case_view, check_view, submit_view
from backoffice.desk.cases.filters import (
    ExceptionalFilter,
    FieldFilter,
    KindFilter,
    MineFilter,
    StateFilter,
)
from backoffice.desk.cases.listing import (
    cases_found,
    counted_findings,
    requests_found,
    with_rows,
    with_turns,
)
from backoffice.desk.cases.passing import hand_over_all_view, hand_over_view
from backoffice.desk.cases.revealing import reveal_view
from backoffice.desk.cases.withdrawing import report_view, withdraw_view
from backoffice.desk.filters import UnitFilter
from backoffice.desk.listing import short_moment
from backoffice.desk.office_admin import OfficeAdmin
from backoffice.desk.tables.taking_out import TableAdmin, way_in
from backoffice.words import say
from correctionkit.masking import mask_text

_HINT = gettext_lazy(
    "Case (C000123); student number, certificate number or ID number, whole; or a name or its "
    "beginning."
)


@admin.register(Case)
class CaseAdmin(OfficeAdmin):
    """Cases: a list of what waits, and one page for all that is done to a case."""

    list_display = ("reference", "student", "unit", "asked", "marks", "handler", "waiting_since")
    list_filter = (MineFilter, StateFilter, UnitFilter, FieldFilter, ExceptionalFilter, KindFilter)
    search_hint = _HINT
    change_list_template = "desk/cases/change_list.html"

    class Media:
        css = {"all": ("desk/cases.css",)}

    def get_queryset(self, request):
        """Return the cases in sight, with whose turn it is."""
        return with_rows(with_turns(self.in_sight(Case.objects.all(), request.user), request.user))

    def get_ordering(self, request):
        """Return what waits for whoever looks before all else, the longest waiting first."""
        return ("turn", "since", "pk")

    def search(self, rows, search):
        """Return the cases that *search* is for."""
        return cases_found(rows, search)

    def changelist_view(self, request, extra_context=None):
        """Show the list, with the way in for tables of requests."""
        ways = {"bring_in": way_in(request, "requests")}
        return super().changelist_view(request, {**ways, **(extra_context or {})})

    def has_add_permission(self, request):
        """Tell whether cases can be begun, and gone on with."""
        return self.may(request, "add") and self.may(request, "change")

    @admin.display(description=gettext_lazy("case"), ordering="pk")
    def reference(self, case):
        """Return what the case is called."""
        return case.reference

    @admin.display(description=gettext_lazy("student"), ordering="record__number")
    def student(self, case):
        """Return the student's name and number."""
        return format_html(
            '{} <span class="number">{}</span>',
            mask_text(case.record.name),
            case.record.shown_number,
        )

    @admin.display(description=gettext_lazy("asked for"))
    def asked(self, case):
        """Return the fields that are asked for, with where each stands."""
        if not case.shown:
            return _("nothing yet")
        fields = case.rules.vocabulary.fields
        return format_html_join(
            " ",
            '<span class="state state-{}">{} · {}</span>',
            (
                (each.state, say(fields[each.field].label), each.get_state_display())
                for each in case.shown
            ),
        )

    @admin.display(description=gettext_lazy("marks"))
    def marks(self, case):
        """Return what is out of the ordinary: exceptional, in conflict, faults of files."""
        errors, warnings = counted_findings(case)
        marks = [
            ("exceptional", _("exceptional"), any(each.exceptional for each in case.shown)),
            ("conflict", _("conflict"), any(each.in_conflict for each in case.shown)),
            ("error", _("errors: %(count)d") % {"count": errors}, errors),
            ("warning", _("warnings: %(count)d") % {"count": warnings}, warnings),
        ]
        shown = [(kind, words) for kind, words, is_so in marks if is_so]
        return format_html_join(" ", '<span class="mark mark-{}">{}</span>', shown) or "—"

    @admin.display(description=gettext_lazy("waiting since"), ordering="since")
    def waiting_since(self, case):
        """Return when the oldest of its open requests came to where it stands."""
        return short_moment(case.since)

    def get_urls(self):
        """Return the addresses of the list, and of what is done to a case."""
        inside = self.admin_site.admin_view
        return [
            path("begin/", inside(begin_view), name="corrections_case_begin"),
            path("hand-over/", inside(hand_over_all_view), name="corrections_case_hand_over_all"),
            path("<int:pk>/check/", inside(check_view), name="corrections_case_check"),
            path("<int:pk>/submit/", inside(submit_view), name="corrections_case_submit"),
            path("<int:pk>/report/", inside(report_view), name="corrections_case_report"),
            path("<int:pk>/reveal/", inside(reveal_view), name="corrections_case_reveal"),
            path("<int:pk>/withdraw/", inside(withdraw_view), name="corrections_case_withdraw"),
            path("<int:pk>/hand-over/", inside(hand_over_view), name="corrections_case_hand_over"),
            *super().get_urls(),
        ]

    def add_view(self, request, form_url="", extra_context=None):
        """Go to where cases are begun."""
        return HttpResponseRedirect(reverse("admin:corrections_case_begin"))

    def change_view(self, request, object_id, form_url="", extra_context=None):
        """Show a case, or save it."""
        return case_view(request, _key(object_id))


@admin.register(CorrectionRequest)
class CorrectionRequestAdmin(TableAdmin, OfficeAdmin):
    """Single requests: a list across cases; each leads to its case."""

    table_subject = "requests"

    list_display = (
        "case_reference",
        "student",
        "field_label",
        "state",
        "reason_label",
        "unit",
        "exceptional",
        "shown_since",
    )
    list_display_links = ("case_reference",)
    list_filter = (StateFilter, UnitFilter, FieldFilter, ExceptionalFilter)
    list_select_related = ("case", "record", "unit")
    ordering = ("-state_since", "-pk")
    search_hint = _HINT

    class Media:
        css = {"all": ("desk/cases.css",)}

    def search(self, rows, search):
        """Return the requests that *search* is for."""
        return requests_found(rows, search)

    def has_add_permission(self, request):
        """Tell that requests are made in cases."""
        return False

    @admin.display(description=gettext_lazy("since"), ordering="state_since")
    def shown_since(self, each):
        """Return when it came to where it stands."""
        return short_moment(each.state_since)

    @admin.display(description=gettext_lazy("case"), ordering="case")
    def case_reference(self, each):
        """Return what the case is called."""
        return each.case.reference

    @admin.display(description=gettext_lazy("student"), ordering="record__number")
    def student(self, each):
        """Return the student's name and number."""
        return f"{mask_text(each.record.name)} {each.record.shown_number}"

    @admin.display(description=gettext_lazy("field"), ordering="field")
    def field_label(self, each):
        """Return the field in words."""
        return say(each.case.rules.vocabulary.fields[each.field].label)

    @admin.display(description=gettext_lazy("reason"), ordering="reason")
    def reason_label(self, each):
        """Return the reason in words."""
        reason = each.case.rules.vocabulary.reasons.get(each.reason)
        return say(reason.label) if reason else "—"

    def change_view(self, request, object_id, form_url="", extra_context=None):
        """Go to the page of the request's case."""
        return _to_case(request, self.get_object(request, object_id))


@require_safe
def _to_case(request, each):
    address = reverse("admin:corrections_case_change", args=[each.case_id])
    return HttpResponseRedirect(f"{address}#request-{each.pk}")


def _key(object_id):
    if not object_id.isdecimal() or len(object_id) > 18:
        raise Http404(_("There is nothing here."))
    return int(object_id)
