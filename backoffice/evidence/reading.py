"""Who looked at which evidence, in the audit trail: once in ten minutes, originals every time."""

from datetime import timedelta

from django.utils import timezone

from backoffice.audit.acts import Act
from backoffice.audit.log import chain_of, note, office_transaction
from backoffice.audit.queries import entries_about

_AGAIN_AFTER = timedelta(minutes=10)


def log_view(file, by, **facts):
    """Log that *by* looked at a file, unless that was logged a moment ago."""
    _once(f"evidencefile:{file.pk}", file, by, digest=file.sha256, shown="clean", **facts)


def log_thumbnails(file, by, **facts):
    """Log that *by* looked at the small pictures of a file's case, all of them as one."""
    _once(f"case:{file.case_id}", file, by, shown="thumbnails", **facts)


def log_original(file, by, **facts):
    """Log that *by* took the original of a file, with all that it carries."""
    note(
        Act.EVIDENCE_READ,
        by=by,
        chain=chain_of(file.case.unit_id),
        ref=f"evidencefile:{file.pk}",
        digest=file.sha256,
        shown="original",
        **facts,
    )


def _once(ref, file, by, **entry):
    if _is_logged(ref, by):
        return
    with office_transaction(by) as log:
        # A page loads its pictures side by side: the first to write speaks for the others.
        if not _is_logged(ref, by):
            log.add(Act.EVIDENCE_READ, chain=chain_of(file.case.unit_id), ref=ref, **entry)


def _is_logged(ref, by):
    since = timezone.now() - _AGAIN_AFTER
    entries = entries_about(ref).filter(act=Act.EVIDENCE_READ, account_id=by.pk, at__gte=since)
    return entries.exists()
