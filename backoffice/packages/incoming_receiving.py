"""Receiving of packages: kept in a private folder under a made-up name until they are done."""

import hashlib
import logging
import tempfile
import uuid
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

from django.core.files.base import File
from django.core.files.storage import storages
from django.db import transaction
from django.utils import timezone

from backoffice.packages.incoming_queries import IMPORTING
from backoffice.packages.incoming_refusals import IncomingRefusal, IncomingRefused
from backoffice.packages.incoming_taking import put_back
from backoffice.packages.models.incoming import IncomingPackage, IncomingState
from backoffice.policies.shelf import policy_of
from backoffice.storage.names import plain_name
from backoffice.workflow.intake import choose

KEPT_FOR = timedelta(days=7)
# A file without a row may be one that is being received now.
_ORPHANED_AFTER = timedelta(days=1)
_ENDING = ".package"
_BLOCK = 1 << 20
_WAITING = (IncomingState.RECEIVED, IncomingState.JUDGED, IncomingState.REFUSED)
_log = logging.getLogger(__name__)


def receive_package(content, name, *, by, unit):
    """Keep a package, given as an open binary file, and return its row, not judged yet.

    Raises IncomingRefused, and Refused where no policy is in force.
    """
    if not by.has_perm(IMPORTING, unit):
        raise IncomingRefused(IncomingRefusal.NOT_PERMITTED)
    choice = choose(unit)
    bounds = policy_of(choice.policy, tuple(choice.overlays)).package_bounds
    digest, size = _measured(content, bounds.max_bytes)
    if not size:
        raise IncomingRefused(IncomingRefusal.EMPTY)
    try:
        stored = storages["imports"].save(f"{uuid.uuid4().hex}{_ENDING}", File(content))
    except OSError as fault:
        _log.exception("a package could not be stored")
        raise IncomingRefused(IncomingRefusal.STORAGE) from fault
    try:
        return IncomingPackage.objects.create(
            unit=unit,
            account=by,
            stored=stored,
            received_as=plain_name(name),
            size=size,
            sha256=digest,
        )
    except BaseException:
        storages["imports"].delete(stored)
        raise


def note_folder(path, *, by, unit):
    """Return the row of a package that is read where it lies; raises IncomingRefused."""
    if not by.has_perm(IMPORTING, unit):
        raise IncomingRefused(IncomingRefusal.NOT_PERMITTED)
    return IncomingPackage.objects.create(unit=unit, account=by, received_as=plain_name(path.name))


@contextmanager
def package_file(package):
    """Give the path of a kept package for as long as the block lasts.

    Raises IncomingRefused where it was swept.
    """
    storage = storages["imports"]
    if not package.stored or not storage.exists(package.stored):
        raise IncomingRefused(IncomingRefusal.GONE)
    try:
        path = Path(storage.path(package.stored))
    except NotImplementedError:
        with storage.open(package.stored) as far, tempfile.NamedTemporaryFile() as near:
            for block in far.chunks():
                near.write(block)
            near.flush()
            yield Path(near.name)
        return
    yield path


def forget_file(package):
    """Remove the file of a package, now that it is done with."""
    if package.stored:
        storages["imports"].delete(package.stored)
        package.stored = ""
        package.save(update_fields=["stored", "changed_at"])


def drop_package(package):
    """Remove a package that is not wanted, with all that was found in it.

    Raises IncomingRefused where it is being taken in, or done with.
    """
    with transaction.atomic():
        held = IncomingPackage.objects.select_for_update().get(pk=package.pk)
        if held.state not in _WAITING:
            raise IncomingRefused(IncomingRefusal.STATE, state=held.get_state_display())
        stored, held.stored = held.stored, ""
        held.state, held.mending, held.findings = IncomingState.DROPPED, "{}", "[]"
        held.save()
        held.students.all().delete()
    if stored:
        # Cut short here it belongs to nothing, and is swept.
        storages["imports"].delete(stored)


def sweep_packages(now=None):
    """Drop what nobody has gone on with for a week, and files that belong to nothing.

    Returns how many packages and files went.
    """
    now = now or timezone.now()
    open_ = (*_WAITING, IncomingState.TAKING)
    stale = IncomingPackage.objects.filter(state__in=open_, changed_at__lt=now - KEPT_FOR)
    swept = 0
    for package in stale.select_related("unit", "account__person").order_by("pk"):
        put_back(package)
        try:
            drop_package(package)
        except IncomingRefused:
            # Somebody went on with it in this moment.
            continue
        swept += 1
    known = set(IncomingPackage.objects.exclude(stored="").values_list("stored", flat=True))
    for name in _stored_names():
        if name not in known and _is_old(name, now - _ORPHANED_AFTER):
            storages["imports"].delete(name)
            swept += 1
    return swept


def _stored_names():
    try:
        _folders, files = storages["imports"].listdir("")
    except FileNotFoundError:
        return []
    return [name for name in files if name.endswith(_ENDING)]


def _is_old(name, before):
    try:
        return storages["imports"].get_modified_time(name) < before
    except FileNotFoundError:
        return False


def _measured(content, most):
    digest, size = hashlib.sha256(), 0
    content.seek(0)
    while block := content.read(_BLOCK):
        size += len(block)
        if size > most:
            raise IncomingRefused(IncomingRefusal.TOO_LARGE, most=most // 1024**2)
        digest.update(block)
    content.seek(0)
    return digest.hexdigest(), size
