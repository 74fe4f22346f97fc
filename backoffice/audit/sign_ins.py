"""Sign-ins and sign-outs, logged in the chain of the office.

User names that failed and addresses are kept as keyed digests: two entries can be told to be
of the same one, and nobody can be told from them.
"""

import unicodedata

from django.contrib.auth.signals import user_logged_in, user_logged_out, user_login_failed

from backoffice.audit.acts import Act
from backoffice.audit.log import OFFICE, note
from backoffice.sealing.digests import keyed_digest


def listen():
    """Log what Django tells of sign-ins from now on."""
    user_logged_in.connect(signed_in)
    user_login_failed.connect(sign_in_failed)
    user_logged_out.connect(signed_out)


def signed_in(request, user, **signal):
    """Log a sign-in."""
    note(Act.SIGN_IN, by=user, chain=OFFICE, ref=_ref(user), **place_of(request))


def sign_in_failed(credentials, request=None, **signal):
    """Log a sign-in that failed, with the digest of the name that was tried."""
    note(
        Act.SIGN_IN_FAILED,
        by=None,
        chain=OFFICE,
        ref="",
        digest=name_digest(credentials.get("username") or ""),
        **place_of(request),
    )


def signed_out(request, user=None, **signal):
    """Log a sign-out, where somebody was signed in."""
    if user is not None:
        note(Act.SIGN_OUT, by=user, chain=OFFICE, ref=_ref(user), **place_of(request))


def name_digest(name):
    """Return the digest by which the failed sign-ins of a user name are found."""
    return keyed_digest(unicodedata.normalize("NFKC", name), "sign-in-name")


def place_of(request):
    """Return the digest of the address that *request* came from, as a fact; none without one."""
    address = request.META.get("REMOTE_ADDR") if request is not None else None
    return {"place": keyed_digest(address, "address")} if address else {}


def _ref(user):
    return f"account:{user.pk}"
