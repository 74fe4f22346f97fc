"""Confirming: what was previewed is written, all of it in one transaction, or nothing."""

from django.db import IntegrityError
from django.utils import timezone

from backoffice.audit.log import chain_of, office_transaction
from backoffice.tables.bulk import room_for_many
from backoffice.tables.judging import to_write
from backoffice.tables.models import Choice, ImportState, TableImport
from backoffice.tables.receiving import TableRefusal, TableRefused
from backoffice.tables.row_digest import RowDigest
from backoffice.tables.staging import CHUNK
from backoffice.tables.subjects import resource_for


class Outdated(Exception):
    """A row that was to be written is no longer as it was when it was compared."""


def confirm(pk, *, digest, choice, by, work=None):
    """Write what an import's preview showed, and return the import.

    *digest* is that of the preview, *work* the job that does it, if one does.  Once written,
    the same again changes nothing.  Raises TableRefused: the caller judges anew and asks again
    where it says OUTDATED.
    """
    try:
        with room_for_many(), office_transaction(by) as log:
            if work:
                work.hold()
            return _confirm(pk, digest, choice, by, log, work)
    except (Outdated, IntegrityError) as fault:
        # Somebody else has written what would have been new: all that is left is to compare anew.
        raise TableRefused(TableRefusal.OUTDATED) from fault


def drop(pk, *, by):
    """Drop an import that was not written, with what is staged of it."""
    with office_transaction(by):
        table = TableImport.objects.filter(pk=pk).held().get()
        if table.state == ImportState.WRITTEN:
            raise TableRefused(TableRefusal.STATE, state=table.get_state_display())
        table.state, table.changed_at = ImportState.DROPPED, timezone.now()
        table.save(update_fields=["state", "changed_at"])
        table.staged.all().delete()
    return table


def _confirm(pk, digest, choice, by, log, work):
    table = TableImport.objects.filter(pk=pk).held().select_related("unit").get()
    if table.state == ImportState.WRITTEN and table.digest == digest:
        return table
    if table.state != ImportState.JUDGED:
        raise TableRefused(TableRefusal.STATE, state=table.get_state_display())
    if table.digest != digest:
        raise TableRefused(TableRefusal.OUTDATED)
    if choice == Choice.ALL and table.refused:
        raise TableRefused(TableRefusal.FAULTY)
    if not table.to_write:
        raise TableRefused(TableRefusal.NOTHING)
    resource = resource_for(table.subject, by, table.unit, timezone.localdate())
    if not by.has_perm(resource.import_right, table.unit):
        raise TableRefused(TableRefusal.NOT_PERMITTED)
    if _write(table, resource, log, work) != digest:
        raise Outdated
    table.state, table.choice = ImportState.WRITTEN, choice
    table.written_at = table.changed_at = timezone.now()
    table.save()
    log.add(
        resource.import_act,
        chain=chain_of(table.unit_id),
        ref=table.ref,
        digest=digest,
        subject=table.subject,
        file=table.sha256,
        new=table.new,
        changed=table.changed,
        same=table.same,
        refused=table.refused,
    )
    return table


def _write(table, resource, log, work):
    """Write the staged rows, a few at a time; returns the digest of what was written."""
    running, chunk, done = RowDigest(), [], 0
    for row in to_write(table):
        running.add_row(row)
        chunk.append(row)
        if len(chunk) == CHUNK:
            resource.write(chunk, log, table)
            done, chunk = done + len(chunk), []
            if work:
                work.progress(done, table.to_write, stage="write")
    if chunk:
        resource.write(chunk, log, table)
    return running.hexdigest()
