"""Answers that are papers, and pages that say why there is none."""

import logging
from contextlib import contextmanager

from django.contrib import admin
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _

from statements.contexts.statement import UnfitStatement
from statements.faults import MissingGlyph, TooLarge, UnfitPicture, Unprintable

_log = logging.getLogger(__name__)

# What a browser shows PDFs in.  No sandbox: Chromium's viewer heeds none, so that it would
# protect nothing, and Safari's stays empty.
_SHOWN = (
    "default-src 'none'; style-src 'unsafe-inline'; object-src 'self'; base-uri 'none'; "
    "form-action 'none'; frame-ancestors 'none'"
)
_SAVED = "default-src 'none'; sandbox"


class NotPrinted(Exception):
    """Something cannot be printed as it is; *message* says why."""

    def __init__(self, message):
        super().__init__("not printed")
        self.message = message


@contextmanager
def worded_faults():
    """Raise NotPrinted, in words, for what the statements cannot print."""
    try:
        yield
    except (Unprintable, UnfitStatement) as fault:
        raise NotPrinted(_words(fault)) from fault


def pdf_answer(request, pdf, name, *, saved=False):
    """Answer with a PDF, shown in the browser or *saved*; nobody keeps it on the way."""
    response = HttpResponse(content_type="application/pdf")
    if request.method != "HEAD":
        response.content = pdf
        response["Content-Length"] = len(pdf)
    response["Content-Disposition"] = content_disposition_header(saved, f"{name}.pdf")
    response["Cache-Control"] = "no-store, private"
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = _SAVED if saved else _SHOWN
    response["Cross-Origin-Resource-Policy"] = "same-origin"
    response["Accept-Ranges"] = "none"
    return response


def not_printed_page(request, fault, back=None):
    """Answer with why nothing was printed; *back* is (address, words) of where to go on."""
    context = {
        **admin.site.each_context(request),
        "title": _("This cannot be printed now"),
        "message": fault.message,
        "back": back,
    }
    return render(request, "desk/printing/not_printed.html", context, status=409)


def _words(fault):
    if isinstance(fault, MissingGlyph):
        shown = fault.character if fault.character.isprintable() else ""
        params = {"character": shown, "code": fault.code_point, "whose": fault.whose}
        if fault.whose:
            return _(
                "The character “%(character)s” (%(code)s), in the name or the lines of "
                "%(whose)s, can't be printed: no packaged typeface has it. Have the value "
                "looked at; if it is right, ask whoever runs the office for a typeface."
            ) % {**params, "whose": _plain(fault.whose)}
        return (
            _(
                "The character “%(character)s” (%(code)s) can't be printed: no packaged typeface "
                "has it."
            )
            % params
        )
    if isinstance(fault, UnfitPicture):
        return _(
            "One of the scans is damaged, or too large to be printed. Print the cover alone, "
            "or have the scan replaced."
        )
    if isinstance(fault, TooLarge):
        return _(
            "The scans take more room than one file may have. Print the cover alone, and each "
            "scan from its own page."
        )
    _log.error("a document could not be made: %s", type(fault).__name__)
    return _(
        "The document could not be made: it has too many lines or too long a text. Nothing "
        "was printed; tell whoever runs the office."
    )


def _plain(text):
    return "".join(each if each.isprintable() else "�" for each in text)
