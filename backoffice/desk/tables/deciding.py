"""What is done with an import: checked anew, written, dropped."""

import re

from django.contrib import messages
from django.http import HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from backoffice.desk.cases.sight import office_page
from backoffice.desk.jobs.following import follow
from backoffice.desk.tables.sight import table_in_sight
from backoffice.jobs.services import start
from backoffice.tables.confirming import drop
from backoffice.tables.models import Choice, ImportState
from backoffice.tables.receiving import TableRefusal, TableRefused
from backoffice.tables.sweeping import sweep
from correctionkit.masking import mask_text

_DIGEST = re.compile("[0-9a-f]{64}")


@require_POST
def check_view(request, pk):
    """Check the table anew."""
    table = table_in_sight(request, pk)
    if table.state in (ImportState.WRITTEN, ImportState.DROPPED):
        return _told(request, table, TableRefused(TableRefusal.STATE, state=_state(table)))
    return follow(request, _judging(request, table))


@require_POST
def write_view(request, pk):
    """Write what the preview showed, in the way that was chosen."""
    table = table_in_sight(request, pk)
    digest, choice = request.POST.get("digest", ""), request.POST.get("choice", "")
    if table.state != ImportState.JUDGED:
        return _told(request, table, TableRefused(TableRefusal.STATE, state=_state(table)))
    if choice not in Choice.values or not _DIGEST.fullmatch(digest) or digest != table.digest:
        return _told(request, table, TableRefused(TableRefusal.OUTDATED))
    if choice == Choice.ALL and table.refused:
        return _told(request, table, TableRefused(TableRefusal.FAULTY))
    job = start(
        "table-write", by=request.user, unit=table.unit, ref=table.ref,
        table=table.pk, digest=digest, choice=choice,
    )  # fmt: skip
    return follow(request, job)


@require_http_methods(["GET", "HEAD", "POST"])
def drop_view(request, pk):
    """Drop an import, once that was confirmed; nothing of it was written."""
    table = table_in_sight(request, pk)
    if request.method != "POST":
        context = {
            "title": _("Drop this table"),
            "table": table,
            "file_name": mask_text(table.received_as),
        }
        return office_page(request, "desk/tables/drop.html", context)
    try:
        drop(table.pk, by=request.user)
    except TableRefused as fault:
        return _told(request, table, fault)
    sweep()
    messages.success(request, _("Dropped. Nothing of this table was written."))
    return HttpResponseRedirect(reverse("tables:list"))


def _judging(request, table):
    return start("table-judge", by=request.user, unit=table.unit, ref=table.ref, table=table.pk)


def _state(table):
    return table.get_state_display()


def _told(request, table, fault):
    messages.error(request, fault.message)
    return HttpResponseRedirect(reverse("tables:table", args=[table.pk]))
