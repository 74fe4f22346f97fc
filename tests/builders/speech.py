"""What pages say, for tests that compare words and yet depend on no translation."""

from django.contrib.messages import get_messages
from django.http import HttpResponse
from django.utils import translation
from django.utils.translation import gettext, ngettext


def in_chinese(msgid: str, /, **params: object) -> str:
    """Return a text of the office as its Chinese pages say it."""
    with translation.override("zh-hans"):
        return gettext(msgid) % params if params else gettext(msgid)


def counted_in_chinese(one: str, many: str, count: int, **params: object) -> str:
    """Return a text with a number in it as Chinese pages say it."""
    with translation.override("zh-hans"):
        return ngettext(one, many, count) % {"count": count, **params}


def said(response: HttpResponse) -> list[str]:
    """Return the messages that an answer leaves for the next page."""
    return [str(message) for message in get_messages(response.wsgi_request)]
