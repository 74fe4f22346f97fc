"""What rendering may read: packaged faces and the pictures that it was handed."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from weasyprint.urls import URLFetcher, URLFetcherResponse

from statements.rendering.faces import BOLD, FOLDER, coverage

FACE = "statement-face:"
PICTURE = "statement-picture:"


class NothingElse(URLFetcher):  # type: ignore[misc]  # WeasyPrint ships no types
    """Open packaged faces and given pictures; any other address stops the rendering."""

    # Makes a refusal fatal instead of a line in a log.
    _fail_on_errors = True

    def __init__(self, pictures: Mapping[str, bytes]) -> None:
        # Not the parent's: what it sets up is access to files and networks.
        self._pictures = pictures

    def fetch(self, url: str, headers: object = None) -> URLFetcherResponse:
        """Return a face or a picture; raise :exc:`ValueError` for anything else."""
        del headers
        if url.startswith(PICTURE) and url.removeprefix(PICTURE) in self._pictures:
            return URLFetcherResponse(url, self._pictures[url.removeprefix(PICTURE)])
        if url.startswith(FACE) and url.removeprefix(FACE) in _face_files():
            return URLFetcherResponse(url, (FOLDER / url.removeprefix(FACE)).read_bytes())
        raise ValueError("a document may show packaged faces and given pictures only")


@cache
def _face_files() -> frozenset[str]:
    return frozenset({BOLD, *(face.file for face in set(coverage().values()))})
