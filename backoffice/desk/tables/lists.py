"""Tables that came in: the list of one's own, and the way in for another."""

from io import BytesIO

from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from backoffice.desk.cases.sight import office_page
from backoffice.desk.jobs.following import follow
from backoffice.desk.tables.forms import TableUploadForm
from backoffice.desk.tables.sight import resource_in_reach, subjects_of
from backoffice.jobs.services import start
from backoffice.tables.models import TableImport
from backoffice.tables.receiving import TableRefused, receive_table
from backoffice.tables.subjects import resource_for, resources
from backoffice.units.models import Unit
from correctionkit.masking import mask_text
from correctionkit.packages.tables.templates import write_template

_PER_PAGE = 50
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@require_safe
def list_view(request):
    """Show what the account brought in, the newest first."""
    subjects = subjects_of(request.user)
    if not subjects:
        raise PermissionDenied
    labels = {subject: each.label for subject, each in resources().items()}
    tables = TableImport.objects.of(request.user).select_related("unit")
    page = Paginator(tables, _PER_PAGE).get_page(request.GET.get("p"))
    context = {
        "title": _("Tables brought in"),
        "at_list": True,
        "subjects": [(each.subject, each.label) for each in subjects],
        "page": page,
        "tables": [
            (each, labels.get(each.subject, each.subject), mask_text(each.received_as))
            for each in page.object_list
        ],
    }
    return office_page(request, "desk/tables/list.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def new_view(request, subject):
    """Take a table, and go to the job that checks it."""
    resource = _resource(request, subject)
    form, status = TableUploadForm(request.user, resource), 200
    if request.method == "POST":
        form = TableUploadForm(request.user, resource, request.POST, request.FILES)
        if form.is_valid() and (job := _begin(form, subject, request.user)):
            return follow(request, job)
        status = 400
    context = {
        "title": _("Bring in: %(subject)s") % {"subject": resource.label},
        "subject": subject,
        "columns": resource.columns_told(),
        "blanks": [(place, each.name) for place, each in enumerate(resource.blank_tables())],
        "form": form,
        "address": reverse("tables:new", args=[subject]),
    }
    return office_page(request, "desk/tables/new.html", context, status)


@require_safe
def blank_view(request, subject, number):
    """Give a blank table to fill in."""
    resource = _resource(request, subject)
    blanks = resource.blank_tables()
    if number >= len(blanks):
        raise Http404(_("There is nothing here."))
    target = BytesIO()
    write_template(target, blanks[number])
    response = HttpResponse(target.getvalue(), content_type=XLSX)
    response["Content-Disposition"] = content_disposition_header(
        True, f"{blanks[number].name}.xlsx"
    )
    return response


def _resource(request, subject):
    """Return the resource by which the account brings in, for its highest unit."""
    kind = resource_in_reach(request, subject)
    unit = Unit.objects.visible_to(request.user, kind.import_right).order_by("path").first()
    return resource_for(subject, request.user, unit, timezone.localdate())


def _begin(form, subject, account):
    file, unit = form.cleaned_data["file"], form.cleaned_data["unit"]
    try:
        table = receive_table(
            file,
            file.name,
            subject,
            by=account,
            unit=unit,
            as_it_stands=form.cleaned_data.get("as_it_stands", False),
        )
    except TableRefused as fault:
        form.add_error("file", fault.message)
        return None
    return start("table-judge", by=account, unit=unit, ref=table.ref, table=table.pk)
