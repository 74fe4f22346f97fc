"""Look-ups of the audit trail."""

from backoffice.audit.models import AuditEntry


def entries_about(ref):
    """Return what was done on one thing, oldest first, in whatever chain it was logged."""
    return AuditEntry.objects.filter(ref=ref).order_by("at", "pk")


def entries_of_chains(chains):
    """Return the entries of *chains*, each chain in its order."""
    return AuditEntry.objects.filter(chain__in=list(chains)).order_by("chain", "sequence")
