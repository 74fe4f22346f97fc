"""Whether the storage holds what the office says it does, no more and no less."""

import hashlib
from dataclasses import dataclass
from datetime import timedelta

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from backoffice.evidence.models import EvidenceFile
from backoffice.evidence.storing import evidence_storage, names_of

# A file without a row may be one that is being received now.
ORPHANED_AFTER = timedelta(days=1)
_PIECE = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Kept:
    """The files that one row of the database stands for."""

    ref: str
    original: str
    sha256: str
    names: tuple[str, ...]


class KeepingFault(models.TextChoices):
    """Kinds of faults; the codes are public."""

    MISSING = "missing", _("the original is missing")
    CHANGED = "changed", _("the original is not what was received: its hash differs")
    PICTURE_MISSING = "picture-missing", _("a picture to look at is missing")
    ORPHAN = "orphan", _("a stored file belongs to nothing")


@dataclass(frozen=True, slots=True)
class Fault:
    """One fault: what it is about, the stored name, and its kind."""

    ref: str
    name: str
    kind: KeepingFault

    @property
    def message(self):
        """Return the fault in words."""
        return gettext("%(about)s: %(words)s") % {
            "about": " ".join(each for each in (self.ref, self.name) if each),
            "words": self.kind.label,
        }


def kept_evidence():
    """Yield what is kept as evidence; what was removed before submission is not."""
    rows = EvidenceFile.objects.filter(removed_at=None).order_by("pk")
    fields = ("pk", "original", "clean", "thumbnail", "pages", "sha256")
    for pk, original, clean, thumbnail, pages, sha256 in rows.values_list(*fields).iterator():
        names = tuple(names_of(original, clean, thumbnail, pages))
        yield Kept(f"evidencefile:{pk}", original, sha256, names)


def check_kept(kept):
    """Yield what is wrong with the files of one row."""
    fault = _fault_of_original(kept)
    if fault:
        yield Fault(kept.ref, kept.original, fault)
    for name in kept.names:
        if name != kept.original and not evidence_storage().exists(name):
            yield Fault(kept.ref, name, KeepingFault.PICTURE_MISSING)


def find_orphans(names, now=None):
    """Yield a fault for each stored file that is none of *names* and older than a day."""
    storage = evidence_storage()
    before = (now or timezone.now()) - ORPHANED_AFTER
    for name in _stored_names():
        if name in names:
            continue
        try:
            orphaned = storage.get_modified_time(name) < before
        except FileNotFoundError:
            # Removed meanwhile, by whoever received it.
            continue
        if orphaned:
            yield Fault("", name, KeepingFault.ORPHAN)


def sweep(names, now=None):
    """Remove the orphans among the stored files, and return how many there were."""
    orphans = list(find_orphans(names, now))
    for orphan in orphans:
        evidence_storage().delete(orphan.name)
    return len(orphans)


def _stored_names():
    try:
        _folders, files = evidence_storage().listdir("")
    except FileNotFoundError:
        # Nothing was ever stored.
        return []
    return sorted(files)


def _fault_of_original(kept):
    digest = hashlib.sha256()
    try:
        with evidence_storage().open(kept.original) as file:
            while piece := file.read(_PIECE):
                digest.update(piece)
    except FileNotFoundError:
        return KeepingFault.MISSING
    return None if digest.hexdigest() == kept.sha256 else KeepingFault.CHANGED
