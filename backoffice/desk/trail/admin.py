"""The audit trail: read by auditors, and by nobody without leaving an entry."""

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.db.models import Q
from django.http import StreamingHttpResponse
from django.shortcuts import render
from django.urls import path
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from backoffice.audit.acts import Act
from backoffice.audit.facts import checked_facts
from backoffice.audit.links import is_whole
from backoffice.audit.log import OFFICE, note
from backoffice.audit.models import AuditEntry
from backoffice.audit.sign_ins import name_digest
from backoffice.desk.history import shown_entries
from backoffice.desk.listing import OfficeChangeList
from backoffice.desk.office_admin import OfficeAdmin
from backoffice.desk.trail.export import lines_of
from backoffice.desk.trail.filters import AccountFilter, ActFilter, DayFilter
from backoffice.units.models import Account, Unit


class TrailList(OfficeChangeList):
    """A page of entries, with the people in them named."""

    def get_results(self, request):
        """Take the page, and name who is in it with one query for all."""
        super().get_results(request)
        self.result_list = list(self.result_list)
        for entry, shown in zip(self.result_list, shown_entries(self.result_list), strict=True):
            entry.shown = shown


@admin.register(AuditEntry)
class AuditEntryAdmin(OfficeAdmin):
    """Entries of the chains of units in sight, and of the office's own."""

    list_display = ("at", "act_label", "who", "place", "ref", "sequence")
    list_display_links = ("at", "act_label")
    list_filter = (DayFilter, ActFilter, AccountFilter)
    ordering = ("-at", "-pk")
    sortable_by = ("at",)
    search_hint = _("User name or person's name, whole; or what it is about, as in unit:12.")
    finds_students = False
    change_list_template = "desk/trail/change_list.html"

    @admin.display(description=_("act"))
    def act_label(self, entry):
        """Return the act in words."""
        return entry.label

    @admin.display(description=_("who"))
    def who(self, entry):
        """Return the person and the account."""
        shown = entry.shown
        return f"{shown.person} ({shown.account})" if shown.account else shown.person

    @admin.display(description=_("unit"))
    def place(self, entry):
        """Return the unit whose chain it is in."""
        return entry.shown.place

    def in_sight(self, rows, account):
        """Return the entries of the chains in sight."""
        paths = account.standing_for("audit.view_auditentry")
        if not paths:
            return rows.none()
        units = Unit.objects.below(paths)
        if units.count() == Unit.objects.count():
            return rows
        chains = [f"unit-{pk}" for pk in units.values_list("pk", flat=True)]
        return rows.filter(chain__in=[OFFICE, *chains])

    def search(self, rows, search):
        """Return the entries of that account or person, failed sign-ins too, or about that."""
        text = search.text
        accounts = Account.objects.filter(Q(username=text) | Q(person__name=text))
        return rows.filter(
            Q(ref=text)
            | Q(account_id__in=accounts.values("pk"))
            | Q(digest=name_digest(text), act=Act.SIGN_IN_FAILED)
        )

    def has_add_permission(self, request):
        """Tell that entries are appended by what is done, never by hand."""
        return False

    def has_change_permission(self, request, obj=None):
        """Tell that entries are never changed."""
        return False

    def get_changelist(self, request, **kwargs):
        """Return the kind of list."""
        return TrailList

    def changelist_view(self, request, extra_context=None):
        """Show the list, and log that it was read."""
        may_export = request.user.has_perm("audit.export_auditentry")
        answer = super().changelist_view(request, {"may_export": may_export})
        if "cl" in (getattr(answer, "context_data", None) or {}):
            self._log(request, Act.AUDIT_READ)
        return answer

    def changeform_view(self, request, object_id=None, form_url="", extra_context=None):
        """Show an entry, and log that it was read."""
        if object_id is None or request.method not in ("GET", "HEAD"):
            raise PermissionDenied
        entry = self.get_object(request, object_id)
        note(Act.AUDIT_READ, by=request.user, chain=OFFICE, ref=f"auditentry:{entry.pk}")
        context = {
            **self.admin_site.each_context(request),
            "title": entry.label,
            "opts": self.opts,
            "entry": entry,
            "shown": shown_entries([entry])[0],
            "is_whole": is_whole(entry),
        }
        return render(request, "desk/trail/entry.html", context)

    def history_view(self, request, object_id, extra_context=None):
        """Show the entry itself: it has no other history."""
        return self.changeform_view(request, object_id)

    def get_urls(self):
        """Return the addresses, that of the export among them."""
        view = self.admin_site.admin_view(self.export_view)
        return [path("export/", view, name="audit_auditentry_export"), *super().get_urls()]

    @method_decorator(require_POST)
    def export_view(self, request):
        """Send the entries that the list's address stands for as CSV, and log that."""
        self.ask(request, "audit.export_auditentry")
        self.ask(request, "audit.view_auditentry")
        rows = self.get_changelist_instance(request).queryset
        # What is exported ends before the entry that says so.
        last = AuditEntry.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
        rows = rows.filter(pk__lte=last).order_by("chain", "sequence")
        self._log(request, Act.AUDIT_EXPORT, entries=rows.count())
        answer = StreamingHttpResponse(lines_of(rows), content_type="text/csv; charset=utf-8")
        name = f"audit-{timezone.localdate():%Y%m%d}.csv"
        answer["Content-Disposition"] = f'attachment; filename="{name}"'
        return answer

    def _log(self, request, act, **facts):
        for name in ("act", "day", "account"):
            if value := request.GET.get(name):
                facts[f"of_{name}"] = value
        try:
            checked_facts(facts)
        except ValueError:
            # An address can carry anything: what is no fact is not kept.
            facts = {"odd_address": True}
        note(act, by=request.user, chain=OFFICE, ref="", searched="s" in request.GET, **facts)
