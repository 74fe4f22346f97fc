"""Judging a table: phase by phase, in one pass over the file, staged in short transactions.

A row that fails a phase is kept out of the next; the others go on, so that whatever is wrong
anywhere is told at once.  Repeating it gives the same, whatever an earlier run left behind.
"""

from django.db import transaction
from django.utils import timezone

from backoffice.kept_findings import to_json
from backoffice.tables.bulk import seldom_collecting
from backoffice.tables.models import ImportState, TableImport, Verdict
from backoffice.tables.receiving import TableRefusal, TableRefused, table_file
from backoffice.tables.row_digest import digest_of
from backoffice.tables.rows import WrittenRow
from backoffice.tables.staging import CHUNK, WRITTEN, Staging
from backoffice.tables.subjects import resource_for
from correctionkit.catalog import table_codes
from correctionkit.findings import Location
from correctionkit.packages.tables.faults import TableUnreadable
from correctionkit.packages.tables.streamed import open_table
from correctionkit.terms import Severity

_BEFORE_JUDGING = (
    ImportState.UPLOADED,
    ImportState.JUDGING,
    ImportState.REFUSED,
    ImportState.JUDGED,
)


def judge(pk, *, progress=None):
    """Judge the table of an import and stage what each row would do; returns the import.

    *progress* is called with how many rows are judged so far.  Raises TableRefused for an
    import that is done with.
    """
    table = _begin(pk)
    resource = resource_for(table.subject, table.account, table.unit, timezone.localdate())
    resource.as_it_stands = table.as_it_stands
    staging = Staging(table, resource, progress)
    try:
        with (
            seldom_collecting(),
            table_file(table) as path,
            open_table(path, table.received_as, resource.bounds) as file,
        ):
            if resource.reads_whole_file:
                rows, findings = resource.read_file(file, table.columns)
                staging.take_rows(rows)
            else:
                findings = staging.take(file)
    except TableUnreadable as fault:
        where = Location(table=table.received_as)
        findings = [table_codes.TABLE_UNREADABLE.at(where, fault=fault.fault, **fault.params)]
        return _finish(table, resource, findings, readable=False)
    except FileNotFoundError as fault:
        raise TableRefused(TableRefusal.STATE, state=ImportState.DROPPED.label) from fault
    readable = not any(each.severity is Severity.ERROR for each in findings)
    if readable:
        # What is refused afterwards was taken into the digest: it is made anew then.
        refused = staging.refuse_repeated()
        table.key_changes = staging.key_changes
        table.digest = digest_of(to_write(table)) if refused else staging.digest.hexdigest()
    return _finish(table, resource, findings, readable=readable)


def to_write(table):
    """Return the staged rows that would be written, in the order of the file, a few at a time."""
    rows = table.staged.filter(verdict__in=WRITTEN).order_by("position")
    columns = rows.values_list(*WrittenRow._fields)
    return map(WrittenRow._make, columns.iterator(chunk_size=CHUNK))


def _begin(pk):
    with transaction.atomic():
        table = TableImport.objects.filter(pk=pk).held().get()
        if table.state not in _BEFORE_JUDGING:
            raise TableRefused(TableRefusal.STATE, state=table.get_state_display())
        table.state, table.changed_at = ImportState.JUDGING, timezone.now()
        table.save(update_fields=["state", "changed_at"])
    table.staged.all().delete()
    return TableImport.objects.select_related("unit", "account__person").get(pk=pk)


def _finish(table, resource, findings, *, readable):
    counts = dict.fromkeys(Verdict.values, 0)
    if readable:
        for verdict in Verdict.values:
            counts[verdict] = table.staged.filter(verdict=verdict).count()
    table.state = ImportState.JUDGED if readable else ImportState.REFUSED
    table.policy = resource.rules.heading.id
    table.findings = to_json(findings)
    table.rows = sum(counts.values())
    table.new, table.changed = counts[Verdict.NEW], counts[Verdict.CHANGED]
    table.same, table.refused = counts[Verdict.SAME], counts[Verdict.REFUSED]
    if not readable:
        table.digest = ""
    table.changed_at = timezone.now()
    table.save()
    return table
