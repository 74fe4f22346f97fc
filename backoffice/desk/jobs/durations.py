"""Lengths of time in words, as exact as they are of use."""

from math import ceil

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

_MINUTE, _HOUR = 60, 3600
# Less says little about the rest.
_ENOUGH_SECONDS, _ENOUGH_SHARE = 3, 0.02


def in_words(seconds):
    """Return a length of time in words."""
    seconds = max(0, int(seconds))
    if seconds < _MINUTE:
        return ngettext("%(count)d second", "%(count)d seconds", seconds) % {"count": seconds}
    if seconds < _HOUR:
        minutes = seconds // _MINUTE
        return ngettext("%(count)d minute", "%(count)d minutes", minutes) % {"count": minutes}
    return _("%(hours)d h %(minutes)d min") % {
        "hours": seconds // _HOUR,
        "minutes": seconds % _HOUR // _MINUTE,
    }


def elapsed(job):
    """Return the seconds since the attempt began, until its end; None before."""
    if job.started_at is None:
        return None
    return ((job.finished_at or timezone.now()) - job.started_at).total_seconds()


def left(job):
    """Return the seconds that the stage may still take, or None where nothing can be said."""
    if not job.total or not job.stage_since:
        return None
    spent = (timezone.now() - job.stage_since).total_seconds()
    share = min(job.done / job.total, 1)
    if spent < _ENOUGH_SECONDS or share < _ENOUGH_SHARE:
        return None
    return ceil(spent * (1 - share) / share)
