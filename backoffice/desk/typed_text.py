"""Signs that no database keeps, refused before any page reads what was typed."""

import re

from django.shortcuts import render

# PostgreSQL takes no NUL; half of a surrogate pair can be written nowhere.
_UNKEEPABLE = re.compile("[\0\ud800-\udfff]")


class KeepableTextMiddleware:
    """Answers 400 where an address, a cookie or a form holds such a sign.

    After the middleware against forged forms, which has read the form by then.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        """Answer, or refuse the address or the cookies."""
        if _is_unkeepable(request.GET) or any(map(_UNKEEPABLE.search, request.COOKIES.values())):
            return _refusal(request)
        return self.get_response(request)

    def process_view(self, request, view, args, kwargs):
        """Refuse the form; its files are judged where they are received."""
        return _refusal(request) if _is_unkeepable(request.POST) else None

    def process_exception(self, request, exception):
        """Refuse a number that is larger than any key."""
        return _refusal(request) if isinstance(exception, OverflowError) else None


def _is_unkeepable(fields):
    return any(
        _UNKEEPABLE.search(text) for name, values in fields.lists() for text in (name, *values)
    )


def _refusal(request):
    return render(request, "desk/home/unkeepable.html", status=400)
