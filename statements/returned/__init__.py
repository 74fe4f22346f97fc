"""Reading of signed sheets that come back: which sheet and page, and who has signed.

Measures only: whether a sheet may be filed with what was read is for the office to say.
"""

from __future__ import annotations

from collections.abc import Iterable

from PIL import Image

from statements.returned.readings import BoxMarks, FoundCode, PageReading, Returned, Turn

__all__ = [
    "read_pages",
    "BoxMarks",
    "FoundCode",
    "PageReading",
    "Returned",
    "Turn",
]


def read_pages(pictures: Iterable[bytes | Image.Image]) -> Returned:
    """Return what stands on *pictures*, one a page, in their order.

    Pictures are JPEG, PNG or open ones that are known to be sound and of bounded size; one is
    held at a time.  A page takes a tenth of a second, up to two seconds where no code is found.
    """
    from statements.returned import pages  # noqa: PLC0415 - loads numpy and a decoder

    return Returned(tuple(map(pages.read_page, pictures)))
