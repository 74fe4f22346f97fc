"""Request sheets: the list, and the page of each."""

from django.contrib import admin
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.core.exceptions import PermissionDenied
from django.db.models import Case, Count, IntegerField, Q, Value, When
from django.http import Http404
from django.shortcuts import render
from django.urls import path
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_POST

from backoffice.desk.filters import UnitFilter
from backoffice.desk.office_admin import OfficeAdmin
from backoffice.desk.printing.sheets import print_chosen
from backoffice.desk.refusing import is_lost, status_of
from backoffice.desk.sheets import acting, filing, scans
from backoffice.desk.sheets.filters import DayFilter, KindFilter
from backoffice.desk.sheets.page import kind_label, sheet_context
from backoffice.sheets.models import RequestSheet, SheetState
from backoffice.workflow.sheeting import close_overdue

_OVER = (SheetState.FILED, SheetState.VOID)


def _is_key(text):
    return text.isascii() and text.isdecimal() and len(text) < 19


# Who does something with sheets: their looking at them closes what is overdue.
_ACTING = tuple(f"sheets.{verb}_requestsheet" for verb in ("close", "sign", "file"))


@admin.register(RequestSheet)
class RequestSheetAdmin(OfficeAdmin):
    """Sheets change by what is done with them, never by hand.

    Who may act on them closes those whose day is over by looking at them.
    """

    list_display = (
        "number",
        "unit",
        "shown_kind",
        "day",
        "shown_lines",
        "state",
        "revision",
        "age",
    )
    list_display_links = ("number",)
    list_filter = ("state", KindFilter, DayFilter, UnitFilter)
    list_select_related = ("unit",)
    actions = (print_chosen,)
    change_list_template = "desk/sheets/change_list.html"

    def get_queryset(self, request):
        """Return the sheets in sight; today's open ones come first."""
        today = Q(state=SheetState.OPEN, day=timezone.localdate())
        return (
            super()
            .get_queryset(request)
            .annotate(
                place=Case(
                    When(today, then=Value(0)), default=Value(1), output_field=IntegerField()
                ),
                line_count=Count("lines", filter=Q(lines__removed_at=None)),
            )
        )

    def get_ordering(self, request):
        """Order by day, the latest first, below today's open sheets."""
        today = When(state=SheetState.OPEN, day=timezone.localdate(), then=Value(0))
        place = Case(today, default=Value(1), output_field=IntegerField())
        return (place.asc(), "-day", "unit__path", "kind")

    @admin.display(description=gettext_lazy("kind"), ordering="kind")
    def shown_kind(self, sheet):
        """Return what the policy calls the kind."""
        return kind_label(sheet)

    @admin.display(description=gettext_lazy("lines"), ordering="line_count")
    def shown_lines(self, sheet):
        """Return how many lines are on it."""
        return sheet.line_count

    @admin.display(description=gettext_lazy("waiting for"))
    def age(self, sheet):
        """Return for how many days it has waited since its own."""
        if sheet.state in _OVER:
            return "—"
        days = max((timezone.localdate() - sheet.day).days, 0)
        return ngettext("%(count)d day", "%(count)d days", days) % {"count": days}

    def has_add_permission(self, request):
        """Tell that none is added by hand."""
        return False

    def has_change_permission(self, request, obj=None):
        """Tell that none is changed by hand."""
        return False

    def has_print_permission(self, request):
        """Tell whether sheets may be printed."""
        return self.may(request, "print")

    def response_action(self, request, queryset):
        """Do what was chosen with the chosen sheets; keys that are no numbers are none of ours."""
        if not all(map(_is_key, request.POST.getlist(ACTION_CHECKBOX_NAME))):
            raise Http404(_("There is nothing here."))
        return super().response_action(request, queryset)

    def get_urls(self):
        """Return the addresses, those of what is done with sheets among them."""

        inside = self.admin_site.admin_view
        acts = [
            ("close/", "close", acting.close),
            ("sign/", "sign", acting.sign),
            ("file/", "file", filing.file),
            ("reveal/", "reveal", acting.reveal),
            ("lines/<int:request_pk>/send-back/", "send_back", acting.send_line_back),
        ]
        # Cacheable in Django's words: these answers say themselves that they are not stored.
        looks = [
            ("page/<int:number>", "scan", inside(scans.scan_page, cacheable=True)),
            ("original", "original", inside(scans.scan_original, cacheable=True)),
        ]
        name = "sheets_requestsheet_"
        return [
            path("find/", inside(require_POST(self.find_view)), name=f"{name}find"),
            *(
                path(f"<int:pk>/{place}", inside(self._on_sheet(act)), name=name + word)
                for place, word, act in acts
            ),
            *(
                path(f"scans/<int:pk>/{place}", look, name=name + word)
                for place, word, look in looks
            ),
            *super().get_urls(),
        ]

    def changelist_view(self, request, extra_context=None):
        """Show the list, with the sheets of days that are over closed."""
        _close_overdue_of(request.user)
        return super().changelist_view(request, extra_context)

    def changeform_view(self, request, object_id=None, form_url="", extra_context=None):
        """Show a sheet; there is nothing to save."""
        if object_id is None or request.method not in ("GET", "HEAD"):
            raise PermissionDenied
        _close_overdue_of(request.user)
        return self.page(request, self.get_object(request, object_id))

    def find_view(self, request):
        """Go to the sheet whose code or number was typed."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        return acting.find(self, request)

    def find_page(self, request, *, typed, fault):
        """Ask for the code again, with what was typed and what is wrong with it."""
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "title": _("Find a sheet"),
            "typed": typed,
            "fault": fault,
        }
        return render(request, "desk/sheets/find.html", context, status=400)

    def page(self, request, sheet, *, status=200, revealed=False, filing=None, **more):
        """Show a sheet, with what is being asked or went wrong in *more*."""
        if not self.has_view_permission(request, sheet):
            raise PermissionDenied
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            **sheet_context(request, sheet, revealed=revealed, filing=filing),
            **more,
        }
        return render(request, "desk/sheets/sheet.html", context, status=status)

    def told(self, request, sheet, refused):
        """Show a sheet as it is now, and why nothing was done with it."""
        now = self.get_object(request, str(sheet.pk))
        more = {"refused": refused.message}
        if is_lost(refused):
            more["hint"] = _("This is the sheet as it is now. Nothing was changed by you.")
        return self.page(request, now, status=status_of(refused), **more)

    def _on_sheet(self, act):
        def view(request, pk, **place):
            sheet = self.get_object(request, str(pk))
            if not self.has_view_permission(request, sheet):
                raise PermissionDenied
            return act(self, request, sheet, **place)

        return require_POST(view)


def _close_overdue_of(account):
    paths = {path for permission in _ACTING for path in account.standing_for(permission)}
    if paths:
        close_overdue(sheets=RequestSheet.objects.below(paths))
