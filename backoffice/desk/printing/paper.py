"""What all papers have: days as they are written, values as they may be shown, the watermark.

Papers are in Chinese, whatever the language of the page they are asked for on.
"""

from django.conf import settings
from django.utils import timezone

from backoffice.audit.acts import Act
from backoffice.audit.models import AuditEntry
from correctionkit.masking import mask_number, mask_text
from correctionkit.requests.values import read_date
from correctionkit.terms import ValueType

PAPER_LANGUAGE = "zh-hans"
_SPECIMEN = "样本"


def watermark():
    """Return what stands over every page: the setting's word, else 样本 where the demo lives."""
    chosen = settings.OFFICE_WATERMARK
    if chosen is not None:
        return chosen
    if settings.OFFICE_ALLOWS_DEMO and AuditEntry.objects.filter(act=Act.DEMO_LOAD).exists():
        return _SPECIMEN
    return ""


def written_day(day):
    """Return a day as papers have it: 2026年11月21日."""
    return f"{day.year}年{day.month}月{day.day}日"


def written_moment(moment):
    """Return a moment as papers have it, in local time."""
    return f"{timezone.localtime(moment):%Y-%m-%d %H:%M}"


def written_value(kind, text, *, whole, keep=frozenset()):
    """Return a value as papers have it.

    ID numbers are masked unless they are *whole*; numbers that strayed into another field are
    masked always, but for *keep*: certificate numbers that only look like one.
    """
    if kind is ValueType.ID_NUMBER:
        return text if whole else mask_number(text)
    if kind is ValueType.DATE and (day := read_date(text)):
        return written_day(day)
    return mask_text(text, keep=keep)
