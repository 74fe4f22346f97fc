"""Receiving of tables: kept in a private folder under a made-up name until they are done."""

import hashlib
import tempfile
import uuid
from contextlib import contextmanager
from pathlib import Path

from django.core.files.base import File
from django.core.files.storage import storages
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from backoffice.storage.names import plain_name
from backoffice.tables.models import KnownColumns, TableImport
from backoffice.tables.subjects import resource_class

LARGEST = 64 * 1024**2
_BLOCK = 1 << 20


class TableRefusal(models.TextChoices):
    """Why a table is not taken."""

    NOT_PERMITTED = "not-permitted", _("You may not bring in such tables for this unit.")
    TOO_LARGE = "too-large", _("The file has more than %(most)d MB. Split the table.")
    EMPTY = "empty", _("The file is empty.")
    STATE = "state", _("This import is %(state)s: nothing can be done with it any more.")
    OUTDATED = "outdated", _("Rows have changed since they were compared. Look at them again.")
    FAULTY = "faulty", _("Some rows are refused, and all rows or none were asked for.")
    NOTHING = "nothing", _("There is nothing to write: every row is as it is, or refused.")


class TableRefused(Exception):
    """A table, or what was to be done with it, is refused; *message* says why."""

    def __init__(self, refusal, **params):
        super().__init__(refusal.value)
        self.refusal = refusal
        self.params = params

    @property
    def message(self):
        """Return the reason in the language of the page."""
        return str(self.refusal.label) % self.params


def imports_storage():
    """Return where tables lie that are not done."""
    return storages["imports"]


def receive_table(content, name, subject, *, by, unit, as_it_stands=False):
    """Keep a table, given as an open binary file, and return its import, not judged yet.

    Columns are called as the unit's tables called them the last time.  *as_it_stands* takes
    doubtful values, where the subject knows any.  Raises TableRefused.
    """
    resource = resource_class(subject)
    if not by.has_perm(resource.import_right, unit):
        raise TableRefused(TableRefusal.NOT_PERMITTED)
    digest, size = _measured(content)
    if not size:
        raise TableRefused(TableRefusal.EMPTY)
    known = KnownColumns.objects.filter(unit=unit, subject=subject).first()
    stored = imports_storage().save(f"{uuid.uuid4().hex}.table", File(content))
    try:
        return TableImport.objects.create(
            subject=subject,
            unit=unit,
            account=by,
            stored=stored,
            received_as=plain_name(name),
            size=size,
            sha256=digest,
            columns=known.columns if known else {},
            as_it_stands=as_it_stands and resource.knows_doubts,
        )
    except BaseException:
        imports_storage().delete(stored)
        raise


@contextmanager
def table_file(table):
    """Give the path of a kept table for as long as the block lasts.

    Raises FileNotFoundError where it was swept.
    """
    storage = imports_storage()
    try:
        path = storage.path(table.stored)
    except NotImplementedError:
        with storage.open(table.stored) as far, tempfile.NamedTemporaryFile() as near:
            for block in far.chunks():
                near.write(block)
            near.flush()
            yield Path(near.name)
        return
    if not Path(path).is_file():
        raise FileNotFoundError(table.stored)
    yield Path(path)


def name_columns(table, columns):
    """Say which heading of the file stands for which column, for this unit's next tables too."""
    table.columns = columns
    table.changed_at = timezone.now()
    table.save(update_fields=["columns", "changed_at"])
    KnownColumns.objects.update_or_create(
        unit=table.unit, subject=table.subject, defaults={"columns": columns}
    )


def _measured(content):
    digest, size = hashlib.sha256(), 0
    content.seek(0)
    while block := content.read(_BLOCK):
        size += len(block)
        if size > LARGEST:
            raise TableRefused(TableRefusal.TOO_LARGE, most=LARGEST // 1024**2)
        digest.update(block)
    content.seek(0)
    return digest.hexdigest(), size
