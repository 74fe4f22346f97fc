"""How pages answer what a service refused."""

from backoffice.workflow.refusals import Refusal

# Somebody or something was quicker: what was shown is no longer so.
_LOST = frozenset({Refusal.STALE, Refusal.WRONG_STATE, Refusal.SHEET_STATE, Refusal.TAKEN})


def is_lost(refused):
    """Tell whether somebody else was quicker."""
    return refused.refusal in _LOST


def status_of(refused):
    """Return the status of a page that tells why nothing was done."""
    return 409 if is_lost(refused) else 200
