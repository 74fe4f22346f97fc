"""Uploads that end: what comes of a file beyond any bound is let go by, and kept nowhere."""

from django.contrib.auth import SESSION_KEY
from django.core.files.uploadhandler import FileUploadHandler
from django.urls import Resolver404, resolve

# Above every bound of a policy or a table: what was cut here is refused there as too large.
MOST_BYTES = 64 * 1024**2
# Of what is sent to a page for packages by somebody who has signed in.
MOST_SIGNED_IN = 1000 * 1024**2


def large_uploads(view):
    """Mark a view as one that takes packages, where somebody has signed in."""
    view.takes_large_uploads = True
    return view


class BoundedUploadHandler(FileUploadHandler):
    """Stands before the handlers that keep a file, in memory or on disk."""

    def handle_raw_input(self, *args, **kwargs):
        """Learn what the address takes, and leave the rest to the next handler."""
        self._most = MOST_SIGNED_IN if _takes_more(self.request) else MOST_BYTES

    def receive_data_chunk(self, raw_data, start):
        """Pass a piece on to the next handler, unless enough has come."""
        return raw_data if start < self._most else None

    def file_complete(self, file_size):
        """Leave the file to the next handler."""
        return


def _takes_more(request):
    # Forms are read before anybody asks who sent them.
    session = getattr(request, "session", None)
    if session is None or not session.get(SESSION_KEY):
        return False
    try:
        view = resolve(request.path_info).func
    except Resolver404:
        return False
    return getattr(view, "takes_large_uploads", False)
