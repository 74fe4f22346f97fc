"""Answers that are stored files: of a fixed type, kept nowhere, and inert whatever they hold."""

import logging

from django.http import Http404, HttpResponse
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _

from backoffice.evidence.storing import evidence_storage
from correctionkit.scans.facts import JPEG, PNG
from correctionkit.scans.formats import sniff

_log = logging.getLogger(__name__)

_TYPES = {JPEG: "image/jpeg", PNG: "image/png", "PDF": "application/pdf"}
_ENDINGS = {JPEG: ".jpg", PNG: ".png", "PDF": ".pdf"}


def stored_file(request, name, *, saved_as=None):
    """Answer with a stored file, its type told by its content.

    It is shown in the page, or saved under *saved_as* with the ending of its type.  Parts of
    it can't be asked for.  Raises Http404 where the storage has it no longer.
    """
    try:
        with evidence_storage().open(name) as file:
            # Read whole, which the policy's bound allows, so that no answer holds a file open.
            content = file.read()
    except FileNotFoundError:
        _log.exception("a stored file is missing: %s", name)
        raise Http404(_("There is nothing here.")) from None
    found = sniff(content)
    response = HttpResponse(content_type=_TYPES.get(found, "application/octet-stream"))
    if request.method != "HEAD":
        response.content = content
    response["Content-Length"] = len(content)
    # What is no picture is never shown in a page.
    attached = saved_as is not None or found not in (JPEG, PNG)
    ending = _ENDINGS.get(found, ".bin")
    response["Content-Disposition"] = content_disposition_header(
        attached, f"{saved_as}{ending}" if saved_as else None
    ) or ("attachment" if attached else "inline")
    response["Cache-Control"] = "no-store, private"
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response["Cross-Origin-Resource-Policy"] = "same-origin"
    response["Accept-Ranges"] = "none"
    return response
