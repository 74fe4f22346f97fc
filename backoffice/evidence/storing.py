"""Files of one upload in the evidence storage, under names that tell nothing."""

import logging
import uuid

from django.core.files.base import ContentFile
from django.core.files.storage import storages

from backoffice.evidence.refusals import EvidenceRefusal, EvidenceRefused

_log = logging.getLogger(__name__)


def evidence_storage():
    """Return where evidence and signed scans are kept."""
    return storages["evidence"]


def page_name(first, number):
    """Return the name of a page's picture, given that of the first page."""
    stem, _dot, _ending = first.rpartition(".")
    return f"{stem}.page-{number}"


def thumbnail_name(original):
    """Return the name of a thumbnail, given that of the original."""
    stem, _dot, _ending = original.rpartition(".")
    return f"{stem}.thumbnail"


def store(original, pages, thumbnail):
    """Store one upload and return its names: original, first page, thumbnail.

    Names are made up and have no ending: what a file is, is told by its content.  Raises
    EvidenceRefused, and leaves nothing behind, where the storage takes no more.
    """
    stem = uuid.uuid4().hex
    parts = {f"{stem}.original": original}
    parts |= {f"{stem}.page-{number}": page for number, page in enumerate(pages, 1)}
    if thumbnail:
        parts[f"{stem}.thumbnail"] = thumbnail
    try:
        for name, content in parts.items():
            evidence_storage().save(name, ContentFile(content))
    except OSError as fault:
        _log.exception("evidence could not be stored")
        remove(parts)
        raise EvidenceRefused(EvidenceRefusal.STORAGE) from fault
    except BaseException:
        remove(parts)
        raise
    return (
        f"{stem}.original",
        f"{stem}.page-1" if pages else "",
        f"{stem}.thumbnail" if thumbnail else "",
    )


def names_of(original, clean, thumbnail, pages):
    """Return every name that one upload has in the storage."""
    shown = [page_name(clean, number) for number in range(1, pages + 1)] if clean else []
    return [name for name in (original, *shown, thumbnail) if name]


def remove(names):
    """Remove files; what cannot be removed now is swept later."""
    for name in names:
        try:
            evidence_storage().delete(name)
        except OSError:
            _log.exception("a stored file could not be removed")
