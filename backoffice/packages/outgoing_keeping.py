"""Where composed packages are kept: made-up names, removed again if nothing comes of them."""

import hashlib
import logging
import uuid
from datetime import timedelta
from pathlib import Path

from django.core.files.storage import storages
from django.utils import timezone

from backoffice.packages.models import OutgoingPart

_log = logging.getLogger(__name__)
_PIECE = 1024 * 1024
# A file without a row may be one that is being composed now.
_ORPHANED_AFTER = timedelta(days=1)


class PartLost(Exception):
    """The file of a part is not in the storage, or not what was composed."""


def package_storage():
    """Return where packages are kept."""
    return storages["packages"]


def new_place():
    """Return a name for a package that is about to be written, and where that is."""
    name = f"{uuid.uuid4().hex}.zip"
    place = Path(package_storage().path(name))
    place.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    return name, place


def remove(names):
    """Remove files; what cannot be removed now is swept later."""
    for name in names:
        try:
            package_storage().delete(name)
        except OSError:
            _log.exception("a package could not be removed")


def open_part(part):
    """Return the open file of a part; raises PartLost where it is not what was composed."""
    try:
        file = package_storage().open(part.stored)
    except FileNotFoundError as fault:
        raise PartLost from fault
    digest = hashlib.sha256()
    for piece in file.chunks(_PIECE):
        digest.update(piece)
    if digest.hexdigest() != part.sha256:
        file.close()
        raise PartLost
    file.seek(0)
    return file


def content_of(part):
    """Return the bytes of a part, as a mail needs them; raises PartLost."""
    with open_part(part) as file:
        return file.read()


def digest_of(path):
    """Return the SHA-256 of a file."""
    digest = hashlib.sha256()
    with Path(path).open("rb") as file:
        while piece := file.read(_PIECE):
            digest.update(piece)
    return digest.hexdigest()


def sweep(now=None):
    """Remove stored files that belong to no part and are older than a day; return how many."""
    storage = package_storage()
    before = (now or timezone.now()) - _ORPHANED_AFTER
    known = set(OutgoingPart.objects.values_list("stored", flat=True))
    try:
        _folders, names = storage.listdir("")
    except FileNotFoundError:
        return 0
    orphans = [
        name for name in names if name not in known and storage.get_modified_time(name) < before
    ]
    remove(orphans)
    return len(orphans)
