"""Uploads that end: what comes of a file beyond any bound is let go by, and kept nowhere."""

from django.core.files.uploadhandler import FileUploadHandler

# Above every bound of a policy or a table: what was cut here is refused there as too large.
MOST_BYTES = 64 * 1024**2


class BoundedUploadHandler(FileUploadHandler):
    """Stands before the handlers that keep a file, in memory or on disk."""

    def receive_data_chunk(self, raw_data, start):
        """Pass a piece on to the next handler, unless enough has come."""
        return raw_data if start < MOST_BYTES else None

    def file_complete(self, file_size):
        """Leave the file to the next handler."""
        return
