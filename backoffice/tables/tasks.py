"""Long work on tables: judging and writing, by the worker."""

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from backoffice.jobs.registry import hourly, job_kind
from backoffice.jobs.work import JobFailed
from backoffice.tables import confirming, judging
from backoffice.tables.models import TableExport, TableImport
from backoffice.tables.receiving import TableRefusal, TableRefused
from backoffice.tables.sweeping import sweep
from backoffice.tables.taking_out import NothingToTakeOut, sweep_exports, write_export

hourly(sweep)
hourly(sweep_exports)

_STAGES = {"rows": _("Rows checked"), "write": _("Rows written")}


def _page(job):
    return reverse("tables:table", args=[job.parameters["table"]])


@job_kind(
    "table-judge",
    label=_("Check a table"),
    page=_page,
    stages=_STAGES,
    failures={each.value: each.label for each in TableRefusal},
)
def judge_table(work, *, table):
    """Judge a table that was uploaded, once what nobody needs any longer is gone."""
    sweep()
    try:
        judged = judging.judge(table, progress=lambda done: work.progress(done, stage="rows"))
    except TableRefused as fault:
        raise JobFailed(fault.refusal.value) from fault
    return {
        "rows": judged.rows,
        "new": judged.new,
        "changed": judged.changed,
        "refused": judged.refused,
    }


@job_kind(
    "table-write",
    label=_("Write a table"),
    page=_page,
    stages=_STAGES,
    failures={each.value: each.label for each in TableRefusal},
)
def write_table(work, *, table, digest, choice):
    """Write what was confirmed; what is outdated is judged anew, to be confirmed again."""
    try:
        written = confirming.confirm(
            table, digest=digest, choice=choice, by=work.account, work=work
        )
    except TableRefused as fault:
        if fault.refusal is TableRefusal.OUTDATED and _lies_open(table, digest):
            judging.judge(table, progress=lambda done: work.progress(done, stage="rows"))
        raise JobFailed(fault.refusal.value) from fault
    return {"new": written.new, "changed": written.changed}


def _export_page(job):
    return reverse("tables:exported", args=[job.parameters["export"]])


@job_kind(
    "table-export",
    label=_("Write a table to take out"),
    page=_export_page,
    stages={"take-out": _("Rows written")},
    failures={"not-permitted": _("You may take out such tables no longer.")},
)
def export_table(work, *, export):
    """Write a table that is too long to wait for."""
    asked = TableExport.objects.select_related("account__person", "unit").get(pk=export)
    total = asked.rows
    try:
        written = write_export(asked, lambda done: work.progress(done, total, stage="take-out"))
    except NothingToTakeOut as fault:
        raise JobFailed("not-permitted") from fault
    return {"rows": written.rows}


def _lies_open(pk, digest):
    """Tell whether the preview that was confirmed is still the one that is shown."""
    return TableImport.objects.filter(pk=pk, digest=digest).exists()
