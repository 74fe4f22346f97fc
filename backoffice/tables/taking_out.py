"""Taking tables out: rows of a resource as a workbook or CSV, logged with their number."""

import hashlib
import json
import tempfile
import uuid
from datetime import timedelta

from django.core.files.base import File
from django.utils import timezone

from backoffice.audit.acts import Act
from backoffice.audit.log import chain_of, office_transaction
from backoffice.tables.exports import ExportForm, TableExport
from backoffice.tables.receiving import imports_storage
from backoffice.tables.subjects import resource_to_take_out
from correctionkit.packages.tables.row_writing import write_rows
from correctionkit.packages.tables.writing import write_csv

# As many rows a page writes while somebody waits; more are the worker's.
MOST_AT_ONCE = 5_000
KEPT = timedelta(days=1)
_SUFFIX = ".export"


class NothingToTakeOut(Exception):
    """The account may take out such tables no longer, or never might."""


def ask_export(subject, keys, *, by, form=ExportForm.XLSX, whole_numbers=False, purpose=""):
    """Keep what somebody asks to take out, and return it, not written yet.

    *purpose* is the digest of why whole numbers are wanted.  Raises NothingToTakeOut.
    """
    resource, unit = resource_to_take_out(subject, by)
    if resource is None:
        raise NothingToTakeOut
    sweep_exports()
    return TableExport.objects.create(
        subject=subject, unit=unit, account=by, form=form, whole_numbers=whole_numbers,
        purpose=purpose, keys=json.dumps(list(keys), separators=(",", ":")), rows=len(keys),
    )  # fmt: skip


def write_export(export, progress=None):
    """Write what was asked for and keep it for a day; returns the export.

    What is written already stays as it is.  Raises NothingToTakeOut where the right is gone.
    """
    if export.stored:
        return export
    with tempfile.TemporaryFile() as file:
        rows = write_table(export, file, progress)
        digest = _digest(file)
        stored = imports_storage().save(f"{uuid.uuid4().hex}{_SUFFIX}", File(file))
    try:
        with office_transaction(export.account) as log:
            export.stored, export.sha256, export.rows = stored, digest, rows
            export.save(update_fields=["stored", "sha256", "rows"])
            log.add(
                Act.EXPORT,
                chain=chain_of(export.unit_id),
                ref=export.ref,
                digest=digest,
                kind=export.subject,
                form=export.form,
                rows=rows,
                whole=export.whole_numbers,
                purpose=export.purpose,
            )
    except BaseException:
        imports_storage().delete(stored)
        raise
    return export


def write_table(export, file, progress=None):
    """Write the rows of an export that its account may take out by now; returns how many."""
    resource, _unit = resource_to_take_out(export.subject, export.account)
    if resource is None:
        raise NothingToTakeOut
    resource.gives_whole_numbers = export.whole_numbers
    counted = _Counted(resource.export_rows(export.key_list), progress)
    headings = resource.export_headings()
    if export.form == ExportForm.CSV:
        write_csv(file, headings, counted)
    else:
        write_rows(file, str(resource.label), headings, counted)
    return counted.done


def sweep_exports(now=None):
    """Forget what was taken out more than a day ago, and files of none; returns how many."""
    now = now or timezone.now()
    storage = imports_storage()
    old = TableExport.objects.filter(asked_at__lt=now - KEPT)
    for stored in old.exclude(stored="").values_list("stored", flat=True):
        storage.delete(stored)
    count, _each = old.delete()
    known = set(TableExport.objects.values_list("stored", flat=True))
    for name in _files(storage):
        if name not in known and storage.get_modified_time(name) < now - KEPT:
            storage.delete(name)
            count += 1
    return count


class _Counted:
    """Passes rows on, counting them."""

    def __init__(self, rows, progress):
        self._rows = rows
        self._progress = progress
        self.done = 0

    def __iter__(self):
        for row in self._rows:
            yield row
            self.done += 1
            if self._progress:
                self._progress(self.done)


def _files(storage):
    try:
        _folders, names = storage.listdir("")
    except FileNotFoundError:
        return []
    return [name for name in names if name.endswith(_SUFFIX)]


def _digest(file):
    digest = hashlib.sha256()
    file.seek(0)
    while block := file.read(1 << 20):
        digest.update(block)
    file.seek(0)
    return digest.hexdigest()
