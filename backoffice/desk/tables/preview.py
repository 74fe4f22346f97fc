"""What a table would do, row by row, before anything is written; and what it did."""

import json
from dataclasses import dataclass

from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from backoffice.audit.acts import Act
from backoffice.audit.log import chain_of, note
from backoffice.desk.cases.sight import office_page
from backoffice.desk.findings import worded
from backoffice.desk.tables.sight import job_under_way, resource_of, table_in_sight
from backoffice.kept_findings import from_json
from backoffice.tables.models import ImportState, StagedRow, Verdict
from backoffice.tables.returning import returned_workbook
from correctionkit.masking import mask_text

_PER_PAGE = 50
_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_REMARKED = "remarked"


@dataclass(frozen=True, slots=True)
class ShownRow:
    """One row of the preview: what it is about, what changes, what was found."""

    row: StagedRow
    subject: str
    changes: list
    facts: list
    findings: list
    is_key: bool


@require_safe
def table_view(request, pk):
    """Show an import: what it would do, what is wrong with it, and what can be done."""
    table = table_in_sight(request, pk)
    resource = resource_of(table, request.user)
    shown = request.GET.get("show", "")
    rows = table.staged.all()
    if shown in Verdict.values:
        rows = rows.filter(verdict=shown)
    elif shown == _REMARKED:
        rows = rows.filter(remarked=True)
    else:
        shown = ""
    page = Paginator(rows, _PER_PAGE).get_page(request.GET.get("p"))
    context = {
        "title": _("%(subject)s: table brought in") % {"subject": resource.label},
        "table": table,
        "resource": resource,
        "file_name": mask_text(table.received_as),
        "job": job_under_way(table),
        "faults": worded(from_json(table.findings), resource.rules),
        "tabs": _tabs(table),
        "show": shown,
        "page": page,
        "rows": _shown(list(page.object_list), resource),
        "is_open": table.state not in (ImportState.WRITTEN, ImportState.DROPPED),
        "has_file": bool(table.stored),
    }
    return office_page(request, "desk/tables/table.html", context)


@require_safe
def refused_view(request, pk):
    """Give the refused rows back as a workbook, each with what to mend."""
    table = table_in_sight(request, pk)
    if not table.refused or not table.stored:
        raise Http404(_("There is nothing here."))
    try:
        content = returned_workbook(table, resource_of(table, request.user))
    except FileNotFoundError as fault:
        raise Http404(_("There is nothing here.")) from fault
    if request.method == "GET":
        note(
            Act.EXPORT,
            by=request.user,
            chain=chain_of(table.unit_id),
            ref=table.ref,
            kind="refused-rows",
            rows=table.refused,
        )
    response = HttpResponse(content, content_type=_XLSX)
    name = _("Rows to mend %(number)d.xlsx") % {"number": table.pk}
    response["Content-Disposition"] = content_disposition_header(True, name)
    response["Cache-Control"] = "no-store, private"
    return response


def _tabs(table):
    tabs = [("", _("All"), table.rows)]
    tabs += [(each.value, each.label, getattr(table, each.value)) for each in Verdict]
    tabs.append((_REMARKED, _("With remarks"), table.staged.filter(remarked=True).count()))
    return [tab for tab in tabs if tab[2] or not tab[0]]


def _shown(rows, resource):
    labels = resource.row_labels(rows)
    return [
        ShownRow(
            row,
            labels[row.position],
            _changes(row, resource),
            list(resource.row_facts(json.loads(row.values))) if row.verdict == Verdict.NEW else [],
            worded(from_json(row.findings), resource.rules) if row.remarked else [],
            row.verdict == Verdict.CHANGED and resource.changes_keys(json.loads(row.changes)),
        )
        for row in rows
    ]


def _changes(row, resource):
    return [
        (resource.heading(column), resource.shown(column, old), resource.shown(column, new))
        for column, old, new in json.loads(row.changes)
    ]
