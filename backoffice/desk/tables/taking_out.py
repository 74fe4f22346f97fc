"""Taking out what a list shows, by its filters and search; ID numbers masked unless asked."""

from django.contrib.admin.options import IncorrectLookupParameters
from django.core.exceptions import PermissionDenied
from django.http import FileResponse, Http404, HttpResponseRedirect
from django.urls import path, reverse
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from backoffice.desk.cases.sight import office_page
from backoffice.desk.jobs.following import follow
from backoffice.desk.purpose import may_reveal, needs_purpose, state_purpose, stated_purpose
from backoffice.desk.tables.forms import TakeOutForm
from backoffice.desk.tables.sight import subjects_of
from backoffice.jobs.services import start
from backoffice.tables.exports import ExportForm, TableExport
from backoffice.tables.receiving import imports_storage
from backoffice.tables.subjects import resource_class, resource_to_take_out
from backoffice.tables.taking_out import MOST_AT_ONCE, ask_export, write_export

_TYPES = {
    ExportForm.XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ExportForm.CSV: "text/csv; charset=utf-8",
}


class TableAdmin:
    """Mixin of an OfficeAdmin: tables of *table_subject* come in and go out by its list.

    What goes out is what the list shows, by keys; the resource looks at each row's unit again.
    """

    table_subject = ""
    change_list_template = "desk/tables/change_list.html"

    def get_urls(self):
        """Return the addresses, that of taking out among them."""
        name = f"{self.opts.app_label}_{self.opts.model_name}_take_out"
        view = self.admin_site.admin_view(self.take_out_view)
        return [path("take-out/", view, name=name), *super().get_urls()]

    def changelist_view(self, request, extra_context=None):
        """Show the list, with the ways in and out that the account has."""
        may_take_out = request.user.has_perm(resource_class(self.table_subject).export_right)
        ways = {
            "bring_in": way_in(request, self.table_subject),
            "take_out": f"take-out/?{request.GET.urlencode()}" if may_take_out else "",
        }
        return super().changelist_view(request, {**ways, **(extra_context or {})})

    @method_decorator(require_http_methods(["GET", "HEAD", "POST"]))
    def take_out_view(self, request):
        """Ask how the rows of the list are to go out, and give them."""
        resource, _unit = resource_to_take_out(self.table_subject, request.user)
        if resource is None or not self.has_view_permission(request):
            raise PermissionDenied
        try:
            rows = self.get_changelist_instance(request).queryset
        except IncorrectLookupParameters:
            # Filters that the list itself does not take.
            return HttpResponseRedirect("../?e=1")
        return take_out(request, resource, list(rows.values_list("pk", flat=True)), self.opts)


def way_in(request, subject):
    """Return the address where a table of a subject is brought in, nothing without the right."""
    is_open = resource_class(subject) in subjects_of(request.user)
    return reverse("tables:new", args=[subject]) if is_open else ""


def take_out(request, resource, keys, opts):
    """Answer for one list, given by the keys of its rows: ask, or give what was asked for."""
    count = len(keys)
    asks = {
        "may_see_whole": resource.has_numbers and may_reveal(request.user, None),
        "needs_purpose": needs_purpose(request.user, None) and not stated_purpose(request),
    }
    form, status = TakeOutForm(**asks), 200
    if request.method == "POST" and count:
        form = TakeOutForm(request.POST, **asks)
        if form.is_valid():
            return _given(request, resource, keys, form.cleaned_data)
        status = 400
    context = {
        "title": _("Take out: %(subject)s") % {"subject": resource.label},
        "opts": opts,
        "count": count,
        "form": form,
        "address": request.get_full_path(),
        "list_address": f"../?{request.GET.urlencode()}",
        "is_long": count > MOST_AT_ONCE,
    }
    return office_page(request, "desk/tables/take_out.html", context, status)


def _given(request, resource, keys, asked):
    purpose = ""
    if asked["whole_numbers"] and needs_purpose(request.user, None):
        purpose = stated_purpose(request) or state_purpose(request, asked["purpose"])
    export = ask_export(
        resource.subject,
        keys,
        by=request.user,
        form=asked["form"],
        whole_numbers=asked["whole_numbers"],
        purpose=purpose,
    )
    if export.rows > MOST_AT_ONCE:
        job = start(
            "table-export", by=request.user, unit=export.unit, ref=export.ref, export=export.pk
        )
        return follow(request, job)
    return _file(write_export(export))


@require_safe
def exported_view(request, pk):
    """Say that a long table is ready, for as long as it is kept."""
    export = _own(request, pk)
    label = resource_class(export.subject).label
    context = {
        "title": _("Take out: %(subject)s") % {"subject": label},
        "export": export,
    }
    return office_page(request, "desk/tables/exported.html", context)


@require_safe
def exported_file_view(request, pk):
    """Give a table that a worker wrote to whoever asked for it."""
    export = _own(request, pk)
    if not export.stored:
        raise Http404(_("There is nothing here."))
    return _file(export)


def _own(request, pk):
    rows = TableExport.objects.of(request.user).select_related("unit")
    export = rows.filter(pk=pk).first()
    resource = export and resource_to_take_out(export.subject, request.user)[0]
    if not resource:
        raise Http404(_("There is nothing here."))
    return export


def _file(export):
    try:
        file = imports_storage().open(export.stored)
    except FileNotFoundError as fault:
        raise Http404(_("There is nothing here.")) from fault
    day = timezone.localdate(export.asked_at)
    label = resource_class(export.subject).label
    name = f"{label} {day:%Y-%m-%d}.{export.form}"
    response = FileResponse(
        file, as_attachment=True, filename=name, content_type=_TYPES[export.form]
    )
    response["Cache-Control"] = "no-store, private"
    response["X-Content-Type-Options"] = "nosniff"
    return response
