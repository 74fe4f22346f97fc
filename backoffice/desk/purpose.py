"""The purpose that an auditor states before seeing private data; it holds for a while.

Only its digest is kept: whoever states one keeps the words, and can show them later.
"""

from datetime import datetime, timedelta

from django.utils import timezone

from backoffice.sealing.digests import keyed_digest

SHORTEST = 4
LASTS = timedelta(minutes=30)
_SESSION_KEY = "purpose"


def needs_purpose(account, obj):
    """Tell whether *account* may see private data of *obj* only after stating why."""
    return not account.has_perm("roll.reveal_number", obj) and account.has_perm(
        "roll.reveal_with_purpose", obj
    )


def may_reveal(account, obj):
    """Tell whether *account* may see whole ID numbers of *obj*, stating why or not."""
    return account.has_perm("roll.reveal_number", obj) or account.has_perm(
        "roll.reveal_with_purpose", obj
    )


def state_purpose(request, text):
    """Let *text* stand as the purpose for the next 30 minutes; returns its digest.

    Raises ValueError for what is too short to be one.
    """
    words = " ".join(text.split())
    if len(words) < SHORTEST:
        raise ValueError("no purpose")
    digest = keyed_digest(words, "purpose")
    until = timezone.now() + LASTS
    request.session[_SESSION_KEY] = {"digest": digest, "until": until.isoformat()}
    return digest


def stated_purpose(request):
    """Return the digest of the purpose that stands, or nothing."""
    kept = request.session.get(_SESSION_KEY)
    if not kept or datetime.fromisoformat(kept["until"]) <= timezone.now():
        return ""
    return kept["digest"]


def has_stated_purpose(request):
    """Tell whether a purpose stands."""
    return bool(stated_purpose(request))
