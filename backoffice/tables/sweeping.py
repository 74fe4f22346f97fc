"""Sweeping: files and staged rows go when nobody needs them any longer."""

from datetime import timedelta

from django.utils import timezone

from backoffice.tables.models import ImportState, TableImport
from backoffice.tables.receiving import imports_storage

# How long an import waits to be confirmed, and its refused rows to be fetched.
UNDONE = timedelta(days=7)
DONE = timedelta(days=30)


def sweep(now=None):
    """Drop what was left undone, and forget the rows of what is done; returns how many."""
    now = now or timezone.now()
    undone = TableImport.objects.exclude(state__in=[ImportState.WRITTEN, ImportState.DROPPED])
    undone.filter(changed_at__lt=now - UNDONE).update(state=ImportState.DROPPED, changed_at=now)
    done = TableImport.objects.filter(state=ImportState.WRITTEN, changed_at__lt=now - DONE)
    swept = 0
    dropped = TableImport.objects.filter(state=ImportState.DROPPED)
    for table in [*dropped.exclude(stored=""), *done.exclude(stored="")]:
        swept += _forget(table)
    return swept


def _forget(table):
    table.staged.all().delete()
    imports_storage().delete(table.stored)
    table.stored = ""
    table.save(update_fields=["stored"])
    return 1
