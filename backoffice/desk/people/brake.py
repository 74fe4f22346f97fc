"""The brake on guessing passwords, told from the failed sign-ins of the audit trail alone.

What is refused by the brake is no failed sign-in, so that it comes to its end whoever goes on
trying.
"""

from datetime import timedelta

from django.utils import timezone

from backoffice.audit.acts import Act
from backoffice.audit.log import OFFICE
from backoffice.audit.models import AuditEntry
from backoffice.audit.sign_ins import name_digest, place_of

WITHIN = timedelta(minutes=15)
LASTS = timedelta(minutes=15)
MOST_BY_NAME = 10
MOST_BY_ADDRESS = 50


def is_braked(username, request):
    """Tell whether sign-ins with this name, or from where *request* comes, are refused now."""
    if _is_too_many(MOST_BY_NAME, digest=name_digest(username)):
        return True
    place = place_of(request).get("place")
    return bool(place) and _is_too_many(MOST_BY_ADDRESS, facts__place=place)


def _is_too_many(most, **whose):
    """Tell whether *most* failures lay close together, the last of them not long ago."""
    now = timezone.now()
    failures = AuditEntry.objects.filter(
        chain=OFFICE, act=Act.SIGN_IN_FAILED, at__gt=now - WITHIN - LASTS, **whose
    )
    times = list(failures.order_by("at").values_list("at", flat=True))
    return any(
        last - first <= WITHIN and now - last < LASTS
        for first, last in zip(times, times[most - 1 :], strict=False)
    )
